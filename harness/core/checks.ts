import { z } from "zod";

/**
 * What kinds of checks a run makes, in the order in which they are reported.
 *
 * - `user-vs-oracle`: a simulated user's list against the database, at rest
 * - `chrome-vs-oracle`: a Chrome's DOM against the database, at rest
 * - `chrome-vs-user`: a Chrome's DOM against a simulated user that loaded as much
 * - `frame-invariant`: no duplicate, disorder or foreign item after a frame, while messages fly
 * - `delivery`: each insert received once by each receiver
 * - `heartbeat`: each heartbeat answered, at rest
 * - `own-forms`: no form is open on a page that its own reader has not opened, at rest
 * - `members`: who is shown as being there, and as typing, is there, and is; at rest
 * - `console-clean`: no error or warning on a Chrome's console
 * - `case-in-chrome`: a case of the catalogue, with the official client in Chrome
 * - `case-by-user`: the same, by a simulated user
 */
export const CHECK_KINDS = [
  "user-vs-oracle",
  "chrome-vs-oracle",
  "chrome-vs-user",
  "frame-invariant",
  "delivery",
  "heartbeat",
  "own-forms",
  "members",
  "console-clean",
  "case-in-chrome",
  "case-by-user",
] as const;

/** One of {@link CHECK_KINDS}. */
export type CheckKind = (typeof CHECK_KINDS)[number];

/** How many checks were made, and how many of them failed (`failed <= made`). */
export const checkCountsSchema = z.object({
  made: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});

/** See {@link checkCountsSchema}. */
export type CheckCounts = z.infer<typeof checkCountsSchema>;

/** A check that failed, in full: enough to say who saw what instead of what, and when. */
export const failureSchema = z.object({
  kind: z.enum(CHECK_KINDS),
  /** The rendering mode in which it happened. */
  mode: z.string(),
  /** The checkpoint: `mount`, `2 delete`. */
  step: z.string(),
  /** Who saw it: `user 17`, `Chrome 2`. */
  who: z.string(),
  /** The first wrong place as it should be, and as it is: an item's text, an id, a count. */
  expected: z.string(),
  actual: z.string(),
  /** The DOM id of the first wrong item. Absent where the failure is about no item. */
  item: z.string().exactOptional(),
  /** Where the first wrong item is in the list, from 0. */
  index: z.int().nonnegative().exactOptional(),
  /** One line that says what is wrong and names the first wrong item. */
  message: z.string(),
});

/** See {@link failureSchema}. */
export type Failure = z.infer<typeof failureSchema>;
