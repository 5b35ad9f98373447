import { z } from "zod";
import { anatomySchema } from "./anatomy.ts";

/** What an operation did, told from the wire and the page's list: `beside` is a change that left the list alone. */
export const TRACED_EFFECTS = [
  "insert",
  "update",
  "delete",
  "prepend",
  "reset",
  "mixed",
  "beside",
  "nothing",
] as const;

/** One of {@link TRACED_EFFECTS}. */
export type TracedEffect = (typeof TRACED_EFFECTS)[number];

const natural = z.int().nonnegative();
/** Milliseconds since the trace began, or between two frames, as Chrome tells of them. */
const ms = z.number().nonnegative();

/** Text frames of one direction: how many, and their payloads' length in UTF-8, before any compression. */
const framesSchema = z.object({ frames: natural, bytes: natural });

/** One thing that was done on a page, with its answer; or one that the server sent by itself. */
export const tracedOperationSchema = z.object({
  kind: z.literal("operation"),
  /** When its first frame went over the wire. */
  atMs: ms,
  /**
   * `click "delete"`, `submit "send"`, `change "draft"`, `hook "load_older"`, `patch /rooms/1?page=2`, `join /rooms/1`; `pushed` for a diff
   * that no event asked for; `crashed`, `closed`; of other channels their topic and event.
   */
  name: z.string().min(1),
  /** What its answer, or the diff, did to the page. Null: nobody knows, as there is no answer or no page. */
  effect: z.enum(TRACED_EFFECTS).nullable(),
  topic: z.string(),
  up: framesSchema,
  down: framesSchema,
  /** What the frames down would have taken deflated, each by itself; see `measure/deflate-meter.ts`. */
  deflatedBytes: natural,
  /** From its first frame to its answer. Null: it has none, or has not been answered. */
  answeredMs: ms.nullable(),
  /** Why it is not told as it should be: a refusal, no answer, a frame that is not understood. */
  problem: z.string().min(1).exactOptional(),
  /** Where the bytes of the frame down went. Absent where it brought no tree and no diff. */
  anatomy: anatomySchema.exactOptional(),
});

/** See {@link tracedOperationSchema}. */
export type TracedOperation = z.infer<typeof tracedOperationSchema>;

/** Something that is worth knowing of a trace: what was not seen, what was done. */
export const traceNoteSchema = z.object({ kind: z.literal("note"), atMs: ms, text: z.string().min(1) });

/** All operations of one name and effect. */
const tracedTotalSchema = z.object({
  name: z.string().min(1),
  effect: z.enum(TRACED_EFFECTS).nullable(),
  times: z.int().positive(),
  upBytes: natural,
  downBytes: natural,
  /** Of the frames down of one of them. */
  mostDownBytes: natural,
});

/** The end of a trace: what went over the wire, those operations first that took most bytes. */
export const traceTotalsSchema = z.object({
  kind: z.literal("totals"),
  lastedMs: ms,
  operations: z.array(tracedTotalSchema),
  /** Heartbeats and their answers, which are no operations. */
  heartbeats: z.object({ up: framesSchema, down: framesSchema }),
  /** WebSockets that the page opened. */
  webSockets: natural,
});

/** See {@link traceTotalsSchema}. */
export type TraceTotals = z.infer<typeof traceTotalsSchema>;

/** A line of `bench trace --format json`. */
export const traceLineSchema = z.discriminatedUnion("kind", [
  tracedOperationSchema,
  traceNoteSchema,
  traceTotalsSchema,
]);

/** See {@link traceLineSchema}. */
export type TraceLine = z.infer<typeof traceLineSchema>;
