import { expect, test } from "vitest";
import type { Step } from "../../../harness/core/step.ts";
import { ServerCpu } from "../../../harness/run/server-cpu.ts";

const inserts: Step = { kind: "insert", ratePerSec: 10, durationMs: 1000 };
const history: Step = { kind: "scrollback", pages: 2 };

/** A server whose process has taken these times, in microseconds, by the moments at which it is read. */
function server(...readings: readonly { readonly pid: number | null; readonly us: number | null }[]) {
  const left = [...readings];
  const stage = {
    get serverPid() {
      return left[0]?.pid ?? null;
    },
  };
  return new ServerCpu(stage, async () => left.shift()?.us ?? null);
}

const value = (name: string, us: number) => ({
  name,
  mode: "stream",
  unit: "us",
  kind: "gauge",
  values: { value: us },
});

test("what steps of one kind took is divided by what was done in them, and what lies between is left out", async () => {
  const cpu = server(
    { pid: 1, us: 100_000 },
    { pid: 1, us: 130_000 },
    { pid: 1, us: 500_000 },
    { pid: 1, us: 620_000 },
    { pid: 1, us: 700_000 },
    { pid: 1, us: 725_001 },
  );
  for (const [step, done] of [
    [inserts, 10],
    [history, 30],
    [inserts, 15],
  ] as const) {
    await cpu.begin();
    await cpu.end(step, done);
  }
  expect(cpu.metrics("stream")).toEqual([
    value("cpu.server.insert", 2200),
    value("cpu.server.prepend", 2000),
  ]);
});

test.each([
  [
    "whose process is not known",
    [
      { pid: null, us: null },
      { pid: null, us: null },
    ],
    inserts,
    10,
  ],
  [
    "whose process cannot be read",
    [
      { pid: 1, us: null },
      { pid: 1, us: 5 },
    ],
    inserts,
    10,
  ],
  [
    "that ended in the step",
    [
      { pid: 1, us: 5 },
      { pid: 1, us: null },
    ],
    inserts,
    10,
  ],
  [
    "that is another process by then",
    [
      { pid: 1, us: 5 },
      { pid: 2, us: 9 },
    ],
    inserts,
    10,
  ],
  [
    "for which nothing was done",
    [
      { pid: 1, us: 5 },
      { pid: 1, us: 9 },
    ],
    inserts,
    0,
  ],
  [
    "where everybody left",
    [
      { pid: 1, us: 5 },
      { pid: 1, us: 9 },
    ],
    { kind: "leave", parts: 2 },
    10,
  ],
] as const)("of a server %s there is no figure", async (_, readings, step, done) => {
  const cpu = server(...readings);
  await cpu.begin();
  await cpu.end(step, done);
  expect(cpu.metrics("stream")).toEqual([]);
});
