import { z } from "zod";
import { messageOf, UsageError } from "./errors.ts";
import { schemaProblems } from "./schema-problems.ts";

/** What the file of frames beside a result is called. */
export const RECORDINGS_FILE = "frames.json";

/** The version of {@link recordingFileSchema}. Goes up when an older reader would misread a newer file. */
export const RECORDING_VERSION = 1;

/** An item as it should be, or as it was: what is compared. */
const itemSchema = z.object({ id: z.string(), fields: z.record(z.string(), z.string()) });

/** A frame that changes what a view has rendered: a pushed diff, or an answer that brings one. */
const frameSchema = z.object({
  event: z.enum(["diff", "phx_reply"]),
  /** Which of the file's payloads. */
  payload: z.int().nonnegative(),
  /** When it was received: microseconds since the Unix epoch. */
  receivedUs: z.int().nonnegative(),
});

/** What one viewer was sent since it was known to be right, and what it should have shown afterwards. */
export const recordingSchema = z.object({
  /** `user-0017`, `chrome-2`. */
  who: z.string(),
  kind: z.enum(["user", "chrome"]),
  mode: z.string(),
  /** The checkpoint at which it was found to be wrong: `2 delete`. */
  step: z.string(),
  list: z.object({ container: z.string(), fields: z.record(z.string(), z.string()) }),
  /** The page on which the first frame came. */
  base: z.object({
    /** `join`: as it was joined; `checkpoint`: as it was when everybody had been checked. */
    after: z.enum(["join", "checkpoint"]),
    atUs: z.int().nonnegative(),
    /** The DOM id of the view's element. */
    viewId: z.string(),
    /** What the view had rendered, as the answer to a join has it. */
    rendered: z.record(z.string(), z.unknown()),
    /** Diffs behind it: where a container keeps more than what is rendered now. */
    diffs: z.array(z.record(z.string(), z.unknown())),
  }),
  frames: z.array(frameSchema),
  /** Why frames that came later are not there; null where they all are. */
  cutOff: z.string().nullable(),
  /** The whole list as it should have been; null where nobody knows. */
  expected: z.array(itemSchema).nullable(),
  /** The whole list as the viewer showed it. */
  actual: z.array(itemSchema),
});

/** See {@link recordingSchema}. */
export type Recording = z.infer<typeof recordingSchema>;

/** One frame of a {@link Recording}. */
export type RecordedFrame = Recording["frames"][number];

/** A recording whose frames have their payloads with them, as JSON texts. */
export type RecordedViewer = Omit<Recording, "frames"> & {
  readonly frames: readonly (Omit<RecordedFrame, "payload"> & { readonly payloadText: string })[];
};

/** What a run keeps of viewers who saw something wrong. Payloads that several were sent are in it once. */
export const recordingFileSchema = z.object({
  recordingVersion: z.literal(RECORDING_VERSION),
  scenario: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  payloads: z.array(z.string()),
  recordings: z.array(recordingSchema),
});

/** The text of a file for these viewers. */
export function serializeRecordings(
  viewers: readonly RecordedViewer[],
  run: { readonly scenario: string; readonly startedAt: string },
): string {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const recordings = viewers.map((viewer) => ({
    ...viewer,
    frames: viewer.frames.map(({ payloadText, ...frame }) => ({ ...frame, payload: numberOf(payloadText) })),
  }));
  const file = { recordingVersion: RECORDING_VERSION, ...run, payloads: [...numbers.keys()], recordings };
  return `${JSON.stringify(recordingFileSchema.parse(file))}\n`;
}

/**
 * Reads what {@link serializeRecordings} wrote.
 *
 * @param path where it was read from, for the error
 * @throws UsageError `not-a-recording`, one line
 */
export function parseRecordings(json: string, path: string): RecordedViewer[] {
  const refuse = (why: string, cause?: unknown) =>
    new UsageError(`${path} has no recorded frames: ${why}. Give it the frames.json of a run that failed.`, {
      code: "not-a-recording",
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw refuse(messageOf(error), error);
  }
  const parsed = recordingFileSchema.safeParse(value);
  if (!parsed.success) throw refuse(schemaProblems(parsed.error)[0] ?? "it is another file", parsed.error);
  const { payloads, recordings } = parsed.data;
  return recordings.map((recording) => ({
    ...recording,
    frames: recording.frames.map(({ payload, ...frame }) => {
      const payloadText = payloads[payload];
      if (payloadText === undefined) throw refuse(`payload ${payload} is not in it`);
      return { ...frame, payloadText };
    }),
  }));
}
