import { z } from "zod";

/**
 * What a user of a chat may do next.
 *
 * - `read`: nothing but look at what comes
 * - `type`: change the text of a message and not send it
 * - `send`: submit a message
 * - `edit`, `delete`: one of his own messages that is loaded
 * - `scroll-back`: load an older page of history
 * - `switch-room`: go to another room
 * - `leave-and-return`: close the page, and open it again
 */
export const BEHAVIOURS = [
  "read",
  "type",
  "send",
  "edit",
  "delete",
  "scroll-back",
  "switch-room",
  "leave-and-return",
] as const;

/** One of {@link BEHAVIOURS}. */
export type Behaviour = (typeof BEHAVIOURS)[number];

/** How often users do what, in proportion: `{ read: 90, send: 10 }`. What is absent they never do. */
export const behaviourWeightsSchema = z
  .partialRecord(z.enum(BEHAVIOURS), z.int().positive().max(1000))
  .refine((weights) => Object.keys(weights).length > 0, "at least one behaviour");

/** See {@link behaviourWeightsSchema}. */
export type BehaviourWeights = z.infer<typeof behaviourWeightsSchema>;

/** How long a user thinks between two actions; both bounds may be reached. */
export const thinkTimeSchema = z
  .strictObject({ leastMs: z.int().nonnegative(), mostMs: z.int().nonnegative() })
  .refine(({ leastMs, mostMs }) => leastMs <= mostMs, "leastMs must not be above mostMs");

/** See {@link thinkTimeSchema}. */
export type ThinkTime = z.infer<typeof thinkTimeSchema>;
