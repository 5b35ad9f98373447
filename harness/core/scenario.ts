import { z } from "zod";
import { UsageError } from "./errors.ts";
import { MODES } from "./modes.ts";
import { schemaProblems } from "./schema-problems.ts";
import { siteSchema } from "./site.ts";
import { caseOf, type Step, stepSchema } from "./step.ts";
import { THRESHOLD_LEVELS, tryThreshold } from "./threshold.ts";

const thresholdSchema = z.union([
  z.string(),
  z.strictObject({ threshold: z.string(), level: z.enum(THRESHOLD_LEVELS) }),
]);

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, "a name is in kebab-case: quickstart, quick-start");

/** What a scenario is made of; see {@link defineScenario}. Plain data: it can be printed, saved and compared. */
export const scenarioSchema = z
  .strictObject({
    /** What `bench run` calls it. */
    name,
    /** One line for `bench list`. */
    description: z.string().min(1),
    /** The rendering modes, run one after the other in this order. */
    modes: z.array(z.enum(MODES)).min(1).refine(isSet, "each mode once"),
    /** Simulated users in each mode. */
    users: z.int().positive(),
    /** Chrome pages in each mode. */
    browsers: z.int().nonnegative(),
    /** What everything that looks random is drawn from; the same seed gives the same bytes. */
    seed: z.int().nonnegative(),
    rooms: z.strictObject({
      /** How many messages each room of the server starts with. */
      messagesEach: z.int().nonnegative(),
      /** The id of the room that everybody else joins, and that is watched. */
      joinedId: z.int().positive(),
      /** The id of another room, and how many of the users are there: what they write is not for the watched room. */
      otherId: z.int().positive(),
      usersInOther: z.int().nonnegative(),
    }),
    site: siteSchema,
    /** How many messages a page of history has; also how many are shown at mount. */
    pageSize: z.int().positive(),
    /**
     * Whether an action is made only when the one before it was answered, however late that is: then messages are stored in
     * the order of their numbers, and bytes depend on the seed alone. Latency runs from the due time all the same. At a
     * rate that the server cannot answer one by one, this makes the queue the bottleneck.
     */
    ordered: z.boolean(),
    /** How many words of five letters a message has, drawn evenly. Default: 3 to 8. */
    words: z
      .strictObject({ least: z.int().positive(), most: z.int().positive() })
      .refine(({ least, most }) => least <= most, "least must not be above most")
      .exactOptional(),
    steps: z.array(stepSchema).min(1).refine(tellsCasesApart, "each case of an operation once"),
    /** Conditions in k6's syntax, by metric; a string is of level `error`. Times are in milliseconds. */
    thresholds: z.record(z.string(), z.array(thresholdSchema).min(1)).superRefine((byMetric, context) => {
      for (const { metric, expression, level } of thresholdEntries(byMetric)) {
        const threshold = tryThreshold(metric, expression, level);
        if (typeof threshold === "string") context.addIssue({ code: "custom", message: threshold });
      }
    }),
  })
  .refine(({ users, rooms }) => users < 1 || rooms.usersInOther < users, {
    path: ["rooms", "usersInOther"],
    message: "somebody must be in the joined room",
  })
  .refine(({ rooms }) => rooms.joinedId !== rooms.otherId, {
    path: ["rooms", "otherId"],
    message: "must be another room than joinedId",
  });

/** A scenario that was found valid. */
export type Scenario = z.infer<typeof scenarioSchema>;

/**
 * Validates a scenario where it is defined. Give it again what the command line overrides:
 * `defineScenario({ ...scenario, users: 20 })`.
 *
 * @throws UsageError `invalid-scenario`, with all problems at once
 */
export function defineScenario(scenario: Scenario): Scenario {
  const parsed = scenarioSchema.safeParse(scenario);
  if (parsed.success) return parsed.data;
  const problems = schemaProblems(parsed.error);
  const what = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw new UsageError(`scenario ${JSON.stringify(scenario.name)} has ${what}: ${problems.join("; ")}`, {
    code: "invalid-scenario",
    cause: parsed.error,
  });
}

/** Every condition of a scenario's `thresholds`, flat, in their order, for `parseThreshold`. */
export function thresholdEntries(byMetric: Scenario["thresholds"]) {
  return Object.entries(byMetric).flatMap(([metric, conditions]) =>
    conditions.map((condition) =>
      typeof condition === "string"
        ? { metric, expression: condition, level: "error" as const }
        : { metric, expression: condition.threshold, level: condition.level },
    ),
  );
}

function tellsCasesApart(steps: readonly Step[]): boolean {
  const cases = steps.flatMap((step) => caseOf(step) ?? []);
  return isSet(cases.map(({ operation, name }) => `${operation} ${name}`));
}

function isSet(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
