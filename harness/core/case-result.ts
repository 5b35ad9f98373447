import { z } from "zod";

/** Where a case was first not as it must be, as one of those saw it who did it. */
export const caseDifferenceSchema = z.object({
  /** Who saw it: `Chrome`, `user`. */
  who: z.enum(["Chrome", "user"]),
  /** `start`, or the step and what it does: `step 2: delete c, insert c=C at 0`. */
  step: z.string(),
  /** What was looked at: `the list`, `the page as it is sent first`, `what became of items`. */
  what: z.string(),
  /** As it must be and as it was, an item a word; other facts are one word. Long texts are shortened around the difference. */
  expected: z.array(z.string()),
  actual: z.array(z.string()),
});

/** See {@link caseDifferenceSchema}. */
export type CaseDifference = z.infer<typeof caseDifferenceSchema>;

/** What came of a case in a mode. */
export const caseOutcomeSchema = z.discriminatedUnion("outcome", [
  /** It was as it must be after each step, in Chrome and for the simulated user. */
  z.object({ outcome: z.literal("held") }),
  /** The first difference of each who saw one. */
  z.object({ outcome: z.literal("failed"), differences: z.array(caseDifferenceSchema).min(1) }),
  /** It was not done: why, read on after "not in append:". It has no part in the verdict. */
  z.object({ outcome: z.literal("left-out"), reason: z.string() }),
]);

/** See {@link caseOutcomeSchema}. */
export type CaseOutcome = z.infer<typeof caseOutcomeSchema>;

/** A case that was asked for, and what came of it by mode. A mode that is absent was not reached. */
export const caseResultSchema = z.object({
  /** `6-index` */
  id: z.string(),
  name: z.string(),
  /** What taught it: issues of phoenix_live_view by number, or where else it was seen. */
  source: z.string().exactOptional(),
  modes: z.record(z.string(), caseOutcomeSchema),
});

/** See {@link caseResultSchema}. */
export type CaseResult = z.infer<typeof caseResultSchema>;
