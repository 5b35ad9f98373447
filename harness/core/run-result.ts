import { z } from "zod";
import { caseResultSchema } from "./case-result.ts";
import { CHECK_KINDS, checkCountsSchema, failureSchema } from "./checks.ts";
import { UsageError } from "./errors.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { metricSchema } from "./metric.ts";
import { schemaProblems } from "./schema-problems.ts";
import { stepSchema } from "./step.ts";
import { OPERATORS, THRESHOLD_LEVELS } from "./threshold.ts";

/** The version of {@link runResultSchema}. Goes up when an older reader would misread a newer file, or cannot read it. */
export const SCHEMA_VERSION = 3;

/**
 * How a run ended: `void` where the generator was the bottleneck, so that no figure is to be believed;
 * `interrupted` where it ended before its end, by a signal or because the server died.
 */
export const VERDICTS = ["passed", "failed", "void", "interrupted"] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** One threshold, judged. `actual` is null where there was no sample, and then it did not pass. */
export const thresholdVerdictSchema = z.object({
  /** The metric. */
  name: z.string(),
  mode: z.string().exactOptional(),
  /** As it was written: `p(99)<50`. */
  expression: z.string(),
  operator: z.enum(OPERATORS),
  /** Both in `unit`. */
  expected: z.number(),
  actual: z.number().nullable(),
  /** `ms` for times: thresholds are written in milliseconds. */
  unit: z.enum(["bytes", "ms", "count", "percent"]).nullable(),
  level: z.enum(THRESHOLD_LEVELS),
  passed: z.boolean(),
  /** Why there is no value. */
  explanation: z.string().exactOptional(),
});

/** See {@link thresholdVerdictSchema}. */
export type ThresholdVerdict = z.infer<typeof thresholdVerdictSchema>;

/** How one process of the harness fared while there was load. */
export const generatorProcessSchema = z.object({
  /** By how much the event loop was late, sampled throughout. Null before the first sample. */
  loopDelayUs: z
    .object({ samples: z.int().positive(), mean: z.number(), p99: z.number(), max: z.number() })
    .nullable(),
  /** CPU time over wall time, in percent of one core. */
  cpuPercent: z.number().nonnegative(),
  /** Pauses in which garbage was collected: their sum over wall time, in percent, and the longest. */
  gcPercent: z.number().nonnegative(),
  longestGcUs: z.number().nonnegative(),
  /** Starts that were made, late or not. */
  madeStarts: z.int().nonnegative(),
  /** Starts that were due and could not be made. */
  droppedStarts: z.int().nonnegative(),
  /** Starts that were made late, and by how much the latest one. */
  lateStarts: z.int().nonnegative(),
  maxLateUs: z.number().nonnegative(),
});

/** See {@link generatorProcessSchema}. */
export type GeneratorProcess = z.infer<typeof generatorProcessSchema>;

/** How the harness itself fared: whether it, and not the server, was what limited the figures. */
export const generatorSchema = z.object({
  /** Those with users, in the order of their numbers. */
  processes: z.array(generatorProcessSchema).min(1),
  believable: z.boolean(),
  /** Why not, a sentence each; empty where it is believable. */
  reasons: z.array(z.string()),
});

/** See {@link generatorSchema}. */
export type GeneratorReport = z.infer<typeof generatorSchema>;

/** What is checked out where a run was started. */
export const commitSchema = z.object({
  /** In full, in hexadecimal digits. */
  id: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** The first line of its message. */
  subject: z.string(),
  /** Whether files that it has were changed and not committed. */
  isDirty: z.boolean(),
});

/** See {@link commitSchema}. */
export type Commit = z.infer<typeof commitSchema>;

/** What the figures depend on, besides the configuration. */
export const environmentSchema = z.object({
  node: z.string(),
  /** `linux-x64`. */
  platform: z.string(),
  cpus: z.int().positive(),
  cpuModel: z.string().exactOptional(),
  memoryBytes: z.int().positive(),
  /** Chrome's version; absent where no Chrome took part. */
  chrome: z.string().exactOptional(),
  /** `liveview_version` of the join reply; absent before the first join. */
  liveViewVersion: z.string().exactOptional(),
  /** The version of the official client in Chrome; absent where nobody has asked it. */
  liveViewClientVersion: z.string().exactOptional(),
  /** The version of this program. */
  benchVersion: z.string(),
  /** Absent where that folder is in no repository of git. */
  commit: commitSchema.exactOptional(),
});

/** See {@link environmentSchema}. */
export type Environment = z.infer<typeof environmentSchema>;

