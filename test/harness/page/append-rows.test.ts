import { expect, it } from "vitest";
import { joinAppended } from "../../../harness/page/append-rows.ts";
import type { Row } from "../../../harness/page/item.ts";

const words = (text: string): readonly string[] => text.split(" ").filter(Boolean);
const row = (id: string): Row => ({ id, hidden: false, source: null, item: { id, text: "", fields: {} } });

it.each<[string, before: string, rendered: string, "append" | "prepend", after: string]>([
  ["nothing was there", "", "a b", "append", "a b"],
  ["new ones are behind known ones", "a b", "a b c", "append", "a b c"],
  ["a new one rendered in front comes behind", "a b", "c a b", "append", "a b c"],
  ["known ones keep their order", "a b", "c b d a", "append", "a b c d"],
  ["one whose former neighbour is gone stays where it is rendered", "a b", "x b", "append", "x b"],
  ["what is behind that one keeps behind it", "a b c", "c x b", "append", "x b c"],
  ["what is not rendered is gone", "a b c", "b", "append", "b"],
  ["new ones come in front where it prepends", "a b", "b c a d", "prepend", "c d a b"],
])("after a join: %s", (_, before, rendered, end, after) => {
  const rows = joinAppended(words(before), words(rendered).map(row), end);
  expect(rows.map(({ id }) => id)).toEqual(words(after));
});
