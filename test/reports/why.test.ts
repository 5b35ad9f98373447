import { describe, expect, test } from "vitest";
import { parseRunResult, serializeRunResult } from "../../harness/core/run-result.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { renderWhy } from "../../reports/why.ts";
import { dissectedMetrics, dissectedResult, streamInsert } from "./sample-anatomy.ts";
import { passedResult } from "./sample-result.ts";

// Golden files: `npx vitest run test/reports -u` writes them anew.
describe("where the bytes of a run went", () => {
  test("is told for each mode and operation, as a tree of slots, with what that suggests", async () => {
    await expect(renderWhy(dissectedResult)).toMatchFileSnapshot("golden/why.txt");
  });

  test.each([undefined, 200, 80, 60])(
    "fits a terminal of %s columns, without control characters",
    (columns) => {
      const text = renderWhy(dissectedResult, PLAIN, columns);
      const most = Math.min(columns ?? 100, 100);
      const lines = text.split("\n");
      // A heading is one line, whatever it says.
      expect(lines.filter((line) => line.length > most && !line.includes(" bytes · "))).toEqual([]);
      expect(text.replaceAll("\n", "").match(/\p{Cc}/gu)).toBe(null);
    },
  );

  test("is the same from the saved result, and in colour", () => {
    const saved = parseRunResult(serializeRunResult(dissectedResult), "result.json");
    expect(renderWhy(saved)).toBe(renderWhy(dissectedResult));
    const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(renderWhy(dissectedResult, ANSI).replaceAll(sequence, "")).toBe(renderWhy(dissectedResult));
  });

  test("is said to be unknown where no frame was taken apart", () => {
    expect(renderWhy(passedResult)).toBe("Where the bytes went\n\nNo frame of this run was taken apart.\n");
  });

  test("is told without deflated sizes where these are of other frames", () => {
    const [payload, ...deflated] = dissectedMetrics("stream", "insert", streamInsert, [333, 63]);
    const others = deflated.map((metric) => ({ ...metric, values: { ...metric.values, count: 3 } }));
    const metrics = [payload, ...others] as typeof dissectedResult.metrics;
    const text = renderWhy({ ...dissectedResult, metrics });
    expect(text).toContain("stream · insert: 474 bytes · mean of 2 frames\n");
  });
});
