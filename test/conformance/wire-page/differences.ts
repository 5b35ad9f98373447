import { isDeepStrictEqual } from "node:util";
import type { StepFrames } from "./wire-session.ts";

const FIELDS = ["join_ref", "ref", "topic", "event", "payload"] as const;

/**
 * The fields of a frame that cannot be equal to the recorded ones, and why. Their length is compared all the same. (Refs
 * are the recorder's own, sent again; tokens are in pages and in what clients send, not in what a server sends.)
 */
const CANNOT_BE_EQUAL: { readonly [F in (typeof FIELDS)[number]]?: string } = {
  topic: "names the DOM id of the view's element, which is random",
};

function comparable(text: string): object {
  const frame = JSON.parse(text) as readonly unknown[];
  return Object.fromEntries(
    frame.map((value, index) => {
      const field = FIELDS[index];
      return field !== undefined && field in CANNOT_BE_EQUAL ? [field, null] : [field ?? index, value];
    }),
  );
}

/** How the frames of a step differ from the recorded ones: a sentence each; none where they are equal in all. */
export function differences({ step, sent, recorded }: StepFrames): readonly string[] {
  const found: string[] = [];
  if (sent.length !== recorded.length) {
    found.push(`${step}: ${sent.length} frames where ${recorded.length} were recorded`);
  }
  for (const [index, { data, bytes }] of recorded.entries()) {
    const text = sent[index];
    if (text === undefined) continue;
    const length = Buffer.byteLength(text);
    if (length !== bytes) found.push(`${step}: ${length} bytes where ${bytes} were recorded`);
    if (!isDeepStrictEqual(comparable(text), comparable(data))) {
      found.push(`${step}: ${text} where there was ${data}`);
    }
  }
  return found;
}
