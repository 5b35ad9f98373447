import { z } from "zod";
import { behaviourWeightsSchema, thinkTimeSchema } from "./behaviour.ts";
import { executorDurationMs, executorSchema } from "./executor.ts";

const atRate = {
  /** Starts a second, due at even distances, over all users together. */
  ratePerSec: z.number().positive().max(10_000),
  /** How long starts are due. `ratePerSec * durationMs / 1000`, rounded up, of them are. */
  durationMs: z.int().positive(),
};

/**
 * What a step measures that others of its kind do not: its frames of the step's operation are counted once more as
 * `payload.<operation>.<name>.bytes`. The operation itself is still told from the wire.
 */
export const stepCaseSchema = z.strictObject({
  /** A part of the metric's name: `again`. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, "the name of a case is as first or middle_one"),
  /** What a report calls it: `edit, again`. */
  title: z.string().min(1).max(40),
  /**
   * How many messages are on the page by then, where one thing is measured at several numbers: the name ends with `_10`, the title
   * with `, 10 shown`, and reports lay a line through them.
   */
  shown: z.int().nonnegative().exactOptional(),
});

/** See {@link stepCaseSchema}. */
export type StepCase = z.infer<typeof stepCaseSchema>;

const measured = { case: stepCaseSchema.exactOptional() };

/**
 * Which message is acted on, of those that members wrote in this run and that are there: the one written last, the one
 * in the middle of them, or the one that was edited last.
 */
export const TARGETS = ["newest", "middle", "same"] as const;

/** One of {@link TARGETS}. */
export type Target = (typeof TARGETS)[number];

/**
 * Why connections are lost.
 *
 * - `server`: it is killed, and started again
 * - `network`: the connections of nine users in ten break; the others stay
 * - `crash`: the views crash on the server, the connections stay
 */
export const RECONNECT_CAUSES = ["server", "network", "crash"] as const;

/** One of {@link RECONNECT_CAUSES}. */
export type ReconnectCause = (typeof RECONNECT_CAUSES)[number];

/**
 * How Chromes scroll back: by turns of the mouse wheel, as one reads on, or at once to the very top, where the official client
 * sends an overrun.
 */
export const SCROLL_MANNERS = ["steps", "jumps"] as const;

/** One of {@link SCROLL_MANNERS}. */
export type ScrollManner = (typeof SCROLL_MANNERS)[number];

/**
 * One thing that the users do. After each step everybody comes to rest, and everybody is checked.
 *
 * - `insert`: somebody submits a message
 * - `update`: an author edits a message of his that is loaded; without a target one that the seed chooses
 * - `delete`: an author deletes a message of his that is loaded; the same
 * - `scrollback`: every user, simulated or Chrome, loads this many older pages
 * - `load`: users do what comes to their minds, at times that an executor schedules
 * - `reconnect`: everybody loses his connection, and comes back by himself
 * - `leave`: users leave in parts, until so many are there; the server's memory is read after each part
 * - `mount`: the page is fetched over HTTP by this many connections at once, again and again
 */
export const stepSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("insert"), ...atRate, ...measured }),
  z.strictObject({
    kind: z.literal("update"),
    ...atRate,
    target: z.enum(TARGETS).exactOptional(),
    ...measured,
  }),
  z.strictObject({
    kind: z.literal("delete"),
    ...atRate,
    target: z.enum(TARGETS).exclude(["same"]).exactOptional(),
    ...measured,
  }),
  z.strictObject({
    kind: z.literal("scrollback"),
    pages: z.int().positive(),
    /** How many pages simulated users ask for each second at most, all together. Default: the next as soon as one is there. */
    ratePerSec: z.number().positive().exactOptional(),
    /** How Chromes do it. Default: by steps. */
    by: z.enum(SCROLL_MANNERS).exactOptional(),
    ...measured,
  }),
  z.strictObject({
    kind: z.literal("load"),
    /** What it is called: `a busy hour`. */
    title: z.string().min(1).max(40),
    executor: executorSchema,
    /** What users do, in proportion. An edit or a delete is of any message of the run, by its author. */
    behaviours: behaviourWeightsSchema,
    /** How long a user thinks between two actions, where he is the one who acts again. */
    thinkTime: thinkTimeSchema.exactOptional(),
    /** The share of the users who read nothing from their sockets for as long as the step lasts. */
    slowReaders: z.number().min(0).max(0.9).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("reconnect"),
    cause: z.enum(RECONNECT_CAUSES),
    /** Whether everybody has begun a message before, and looks whether it is still there. */
    drafts: z.boolean(),
    /** How many words more than a message they have, so that the server may have something to say of them. Default: none. */
    draftWords: z.int().positive().exactOptional(),
    /** How many messages are written by those who stay connected, where any do: one in ten of `network`. */
    meanwhile: z.int().nonnegative(),
    ...measured,
  }),
  z.strictObject({ kind: z.literal("leave"), parts: z.int().min(2).max(50) }),
  z.strictObject({
    kind: z.literal("mount"),
    connections: z.int().positive().max(10_000),
    durationMs: z.int().positive(),
    /** Requests a second, all connections together. Absent: as many as there are answers. */
    ratePerSec: z.number().positive().exactOptional(),
  }),
]);

/** See {@link stepSchema}. */
export type Step = z.infer<typeof stepSchema>;

/** What the frames of a step do to the list, as the wire tells it. */
export const STEP_OPERATIONS = {
  insert: "insert",
  update: "update",
  delete: "delete",
  scrollback: "prepend",
  reconnect: "join",
} as const satisfies Partial<Record<Step["kind"], string>>;

/** A case of an operation. */
export interface OperationCase extends StepCase {
  readonly operation: (typeof STEP_OPERATIONS)[keyof typeof STEP_OPERATIONS];
}

/** What a step measures for itself; undefined where it measures nothing beyond its operation. */
export function caseOf(step: Step): OperationCase | undefined {
  return "case" in step ? { ...step.case, operation: STEP_OPERATIONS[step.kind] } : undefined;
}

/** How long things are begun in a step, in milliseconds; null where that is not known before. */
export function lastsMs(step: Step): number | null {
  if (step.kind === "load") return executorDurationMs(step.executor);
  return "durationMs" in step ? step.durationMs : null;
}

/** Whether somebody changes messages in one of these steps. */
export function editsMessages(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === "update" || (step.kind === "load" && "edit" in step.behaviours));
}
