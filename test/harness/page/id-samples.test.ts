import fc from "fast-check";
import { expect, test } from "vitest";
import { countId, sampleOf } from "../../../harness/page/id-samples.ts";

/** Few letters, so that ids come twice; the first ones are in no sample, so that different ids have the same one. */
const id = fc
  .tuple(fc.constantFrom("", "a", "b"), fc.constantFrom("xxxxxx", "xxxxxy", "x", ""))
  .map((parts) => parts.join(""));

test("an id is counted by its sample as it is without", () => {
  fc.assert(
    fc.property(fc.array(id), id, (ids, wanted) => {
      const list = ids.map((one) => ({ id: one }));
      const count = ids.filter((one) => one === wanted).length;
      expect([countId(list, wanted, ids.map(sampleOf)), countId(list, wanted, null)]).toEqual([count, count]);
    }),
  );
});

test("ids that differ in what no sample has are told apart", () => {
  expect(sampleOf("axxxxxx")).toBe(sampleOf("bxxxxxx"));
  const list = [{ id: "axxxxxx" }, { id: "bxxxxxx" }];
  expect(
    countId(
      list,
      "axxxxxx",
      list.map(({ id: one }) => sampleOf(one)),
    ),
  ).toBe(1);
});
