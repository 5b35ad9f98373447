import { expect, test } from "vitest";
import { latencyOf, runOnStub } from "../truth/bench-on-stub.ts";
import { fromMs } from "../truth/expected-times.ts";

test("a page whose main thread is blocked for 200 ms at each insert shows that in the DOM, and not in the frame", async () => {
  const { result } = await runOnStub({
    manners: { blockMs: 200 },
    argv: ["--users", "2", "--browsers", "1", "--rate", "2", "--duration", "3s"],
  });
  expect(result.checks.failures).toEqual([]);
  expect(latencyOf(result, "latency.insert.dom")).toMatchObject({
    // 6 inserts in one Chrome.
    count: 6,
    min: fromMs(200),
    p50: fromMs(200),
  });
  // 6 inserts at 2 users.
  expect(latencyOf(result, "latency.insert.frame")).toMatchObject({ count: 12, p50: fromMs(0, 100) });
});
