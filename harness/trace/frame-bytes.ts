import type { TracedOperation } from "../core/trace.ts";

/** Frames of one direction, counted. */
export type FrameBytes = TracedOperation["up"];

/** None yet. */
export const NO_FRAMES: FrameBytes = { frames: 0, bytes: 0 };

/** One more frame, by its text. */
export function withFrame({ frames, bytes }: FrameBytes, text: string): FrameBytes {
  return { frames: frames + 1, bytes: bytes + Buffer.byteLength(text) };
}