/** What was run, after the command line overrode the scenario. */
export const configurationSchema = z.object({
  /** The page that the figures were measured on: `the room page of the reference server`. */
  template: z.string().min(1),
  /** The URL of a server that was already running. Absent where the run started one. */
  target: z.string().exactOptional(),
  modes: z.array(z.string()),
  /** In each mode. */
  users: z.int().nonnegative(),
  browsers: z.int().nonnegative(),
  /** Both absent where nobody was in a room. */
  messagesInRoom: z.int().nonnegative().exactOptional(),
  pageSize: z.int().positive().exactOptional(),
  /** Set where bytes are the same to the last one on every run (`Scenario.fixed`). */
  fixed: z.literal(true).exactOptional(),
  steps: z.array(stepSchema),
});

/** See {@link configurationSchema}. */
export type Configuration = z.infer<typeof configurationSchema>;

/** All checks of a run, counted by kind and within it by mode. `failures` holds the first ones in full. */
export const checksSchema = checkCountsSchema.extend({
  kinds: z.partialRecord(
    z.enum(CHECK_KINDS),
    checkCountsSchema.extend({ modes: z.record(z.string(), checkCountsSchema) }),
  ),
  failures: z.array(failureSchema),
});

/** See {@link checksSchema}. */
export type Checks = z.infer<typeof checksSchema>;

/**
 * The one result of a run: what `bench run` writes, and what every report is rendered from. Keys that are
 * not known are dropped on reading, so that a file may carry more.
 */
export const runResultSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  /** The scenario's name. */
  scenario: z.string().min(1),
  verdict: z.enum(VERDICTS),
  exitCode: z.literal(Object.values(EXIT_CODES) as [ExitCode, ...ExitCode[]]),
  /** One line on why it ended before its end: a signal, a server that died, an error. */
  endedBy: z.string().exactOptional(),
  seed: z.int().nonnegative(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  durationMs: z.int().nonnegative(),
  environment: environmentSchema,
  configuration: configurationSchema,
  checks: checksSchema,
  /** What came of each case that was asked for. Absent where the scenario has none. */
  cases: z.array(caseResultSchema).exactOptional(),
  metrics: z.array(metricSchema),
  thresholds: z.array(thresholdVerdictSchema),
  generator: generatorSchema,
});

/** See {@link runResultSchema}. */
export type RunResult = z.infer<typeof runResultSchema>;

/**
 * Reads what {@link serializeRunResult} wrote.
 *
 * @param path where it was read from, for the error
 * @throws UsageError `not-a-run-result`, one line
 */
export function parseRunResult(json: string, path: string): RunResult {
  const refuse = (why: string, cause?: unknown) =>
    new UsageError(`${path} is not a run result: ${why}`, { code: "not-a-run-result", cause });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw refuse("it is not JSON. Give it a file that `bench run` wrote.", error);
  }
  const version = versionOf(value);
  if (version === undefined) {
    throw refuse("it has no schemaVersion. Give it a file that `bench run` wrote.");
  }
  if (version > SCHEMA_VERSION) {
    throw refuse(
      `its schemaVersion is ${version} and this bench reads ${SCHEMA_VERSION}. Use a newer bench.`,
    );
  }
  if (version < SCHEMA_VERSION) {
    throw refuse(
      `its schemaVersion is ${version} and this bench reads ${SCHEMA_VERSION}. Run the scenario again.`,
    );
  }
  const parsed = runResultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first, ...others] = schemaProblems(parsed.error);
  throw refuse(`${first}${others.length === 0 ? "" : ` (and ${others.length} more)`}`, parsed.error);
}

/**
 * The result as text, with a line feed at the end. The same result gives the same text, whatever the order
 * in which its keys were set.
 *
 * @throws ZodError where the value is no result, which is a defect of this program
 */
export function serializeRunResult(result: RunResult): string {
  // Parsing puts the keys of objects in the order of the schema. The keys of records are put in theirs here.
  const parsed = runResultSchema.parse(result);
  const kinds: Checks["kinds"] = {};
  for (const kind of CHECK_KINDS) {
    const counts = parsed.checks.kinds[kind];
    if (counts) kinds[kind] = { ...counts, modes: sorted(counts.modes) };
  }
  return `${JSON.stringify({ ...parsed, checks: { ...parsed.checks, kinds } }, undefined, 2)}\n`;
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || !("schemaVersion" in value)) return undefined;
  return typeof value.schemaVersion === "number" ? value.schemaVersion : undefined;
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
