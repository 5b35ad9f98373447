import { z } from "zod";
import { UsageError } from "./errors.ts";
import { MODES, type Mode } from "./modes.ts";
import { defaultOf, type Parameters, type ParameterValue, problemWith, type ValuesOf } from "./parameter.ts";
import { schemaProblems } from "./schema-problems.ts";
import { siteSchema } from "./site.ts";
import { caseOf, type Step, stepSchema } from "./step.ts";
import { parseThreshold, THRESHOLD_LEVELS, type Threshold, tryThreshold } from "./threshold.ts";

const thresholdSchema = z.union([
  z.string(),
  z
    .strictObject({
      threshold: z.string(),
      level: z.enum(THRESHOLD_LEVELS).default("error"),
      /** Ends the run as soon as it is crossed. */
      abortOnFail: z.literal(true).exactOptional(),
    })
    .refine(({ level, abortOnFail }) => level === "error" || abortOnFail === undefined, {
      error: "a threshold that only warns does not end a run: level and abortOnFail do not go together",
    }),
]);

/** Conditions in k6's syntax, by metric; a string is of level `error`. Times are in milliseconds. */
export const thresholdsSchema = z
  .record(z.string(), z.array(thresholdSchema).min(1))
  .superRefine((byMetric, context) => {
    for (const { metric, expression, level } of thresholdEntries(byMetric)) {
      const threshold = tryThreshold(metric, expression, level);
      if (typeof threshold === "string") context.addIssue({ code: "custom", message: threshold });
    }
  });

/** See {@link thresholdsSchema}. */
export type Thresholds = z.infer<typeof thresholdsSchema>;

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, "a name is in kebab-case: quickstart, quick-start");

/** A scenario with the values of its parameters filled in. Plain data: it can be printed, saved and compared. */
export const scenarioSchema = z.strictObject({
  /** What `bench run` calls it. */
  name,
  /** The rendering modes, run one after the other in this order. */
  modes: z.array(z.enum(MODES)).min(1).refine(isSet, "each mode once"),
  /** Chrome pages in each mode, all in the first room. */
  browsers: z.int().nonnegative(),
  /** What everything that looks random is drawn from; the same seed gives the same bytes. */
  seed: z.int().nonnegative(),
  rooms: z.strictObject({
    /** How many messages each room of the server starts with. */
    messagesEach: z.int().nonnegative(),
    /** How many simulated users begin in each room: in the first, in the second, and so on. */
    members: z
      .array(z.int().nonnegative())
      .min(1)
      .refine(([first = 0]) => first > 0, "somebody must be in the first room"),
    /** The ids of these rooms, where they are not 1, 2, and so on. */
    ids: z.array(z.int().positive()).exactOptional(),
    /** How many users more there are who are logged in and nowhere yet: they come where sessions arrive. Default: none. */
    visitors: z.int().nonnegative().exactOptional(),
  }),
  site: siteSchema,
  /** How many messages a page of history has; also how many are shown at mount. */
  pageSize: z.int().positive(),
  /**
   * Whether an action is made only when the one before it was answered, however late that is: then messages are stored in
   * the order of their numbers, and bytes depend on the seed alone. Latency runs from the due time all the same. At a
   * rate that the server cannot answer one by one, this makes the queue the bottleneck. One process acts.
   */
  ordered: z.boolean(),
  /**
   * The most messages that a page keeps, where it is one that forgets the oldest as new ones come; the path of the room has
   * to ask for that. Nobody may scroll back then. Default: a page keeps what it has loaded.
   */
  limit: z.int().positive().exactOptional(),
  /**
   * Whether bytes are to be the same to the last one, deflated too, on every run: messages carry no time, and a server that
   * is started draws its identifiers from the seed. Then neither latency nor memory is measured, bytes are those of one user
   * who takes no part, and a harness that is late makes no figure wrong. Default: false.
   */
  fixed: z.boolean().exactOptional(),
  /** After so long without a frame everybody is at rest. Default: 250 ms. */
  quietMs: z.int().positive().exactOptional(),
  /** Whether the server's memory is read after each step, and judged by whether it grows. Default: false. */
  watchesGrowth: z.boolean().exactOptional(),
  /** How many words of five letters a message has, drawn evenly. Default: 3 to 8. */
  words: z
    .strictObject({ least: z.int().positive(), most: z.int().positive() })
    .refine(({ least, most }) => least <= most, "least must not be above most")
    .exactOptional(),
  /** Whether messages hold what is markup elsewhere, and other texts that are easily mistaken, in turn, in place of words. */
  unusualTexts: z.boolean().exactOptional(),
  /** Whether each Chrome's reader has begun a message, which has to stay as he left it through all steps. Default: false. */
  chromeDrafts: z.boolean().exactOptional(),
  steps: z.array(stepSchema).min(1).refine(tellsCasesApart, "each case of an operation once"),
  thresholds: thresholdsSchema,
});

/** A scenario that was found valid; see {@link scenarioSchema}. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** What every scenario can be run with besides its parameters. */
export interface CommonValues {
  readonly modes: readonly Mode[];
  readonly seed: number;
}

