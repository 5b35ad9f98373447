import { expect, test } from "vitest";
import type { Step } from "../../../harness/core/step.ts";
import type { Usage } from "../../../harness/crowd/generator-calls.ts";
import { StepCosts } from "../../../harness/run/step-costs.ts";

const inserts: Step = { kind: "insert", ratePerSec: 10, durationMs: 1000 };
const history: Step = { kind: "scrollback", pages: 2 };

interface Moment {
  readonly pid: number | null;
  readonly us: number | null;
  /** Of each process that acts as users. Default: one that takes nothing. */
  readonly usage?: readonly Usage[];
}

/** A server and the harness beside it, as they are at the moments at which they are read. */
function costsAt(...moments: readonly Moment[]) {
  const left = [...moments];
  const stage = {
    get serverPid() {
      return left[0]?.pid ?? null;
    },
  };
  const readCpu = async () => left[0]?.us ?? null;
  const usage = async () => left.shift()?.usage ?? [{ cpuUs: 0, receivedBytes: 0 }];
  return new StepCosts({ stage, readCpu, usage });
}

const value = (name: string, of: number, unit = "us") => ({
  name,
  mode: "stream",
  unit,
  kind: "gauge",
  values: { value: of },
});

const taken = (...usage: readonly (readonly [cpuUs: number, receivedBytes: number])[]): Usage[] =>
  usage.map(([cpuUs, receivedBytes]) => ({ cpuUs, receivedBytes }));

test("what steps of one kind took is divided by what was done in them, and what lies between is left out", async () => {
  const costs = costsAt(
    { pid: 1, us: 100_000, usage: taken([50, 7], [60, 8]) },
    { pid: 1, us: 130_000, usage: taken([90, 1007], [160, 508]) },
    { pid: 1, us: 500_000, usage: taken([300, 1100], [400, 600]) },
    { pid: 1, us: 620_000, usage: taken([900, 1160], [700, 600]) },
    { pid: 1, us: 700_000, usage: taken([1000, 3000], [1000, 3000]) },
    { pid: 1, us: 725_001, usage: taken([1010, 3500], [1000, 4000]) },
  );
  for (const [step, done] of [
    [inserts, 10],
    [history, 30],
    [inserts, 15],
  ] as const) {
    await costs.begin();
    await costs.end(step, done);
  }
  expect(costs.metrics("stream")).toEqual([
    value("cpu.server.insert", 2200),
    value("cpu.harness.insert", 6),
    value("wire.received.per_insert", 120, "bytes"),
    value("cpu.server.prepend", 2000),
    value("cpu.harness.prepend", 15),
    value("wire.received.per_prepend", 1, "bytes"),
  ]);
});

const HARNESS = [value("cpu.harness.insert", 3), value("wire.received.per_insert", 20, "bytes")];

test.each([
  ["whose process is not known", { pid: null, us: null }, { pid: null, us: null }],
  ["whose process cannot be read", { pid: 1, us: null }, { pid: 1, us: 5 }],
  ["that ended in the step", { pid: 1, us: 5 }, { pid: 1, us: null }],
  ["that is another process by then", { pid: 1, us: 5 }, { pid: 2, us: 9 }],
] as const)("of a server %s there is no figure, but of the harness", async (_, begun, ended) => {
  const costs = costsAt({ ...begun, usage: taken([10, 100]) }, { ...ended, usage: taken([40, 300]) });
  await costs.begin();
  await costs.end(inserts, 10);
  expect(costs.metrics("stream")).toEqual(HARNESS);
});

test("a step in which the server was restarted is left out of its figure alone", async () => {
  const costs = costsAt(
    { pid: 1, us: 5, usage: taken([0, 0]) },
    { pid: 2, us: 9, usage: taken([20, 100]) },
    { pid: 2, us: 100, usage: taken([20, 100]) },
    { pid: 2, us: 200, usage: taken([60, 400]) },
  );
  for (const done of [10, 10]) {
    await costs.begin();
    await costs.end(inserts, done);
  }
  expect(costs.metrics("stream")).toEqual([value("cpu.server.insert", 10), ...HARNESS]);
});

test.each([
  ["nothing was done", inserts, 0],
  ["everybody left", { kind: "leave", parts: 2 }, 10],
] as const)("of a step in which %s there is no figure", async (_, step, done) => {
  const costs = costsAt({ pid: 1, us: 5 }, { pid: 1, us: 9 });
  await costs.begin();
  await costs.end(step, done);
  expect(costs.metrics("stream")).toEqual([]);
});

test("of a step in which a process of the harness died there is no figure", async () => {
  const costs = costsAt(
    { pid: 1, us: 5, usage: taken([10, 100], [10, 100]) },
    { pid: 1, us: 9, usage: taken([40, 300]) },
  );
  await costs.begin();
  await costs.end(inserts, 10);
  expect(costs.metrics("stream")).toEqual([]);
});
