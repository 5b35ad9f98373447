import { z } from "zod";

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
 * One thing that the users do. After each step everybody comes to rest, and everybody is checked.
 *
 * - `insert`: somebody submits a message
 * - `update`: an author edits a message of his that is loaded; without a target one that the seed chooses
 * - `delete`: an author deletes a message of his that is loaded; the same
 * - `scrollback`: every user, simulated or Chrome, loads this many older pages
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
  z.strictObject({ kind: z.literal("scrollback"), pages: z.int().positive(), ...measured }),
]);

/** See {@link stepSchema}. */
export type Step = z.infer<typeof stepSchema>;

/** What the frames of a step do to the list, as the wire tells it. */
export const STEP_OPERATIONS = {
  insert: "insert",
  update: "update",
  delete: "delete",
  scrollback: "prepend",
} as const satisfies Record<Step["kind"], string>;

/** A case of an operation. */
export interface OperationCase extends StepCase {
  readonly operation: (typeof STEP_OPERATIONS)[Step["kind"]];
}

/** What a step measures for itself; undefined where it measures nothing beyond its operation. */
export function caseOf(step: Step): OperationCase | undefined {
  return step.case && { ...step.case, operation: STEP_OPERATIONS[step.kind] };
}
