import { expect, test } from "vitest";
import { holm } from "../../../harness/gate/holm.ts";

test("p values are adjusted in the order of their size, and given in that of their coming", () => {
  // As p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") of R: 0.03, 0.06, 0.06, 0.02.
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  expect(adjusted.map((p) => Number(p.toFixed(12)))).toEqual([0.03, 0.06, 0.06, 0.02]);
});

test("none passes 1, and a single one stays as it is", () => {
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expect(holm([0.04])).toEqual([0.04]);
  expect(holm([])).toEqual([]);
});
