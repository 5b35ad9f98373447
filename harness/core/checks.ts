import { z } from "zod";

/**
 * What kinds of checks a run makes, in the order in which they are reported.
 *
 * - `user-vs-oracle`: a simulated user's list against the database, at rest
 * - `chrome-vs-oracle`: a Chrome's DOM against the database, at rest
 * - `chrome-vs-user`: a Chrome's DOM against a simulated user that loaded as much
 * - `chrome-vs-frames`: a Chrome's DOM against a simulated page that was given the very frames of that Chrome
 * - `frame-invariant`: no duplicate, disorder or foreign item after a frame, while messages fly
 * - `delivery`: each insert received once by each receiver
 * - `heartbeat`: each heartbeat answered, at rest
 * - `own-forms`: no form is open on a page that its own reader has not opened, at rest
 * - `members`: who is shown as being there, and as typing, is there, and is; at rest
 * - `channel-order`: what the channel beside a page names is on the page by then
 * - `scroll-position`: who reads in a Chrome stays where he was on the screen, to a pixel, when the list changes, and who is at
 *   its end stays at its end
 * - `chrome-draft`: what a Chrome's reader has begun to write is as he left it, its focus and caret too; after a step
 * - `console-clean`: no error or warning on a Chrome's console
 * - `case-in-chrome`: a case of the catalogue, with the official client in Chrome
 * - `case-by-user`: the same, by a simulated user
 */
export const CHECK_KINDS = [
  "user-vs-oracle",
  "chrome-vs-oracle",
  "chrome-vs-user",
  "chrome-vs-frames",
  "frame-invariant",
  "delivery",
  "heartbeat",
  "own-forms",
  "members",
  "channel-order",
  "scroll-position",
  "chrome-draft",
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

/** A frame as it is told: which one it was, and what it said. */
export const toldFrameSchema = z.object({
  /** Its number among those that the viewer was sent since he was known to be right, from 1; absent where nobody counted. */
  number: z.int().positive().exactOptional(),
  /** How many those were. */
  of: z.int().positive().exactOptional(),
  /** When the viewer received it: ISO 8601, UTC, in milliseconds. */
  receivedAt: z.iso.datetime(),
  /** `diff`, `phx_reply`. */
  event: z.string(),
  /** What it did to the list: `insert`, `update`, ... */
  operation: z.string(),
  /** Its payload, around what is wrong where it is long. */
  text: z.string(),
});

/** See {@link toldFrameSchema}. */
export type ToldFrame = z.infer<typeof toldFrameSchema>;

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
  /** How many messages its process had written, changed and deleted in the mode, or begun to, when it was noticed. */
  afterMessages: z.int().nonnegative().exactOptional(),
  /** One line that says what is wrong and names the first wrong item. */
  message: z.string(),
  /** Both lists around the first difference, place by place; null behind the end of one. Absent where none were compared. */
  around: z
    .array(
      z.object({
        index: z.int().nonnegative(),
        expected: z.string().nullable(),
        actual: z.string().nullable(),
      }),
    )
    .exactOptional(),
  /** The frame that did it. Of a viewer's first divergence alone, as all that follows. */
  frame: toldFrameSchema.exactOptional(),
  /** Why no frame is told: none did it, or it was not kept. */
  noFrame: z.string().exactOptional(),
  /** Files beside the result, relative to it: the frames, for `bench replay`; a Chrome's picture and DOM. */
  replay: z.string().exactOptional(),
  screenshot: z.string().exactOptional(),
  dom: z.string().exactOptional(),
});

/** See {@link failureSchema}. */
export type Failure = z.infer<typeof failureSchema>;
