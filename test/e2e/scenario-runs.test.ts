import { expect, test } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import { runBench } from "./scenario-run.ts";

const exact = ({ metrics }: RunResult) => metrics.filter(({ kind }) => kind === "exact");

test("payload gives the same bytes twice, deflated too, each figure of one frame, and says nothing of times", async () => {
  const options = ["--history", "10,30"];
  const [first, second] = await Promise.all([
    runBench("payload", ...options),
    runBench("payload", ...options),
  ]);
  expect([first.verdict, second.verdict]).toEqual(["passed", "passed"]);
  expect(exact(second)).toEqual(exact(first));

  const names = exact(first).map(({ name }) => name);
  const kinds = ["", ".deflated", ".deflated_takeover"].map((kind) => `payload.insert.one_30${kind}.bytes`);
  expect(kinds.filter((name) => names.includes(name))).toEqual(kinds);
  const counts = first.metrics.flatMap((one) => (one.kind === "exact" && one.case ? [one.values.count] : []));
  expect(new Set(counts)).toEqual(new Set([1]));
  expect(first.metrics.filter(({ name }) => /^(latency|memory)\./.test(name))).toEqual([]);
});

test("reconnect-storm kills the server that it has started, and everybody is back with what he had begun", async () => {
  const { metrics, checks } = await runBench(
    ...(["reconnect-storm", "--users", "10", "--mode", "stream", "--cause", "server"] as const),
  );
  const value = (wanted: string) =>
    metrics.flatMap((one) => (one.name === wanted && one.kind === "counter" ? [one.values.value] : []));
  expect(checks.failed).toBe(0);
  expect([value("reconnect.expected"), value("reconnect.recovered")]).toEqual([[10], [10]]);
  expect([value("reconnect.missed"), value("drafts.kept"), value("drafts.recovered")]).toEqual([
    [0],
    [10],
    [10],
  ]);
});
