import { expect, test } from "vitest";
import { ANSI } from "../../reports/style.ts";
import { type Row, table, tableWidth } from "../../reports/table.ts";

const rows: Row[] = [
  { label: "A heading that is longer than labels are" },
  { label: "one", cells: [{ text: "1" }, { text: "22" }, { text: "333" }] },
  { label: "Next" },
  { label: "three", cells: [{ text: "1,000,000" }, { text: "—" }, { text: "7" }] },
];

test("labels stand to the left, figures to the right", () => {
  expect(table(["a", "b", "c"], rows, 100)).toEqual([
    "                  a          b          c",
    "─────────────────────────────────────────",
    "A heading that is longer than labels are",
    "  one             1         22        333",
    "",
    "Next",
    "  three   1,000,000          —          7",
  ]);
});

test("columns that do not fit go below, with the labels again", () => {
  expect(table(["a", "b", "c"], rows, 40)).toEqual([
    "                  a          b",
    "──────────────────────────────",
    "A heading that is longer than labels are",
    "  one             1         22",
    "",
    "Next",
    "  three   1,000,000          —",
    "",
    "                 c",
    "──────────────────",
    "A heading that is longer than labels are",
    "  one          333",
    "",
    "Next",
    "  three          7",
  ]);
});

test("a marked figure keeps its place", () => {
  expect(table(["a"], [{ label: "one", cells: [{ text: "12", style: "good" }] }], 100, ANSI).at(-1)).toBe(
    "  one         \u001b[32m12\u001b[39m",
  );
});

test("the width of a table is that of its line, if no column went below", () => {
  expect(tableWidth(["a", "b", "c"], rows)).toBe(table(["a", "b", "c"], rows, 100)[1]?.length);
  expect(tableWidth(["a"], rows)).toBe(19);
});
