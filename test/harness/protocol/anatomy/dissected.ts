import type { FramePart } from "../../../../harness/core/anatomy.ts";
import { dissect } from "../../../../harness/protocol/anatomy/dissect.ts";
import { KnownTemplates } from "../../../../harness/protocol/anatomy/known-templates.ts";
import { FrameDecoder } from "../../../../harness/protocol/frame-decoder.ts";
import { firstTree, merge } from "../../../../harness/protocol/merge.ts";
import type { Tree } from "../../../../harness/protocol/rendered.ts";

/** Takes the frames of one view apart, in their order, as its page is brought up to date. */
export class DissectedView {
  readonly #decoder = new FrameDecoder();
  readonly #known = new KnownTemplates();
  #tree: Tree | null = null;

  take(text: string): FramePart[] {
    const frame = this.#decoder.decode(text);
    const before = this.#tree;
    const diff = frame.kind === "diff" ? frame.diff : frame.kind === "reply" ? frame.reply.diff : null;
    if (frame.kind === "reply" && frame.reply.rendered !== null)
      this.#tree = firstTree(frame.reply.rendered).tree;
    else if (diff !== null && before !== null) this.#tree = merge(before, diff).tree;
    return dissect(text, { before, after: this.#tree }, this.#known);
  }
}

/** The answer to a join that renders this. */
export const joinOf = (rendered: object | string): string =>
  `["4","4","lv:phx-a","phx_reply",{"status":"ok","response":{"rendered":${jsonOf(rendered)}}}]`;

/** A push of this diff. */
export const pushOf = (diff: object | string): string => `["4",null,"lv:phx-a","diff",${jsonOf(diff)}]`;

const jsonOf = (value: object | string): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** `part slot`: bytes, and of what the page had already how many. Punctuation is what is left of a frame's length. */
export function bytesBySlot(parts: readonly FramePart[]): Record<string, string | number> {
  return Object.fromEntries(
    parts
      .filter(({ part, bytes }) => part !== "punctuation" && bytes > 0)
      .map(({ part, slot, bytes, again }) => [
        slot === undefined ? part : `${part} ${slot}`,
        again === undefined ? bytes : `${bytes}, ${again} again`,
      ]),
  );
}

/** The bytes of all parts. */
export const sumOf = (parts: readonly FramePart[]): number =>
  parts.reduce((sum, { bytes }) => sum + bytes, 0);
