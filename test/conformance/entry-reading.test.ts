import { describe, expect, it } from "vitest";
import { EntryReader } from "../../harness/page/entry-reader.ts";
import { type FieldQueries, readByParsing } from "../../harness/page/item-reading.ts";
import { readByShape, shapeOf } from "../../harness/page/item-shape.ts";
import { probedQuery } from "../../harness/page/probe.ts";
import { FrameDecoder } from "../../harness/protocol/frame-decoder.ts";
import { firstTree, merge } from "../../harness/protocol/merge.ts";
import type { Slot } from "../../harness/protocol/rendered.ts";
import { entryToHtml, type HeldEntry } from "../../harness/protocol/to-html.ts";
import { EVENT } from "../../harness/protocol/wire-keys.ts";
import { RECORDED_LIST } from "./recorded-user.ts";
import { payloadsOf } from "./recording.ts";

const QUERIES: FieldQueries = Object.entries(RECORDED_LIST.fields).map(
  ([name, selector]) => [name, probedQuery(selector)] as const,
);

/** The entries with statics of their own, wherever they are in a slot. */
function entriesIn(slot: Slot): readonly HeldEntry[] {
  if (typeof slot !== "object") return [];
  if (slot.kind === "rendered") return slot.slots.flatMap(entriesIn);
  return slot.entries.flatMap((entry) => [
    { statics: slot.statics, entry },
    ...entry.slots.flatMap(entriesIn),
  ]);
}

/** Every entry that a recording has rendered, as often as a frame left it on the page. */
function entriesOf(name: string): readonly HeldEntry[] {
  const decoder = new FrameDecoder();
  const diffs = payloadsOf(name).map((payload) => {
    const frame = decoder.decode(`["1",null,"lv:a","${EVENT.diff}",${payload}]`);
    if (frame.kind !== "diff") throw new Error("is no diff");
    return frame.diff;
  });
  const [join, ...others] = diffs;
  if (join === undefined) throw new Error(`${name} has no frames`);
  let { tree } = firstTree(join);
  const entries = [...entriesIn(tree.root)];
  for (const diff of others) {
    tree = merge(tree, diff).tree;
    entries.push(...entriesIn(tree.root));
  }
  return entries;
}

const isMessage = ({ statics, entry }: HeldEntry) =>
  entryToHtml(statics, entry, { components: new Map() }).includes('class="message"');

describe("an entry of a recording is read as its parsed HTML is", () => {
  it.each(["stream", "limited", "stateful", "keyed", "full", "append"])("%s", (name) => {
    const reader = new EntryReader(QUERIES);
    const messages = entriesOf(name).filter(isMessage);
    for (const { statics, entry } of messages) {
      const html = entryToHtml(statics, entry, { components: new Map() });
      expect(reader.read(statics, entry)).toEqual(readByParsing(html, QUERIES));
    }
  });

  it.each(["stream", "limited", "stateful", "keyed", "full", "append"])(
    "%s: two shapes are all that its messages have, edited and not",
    (name) => {
      const shapes: NonNullable<ReturnType<typeof shapeOf>>[] = [];
      for (const { statics, entry } of entriesOf(name).filter(isMessage)) {
        if (shapes.some((shape) => readByShape(shape, entry.slots) !== null)) continue;
        const shape = shapeOf(statics, entry, QUERIES);
        if (shape === null) throw new Error("a message has no shape");
        shapes.push(shape);
      }
      expect(shapes.map(({ fields }) => fields.map(([field]) => field))).toEqual([
        ["sender", "content", "time"],
        ["sender", "content", "edited", "time"],
      ]);
    },
  );
});
