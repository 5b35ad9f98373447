import type { ToldFrame } from "../core/checks.ts";
import type { FrameReport } from "../user/frame-report.ts";

/** The longest text that is told of a frame, in characters. */
const TOLD = 240;

/** A time as it is told. @param us microseconds since the Unix epoch */
export const instantOf = (us: number): string => new Date(us / 1000).toISOString();

/** A text, or where it is long the part of it around the first place where another one stands. */
export function textAround(text: string, sought: string): string {
  if (text.length <= TOLD) return text;
  const at = Math.max(0, text.indexOf(sought));
  const from = Math.max(0, Math.min(at - TOLD / 4, text.length - TOLD));
  const to = from + TOLD;
  return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}

/** A frame that was just received, around the item that is wrong with it. */
export function toldFrame({ receivedAt, event, operation, text }: FrameReport, itemId: string): ToldFrame {
  return { receivedAt: instantOf(receivedAt), event, operation, text: textAround(text, itemId) };
}
