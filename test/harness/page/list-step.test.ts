import { expect, test } from "vitest";
import { sampleOf } from "../../../harness/page/id-samples.ts";
import { itemsOf, type Row } from "../../../harness/page/item.ts";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { stepOfStream } from "../../../harness/page/list-step.ts";
import type { ListLocation } from "../../../harness/page/locate-list.ts";
import { applyStream } from "../../../harness/page/stream-rows.ts";

/** A row for a word: `a` is an item; `_a` an element that is none; `-a` a hidden one. Their id is `a`. */
function row(word: string): Row {
  const id = word.replace(/^[-_]/u, "");
  const item = word.startsWith("_") ? null : { id, text: "", fields: {} };
  return { id, hidden: word.startsWith("-"), source: null, item };
}

const LOCATION: ListLocation = {
  containerId: "list",
  update: "stream",
  path: [],
  before: [],
  behind: [],
  templates: [],
  watched: [],
};

const limits = [null, 0, 1, 2, 3, 9, -1, -2, -3, -9];
const lists = ["", "a", "a b", "a b c", "a a", "a x b", "_a b", "a b _c", "a -b", "-a b", "a b -c"];
const inserts = [
  { id: "x", at: -1, updateOnly: false },
  { id: "x", at: 0, updateOnly: false },
  { id: "x", at: -1, updateOnly: true },
  { id: "y", at: -1, updateOnly: false },
];

test.each(
  lists.flatMap((words) => [["x"], ["-x"], ["_x"], ["x", "z"], []].map((rendered) => ({ words, rendered }))),
)(
  "a step from '$words' that renders $rendered is what a stream's operations make of it",
  ({ words, rendered }) => {
    const reader = createListReader({ list: "#list", fields: {} });
    for (const limit of limits) {
      for (const insert of inserts) {
        for (const [deletes, reset] of [
          [[], false],
          [["a"], false],
          [[], true],
        ] as const) {
          const operations = { ref: "0", inserts: [{ ...insert, limit }], deletes, reset };
          const rows = words.split(" ").filter(Boolean).map(row);
          const added = rendered.map(row);
          const { rows: after, ...expected } = applyStream(rows, added, operations);
          const basis = { reader, components: new Map(), state: reader.states.of(rows) };
          const { state, change } = stepOfStream(basis, added, LOCATION, operations);
          expect(state.rows).toEqual(after);
          expect(state).toMatchObject({ items: itemsOf(after) });
          expect([null, change.after.map(({ id }) => sampleOf(id))]).toContainEqual(change.samples);
          expect(change).toMatchObject({ ...expected, before: basis.state.items, after: state.items, reset });
        }
      }
    }
  },
);
