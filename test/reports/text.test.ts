import { describe, expect, test } from "vitest";
import { parseRunResult, serializeRunResult } from "../../harness/core/run-result.ts";
import { REPORTS } from "../../reports/index.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { renderText } from "../../reports/text.ts";
import { voidResult } from "./sample-endings.ts";
import { passedResult } from "./sample-result.ts";
import { SAMPLE_RESULTS } from "./sample-results.ts";

// Golden files: `npx vitest run test/reports -u` writes them anew.
describe("the text of a run that", () => {
  test.each(SAMPLE_RESULTS)("%s", async (name, result) => {
    await expect(renderText(result)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test.each(SAMPLE_RESULTS)(
    "%s has lines of at most 100 characters, without control characters",
    (_, result) => {
      const text = renderText(result);
      expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
      expect(text.replaceAll("\n", "").match(/\p{Cc}/gu)).toBe(null);
    },
  );

  test.each(SAMPLE_RESULTS)("%s is the same from the saved result", (_, result) => {
    expect(renderText(parseRunResult(serializeRunResult(result), "result.json"))).toBe(renderText(result));
  });

  test.each(SAMPLE_RESULTS)("%s reads the same in colour", (_, result) => {
    const styled = renderText(result, ANSI);
    // An escape in a literal would be read as a mistake, so it is built.
    const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(styled.startsWith(`\u001b[1m${result.scenario} `)).toBe(true);
    expect(styled.replaceAll(sequence, "")).toBe(renderText(result));
  });
});

test.each([
  [undefined, 100],
  [0, 100],
  [200, 100],
  [80, 80],
  [60, 60],
])("on a terminal of %s columns the table and the words are at most %i wide", (columns, most) => {
  const lines = renderText(voidResult, PLAIN, columns).split("\n");
  const table = lines.filter((line) => line.startsWith("──"));
  const words = lines.filter((line) => line.includes(" cannot ") || line.startsWith(" ".repeat(12)));
  const widest = Math.max(...[...table, ...words].map((line) => line.length));
  expect(widest).toBeLessThanOrEqual(most);
  expect(widest).toBeGreaterThan(most - 20);
});

test("on a terminal of 10 columns lines are as on one of 60", () => {
  expect(renderText(voidResult, PLAIN, 10)).toBe(renderText(voidResult, PLAIN, 60));
});

test("five modes stand side by side on 100 columns, by the mean of their sizes", () => {
  const text = renderText(voidResult);
  expect(text.split("\n").filter((line) => line.startsWith("──"))).toHaveLength(1);
  expect(text).toContain("Bytes that one viewer receives: mean\n");
});

test("the registry renders by name", () => {
  expect(Object.keys(REPORTS)).toEqual([
    "html",
    "text",
    "why",
    "json",
    "markdown",
    "junit",
    "github",
    "csv",
    "benchmark",
  ]);
  expect(REPORTS.text.render(passedResult)).toBe(renderText(passedResult));
});