/** What a file in `scenarios/` says: a question, parameters, and what is run with their values. */
export interface ScenarioDefinition {
  readonly kind: "load";
  /** What `bench run` calls it. */
  readonly name: string;
  /** The question that it answers, in one line for `bench list`. */
  readonly question: string;
  /** How it answers it: a paragraph for the help. */
  readonly description: string;
  readonly parameters: Parameters;
  /** The modes and the seed where nobody says otherwise. */
  readonly common: CommonValues;
  /** What is run with these values, which the parameters allow. */
  readonly plan: (values: Readonly<Record<string, ParameterValue>>, common: CommonValues) => Scenario;
}

/** A {@link ScenarioDefinition} as it is written: its plan knows the types of its parameters' values. */
export interface ScenarioSource<P extends Parameters>
  extends Pick<ScenarioDefinition, "name" | "question" | "description"> {
  readonly parameters: P;
  readonly modes: readonly Mode[];
  /** Default: 1. */
  readonly seed?: number;
  readonly plan: (values: ValuesOf<P>) => Omit<Scenario, "name" | "modes" | "seed">;
}

/**
 * Defines a scenario.
 *
 * @throws UsageError `invalid-scenario` where it is not valid with the defaults of its parameters, all problems at once
 */
export function defineScenario<const P extends Parameters>(source: ScenarioSource<P>): ScenarioDefinition {
  const { name, question, description, parameters, modes, seed = 1 } = source;
  const definition: ScenarioDefinition = {
    kind: "load",
    name,
    question,
    description,
    parameters,
    common: { modes, seed },
    plan: (values, common) =>
      validScenario({ ...source.plan(values as ValuesOf<P>), ...common, modes: [...common.modes], name }),
  };
  planScenario(definition, {});
  return definition;
}

/**
 * A scenario with these values of its parameters; what is not given is as it is defined.
 *
 * @throws UsageError `invalid-parameter` with all of them that do not fit, or `invalid-scenario`
 */
export function planScenario(
  { name, parameters, common, plan }: ScenarioDefinition,
  given: Readonly<Record<string, ParameterValue>>,
  givenCommon: Partial<CommonValues> = {},
): Scenario {
  const problems: string[] = [];
  const values: Record<string, ParameterValue> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    const value = given[key] ?? defaultOf(parameter);
    values[key] = value;
    const problem = problemWith(parameter, value);
    if (problem !== undefined) problems.push(`--${key} ${problem}, not ${JSON.stringify(value)}`);
  }
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(parameters, key));
  problems.push(...unknown.map((key) => `${name} has no parameter ${key}`));
  if (problems.length > 0) throw new UsageError(problems.join("; "), { code: "invalid-parameter" });
  return plan(values, { ...common, ...givenCommon });
}

/**
 * The scenario, if it is valid.
 *
 * @throws UsageError `invalid-scenario`, with all problems at once
 */
export function validScenario(scenario: Scenario): Scenario {
  const parsed = scenarioSchema.safeParse(scenario);
  if (parsed.success) return parsed.data;
  const problems = schemaProblems(parsed.error);
  const what = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw new UsageError(`scenario ${JSON.stringify(scenario.name)} has ${what}: ${problems.join("; ")}`, {
    code: "invalid-scenario",
    cause: parsed.error,
  });
}

/** How many simulated users take part in each mode, visitors included. */
export function usersOf({ rooms }: Pick<Scenario, "rooms">): number {
  return membersOf({ rooms }) + (rooms.visitors ?? 0);
}

/** How many simulated users are in a room from the start. */
export function membersOf({ rooms }: Pick<Scenario, "rooms">): number {
  return rooms.members.reduce((sum, users) => sum + users, 0);
}

/** A condition as it is written, with its metric and what becomes of a run that does not keep it. */
interface ThresholdEntry extends Pick<Threshold, "metric" | "expression" | "level" | "abortOnFail"> {}

/** Every condition of `thresholds`, flat, in their order, for `parseThreshold`. */
export function thresholdEntries(byMetric: Thresholds): ThresholdEntry[] {
  return Object.entries(byMetric).flatMap(([metric, conditions]) =>
    conditions.map((condition): ThresholdEntry => {
      if (typeof condition === "string") return { metric, expression: condition, level: "error" };
      const { threshold: expression, ...rest } = condition;
      return { metric, expression, ...rest };
    }),
  );
}

/**
 * All conditions of `thresholds`, in their order.
 *
 * @param place where they stand, for the error: `scenario quickstart`
 * @throws UsageError `invalid-threshold`
 */
export function parseThresholds(byMetric: Thresholds, place: string): Threshold[] {
  return thresholdEntries(byMetric).map(({ metric, expression, level, abortOnFail }) => ({
    ...parseThreshold(metric, expression, level, place),
    ...(abortOnFail === undefined ? {} : { abortOnFail }),
  }));
}

function tellsCasesApart(steps: readonly Step[]): boolean {
  const cases = steps.flatMap((step) => caseOf(step) ?? []);
  return isSet(cases.map(({ operation, name }) => `${operation} ${name}`));
}

function isSet(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
