import { describe, expect, test } from "vitest";
import { anatomies } from "../../reports/anatomy.ts";
import { historyLines } from "../../reports/history-lines.ts";
import { linearTicks, logTicks } from "../../reports/html/plot.ts";
import { chartedResult, takenApartResult } from "./charted-result.ts";
import { casesResult } from "./sample-cases.ts";
import { passedResult } from "./sample-result.ts";

test("cases at several numbers of messages are lines, by mode", () => {
  expect(historyLines(chartedResult)).toEqual([
    {
      title: "insert",
      lines: [
        {
          mode: "stream",
          at: 0,
          points: [
            { shown: 10, bytes: 540 },
            { shown: 100, bytes: 540 },
            { shown: 1000, bytes: 540 },
          ],
        },
        {
          mode: "stateful",
          at: 1,
          points: [
            { shown: 10, bytes: 50 },
            { shown: 100, bytes: 500 },
            { shown: 1000, bytes: 5000 },
          ],
        },
      ],
    },
  ]);
  expect([passedResult, casesResult].map(historyLines)).toEqual([[], []]);
});

test("an anatomy is told by part, the largest first, in each mode that has one", () => {
  expect(anatomies(chartedResult)).toEqual([]);
  const [insert, ...others] = anatomies(takenApartResult);
  expect(others).toEqual([]);
  expect([insert?.title, insert?.isCase]).toEqual(["insert, 10 shown", true]);
  expect(
    insert?.modes.map(({ mode, parts }) => [mode, ...parts.map(({ part, bytes }) => `${part} ${bytes}`)]),
  ).toEqual([
    ["stream", "envelope 510", "dynamics 20", "statics 10"],
    // What is equal goes by its name.
    ["stateful", "dynamics 20", "envelope 20", "statics 10"],
  ]);
});

describe("ticks", () => {
  test.each([
    [0, 100, [0, 20, 40, 60, 80, 100]],
    [41.7, 43.6, [41.5, 42, 42.5, 43, 43.5, 44]],
    [7, 7, [6, 8]],
  ])("of %f to %f are round", (least, most, ticks) => {
    expect(linearTicks(least, most, 5)).toEqual(ticks);
  });

  test.each([
    [105, 540, [100, 200, 500, 1000]],
    [71, 3474, [10, 30, 100, 300, 1000, 3000, 10_000].slice(1)],
    [71, 240_000, [10, 100, 1000, 10_000, 100_000, 1_000_000]],
    [100, 100, [100]],
  ])("of %i to %i on a logarithmic axis are round too", (least, most, ticks) => {
    expect(logTicks(least, most)).toEqual(ticks);
  });
});
