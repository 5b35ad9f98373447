import { describe, expect, test } from "vitest";
import { parseThreshold } from "../../../harness/core/threshold.ts";

describe("a threshold in k6's syntax", () => {
  test.each([
    ["max<=420", { kind: "max" }, "<=", 420],
    ["p(99)<50", { kind: "percentile", percentile: 99 }, "<", 50],
    ["p(99.9) < 50.5", { kind: "percentile", percentile: 99.9 }, "<", 50.5],
    ["avg>1", { kind: "avg" }, ">", 1],
    ["min>=0", { kind: "min" }, ">=", 0],
    ["med!=3", { kind: "med" }, "!=", 3],
    ["count==7", { kind: "count" }, "==", 7],
    ["count===7", { kind: "count" }, "===", 7],
    ["rate>0.5", { kind: "rate" }, ">", 0.5],
    ["value<-1", { kind: "value" }, "<", -1],
  ])("%s is read", (expression, aggregate, operator, expected) => {
    expect(parseThreshold("a.b", expression, "error", "test")).toEqual({
      metric: "a.b",
      aggregate,
      operator,
      expected,
      level: "error",
      expression: expression.replaceAll(" ", ""),
    });
  });

  test("may hold for one mode", () => {
    expect(parseThreshold("payload.insert.bytes{mode:stream}", "max<=420", "warn", "test")).toMatchObject({
      metric: "payload.insert.bytes",
      mode: "stream",
      level: "warn",
    });
  });

  test.each([
    ["a.b", "p99<50"],
    ["a.b", "max<"],
    ["a.b", "420"],
    ["a.b", "max=>1"],
    ["a.b", "max<1 && min>0"],
    ["a.b", "p(101)<1"],
    ["a b!", "max<1"],
    ["a.b{step:1}", "max<1"],
  ])("%s: %s is refused with its place", (metric, expression) => {
    expect(() => parseThreshold(metric, expression, "error", "scenario small")).toThrow(
      `scenario small: threshold "${metric}: ${expression}": `,
    );
  });
});
