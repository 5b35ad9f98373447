import { expect, test } from "vitest";
import { sparkline } from "../../../reports/history/sparkline.ts";

test.each<[string, readonly (number | null)[], readonly number[], number, string]>([
  ["from the least to the most", [0, 1, 2, 3, 4, 5, 6, 7], [], 40, "▁▂▃▄▅▆▇█"],
  ["a constant", [5, 5, 5], [], 40, "▁▁▁"],
  ["with a stroke in front of a change", [1, 1, 9, 9], [2], 40, "▁▁│██"],
  ["with a space where there is none", [1, null, 9], [], 40, "▁ █"],
  ["neighbours together, where there are too many", [0, 2, 4, 6, 14, 14], [], 3, "▁▃█"],
  ["but not across a change", [0, 0, 0, 9, 9, 9], [3], 3, "▁▁│██"],
  ["a part without any value", [null, null, 1, 1], [], 2, " ▁"],
  ["nothing", [], [], 40, ""],
])("%s", (_, values, changedAt, width, line) => {
  expect(sparkline(values, changedAt, width)).toBe(line);
});
