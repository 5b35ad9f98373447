import { z } from "zod";
import { messageOf, UsageError } from "./errors.ts";
import { UNITS } from "./metric.ts";
import { configurationSchema } from "./run-result.ts";
import { schemaProblems } from "./schema-problems.ts";

/** The version of {@link baselineSchema}. Goes up when an older reader would misread a newer file, or cannot read it. */
export const BASELINE_VERSION = 1;

const natural = z.int().nonnegative();

const named = {
  /** As in the result: `payload.insert.bytes`. */
  metric: z.string().min(1),
  /** Absent for what belongs to the whole run. */
  mode: z.string().exactOptional(),
};

/** Every size that was seen, and how often: `[size, times]`, smallest first. See `exactMetricSchema`. */
export const exactSizesSchema = z.object({
  count: z.int().positive(),
  min: natural,
  max: natural,
  sum: natural,
  sizes: z.array(z.tuple([natural, z.int().positive()])).exactOptional(),
  otherSizes: natural.exactOptional(),
  /** Of how many samples, and their bytes by part and slot: `"statics 2.4"`. The places of templates in files are left out: they move. */
  anatomy: z.object({ samples: z.int().positive(), bytes: z.record(z.string(), natural) }).exactOptional(),
});

/** See {@link exactSizesSchema}. */
export type ExactSizes = z.infer<typeof exactSizesSchema>;

/**
 * An exact metric, by what of it repeats and so is gated:
 *
 * - `all`: how many samples there are, and every size of them
 * - `size`: how many there are depends on time, but all of them have one and the same size
 * - `nothing`: sizes differed between the repeats
 */
export const exactEntrySchema = z.discriminatedUnion("repeats", [
  z.object({ ...named, repeats: z.literal("all"), ...exactSizesSchema.shape }),
  z.object({ ...named, repeats: z.literal("size"), size: natural }),
  z.object({ ...named, repeats: z.literal("nothing") }),
]);

/** See {@link exactEntrySchema}. */
export type ExactEntry = z.infer<typeof exactEntrySchema>;

/**
 * What is read of a noisy metric: a percentile of a distribution, what one more costs, an average, the value, or, of processor
 * time, its part of what the harness took for the same.
 */
export const NOISY_READINGS = ["p10", "p50", "p99", "perUnit", "mean", "relative", "value"] as const;

/** One of {@link NOISY_READINGS}. */
export type NoisyReading = (typeof NOISY_READINGS)[number];

/** One reading of a noisy metric: a value a repeat, in `unit`, and of how many samples; both in the order of the repeats. */
export const noisyEntrySchema = z
  .object({
    ...named,
    reading: z.enum(NOISY_READINGS),
    unit: z.enum(UNITS),
    /** Null where the repeat had no sample. */
    values: z.array(z.number().nullable()),
    samples: z.array(natural),
    /** Of what is `relative`: how many bytes the harness received for one operation. What it takes itself depends on that. */
    received: z.array(natural.nullable()).exactOptional(),
  })
  .refine(
    ({ values, samples, received = values }) =>
      values.length === samples.length && values.length === received.length,
    "as many samples as values",
  );

/** See {@link noisyEntrySchema}. */
export type NoisyEntry = z.infer<typeof noisyEntrySchema>;

/** Where noisy metrics were read, and when each repeat began. */
export const noisySchema = z
  .object({
    machine: z.object({
      platform: z.string(),
      cpus: z.int().positive(),
      cpuModel: z.string().exactOptional(),
    }),
    /** ISO 8601, UTC. */
    startedAt: z.array(z.iso.datetime()),
    metrics: z.array(noisyEntrySchema),
  })
  .refine(
    ({ startedAt, metrics }) => metrics.every(({ values }) => values.length === startedAt.length),
    "a value a repeat",
  );

/** See {@link noisySchema}. */
export type Noisy = z.infer<typeof noisySchema>;

/** What a run is held to: the figures of one or more runs of one scenario. Kept in the repository, so that a change of it is reviewed. */
export const baselineSchema = z.object({
  baselineVersion: z.literal(BASELINE_VERSION),
  scenario: z.string().min(1),
  seed: natural,
  /** Whose zlib deflated: another one gives other sizes. */
  deflatedBy: z.object({ node: z.string(), platform: z.string() }),
  /** How many runs it was made of. */
  runs: z.int().positive(),
  /** What was run. Another configuration has other figures. */
  configuration: configurationSchema.omit({ target: true }),
  exact: z.array(exactEntrySchema),
  /** Absent where the runs have no metric of that kind. */
  noisy: noisySchema.exactOptional(),
});

/** See {@link baselineSchema}. */
export type Baseline = z.infer<typeof baselineSchema>;

/**
 * Reads what {@link serializeBaseline} wrote.
 *
 * @param path where it was read from, for the error
 * @throws UsageError `not-a-baseline`, one line
 */
export function parseBaseline(json: string, path: string): Baseline {
  const refuse = (why: string, cause?: unknown) =>
    new UsageError(`${path} is not a baseline: ${why}`, { code: "not-a-baseline", cause });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw refuse(`it is not JSON (${messageOf(error)})`, error);
  }
  const version = z.object({ baselineVersion: z.number() }).safeParse(value);
  if (!version.success)
    throw refuse("it has no baselineVersion. Make one by `bench baseline save`.", version.error);
  const { baselineVersion } = version.data;
  if (baselineVersion !== BASELINE_VERSION) {
    const remedy = baselineVersion > BASELINE_VERSION ? "Use a newer bench" : "Save it again";
    throw refuse(
      `its baselineVersion is ${baselineVersion} and this bench reads ${BASELINE_VERSION}. ${remedy}.`,
    );
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(schemaProblems(parsed.error).join("; "), parsed.error);
}

/**
 * The baseline as text, with a line feed at the end: a line a metric, sorted by name and mode, so that a change of one figure
 * is a change of one line.
 *
 * @throws ZodError where the value is no baseline, which is a defect of this program
 */
export function serializeBaseline(baseline: Baseline): string {
  const { configuration, exact, noisy, ...head } = baselineSchema.parse(baseline);
  const { steps, ...settings } = configuration;
  const members = [
    ...Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    `  "configuration": {\n${[
      ...Object.entries(settings).map(
        ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
      ),
      `    "steps": ${lines(steps, "    ")}`,
    ].join(",\n")}\n  }`,
    `  "exact": ${lines(exact.toSorted(byName), "  ")}`,
    ...(noisy === undefined
      ? []
      : [
          `  "noisy": {\n    "machine": ${JSON.stringify(noisy.machine)},\n    "startedAt": ${lines(noisy.startedAt, "    ")},\n` +
            `    "metrics": ${lines(noisy.metrics.toSorted(byName), "    ")}\n  }`,
        ]),
  ];
  return `{\n${members.join(",\n")}\n}\n`;
}

/** An array with a line an element. */
function lines(values: readonly unknown[], indent: string): string {
  if (values.length === 0) return "[]";
  return `[\n${values.map((value) => `${indent}  ${JSON.stringify(value)}`).join(",\n")}\n${indent}]`;
}

interface Named {
  readonly metric: string;
  readonly mode?: string;
  readonly reading?: string;
}

function byName(a: Named, b: Named): number {
  const [left, right] = [a, b].map(({ metric, mode = "", reading = "" }) => `${metric} ${mode} ${reading}`);
  return left === right ? 0 : String(left) < String(right) ? -1 : 1;
}
