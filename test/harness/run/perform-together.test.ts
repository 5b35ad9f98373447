import http from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Scenario } from "../../../harness/core/scenario.ts";
import type { Step } from "../../../harness/core/step.ts";
import { micros } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import type { ChromeViewer } from "../../../harness/run/chrome-viewer.ts";
import { CrowdWatch } from "../../../harness/run/crowd-watch.ts";
import { joinInParts } from "../../../harness/run/join-in-parts.ts";
import { performTogether, startsOf, type TogetherOptions } from "../../../harness/run/perform-together.ts";
import { SILENT } from "../../../harness/run/progress.ts";
import { RunRecord } from "../../../harness/run/run-record.ts";
import type { Stage } from "../../../harness/run/stage.ts";
import { smallScenario } from "../crowd/small-scenario.ts";
import { type Answers, fakeGenerators } from "./fake-generators.ts";

const withUsers = (users: number): Scenario => ({
  ...smallScenario,
  rooms: { messagesEach: 40, members: [users] },
});

interface Given {
  readonly users?: number;
  readonly answers?: Answers;
  readonly stage?: Partial<Stage>;
  readonly chromes?: readonly ChromeViewer[];
  readonly signal?: AbortSignal;
}

/** What two processes perform a step with, and what they are asked. */
function together({ users = 20, answers = {}, stage = {}, chromes = [], signal }: Given = {}) {
  const { generators, asked } = fakeGenerators(2, answers);
  const scenario = withUsers(users);
  const recorder = new RunRecorder();
  const watch = new CrowdWatch({
    mode: "stream",
    progress: SILENT,
    record: new RunRecord(2),
    users,
    generators,
  });
  const options: TogetherOptions = {
    scenario,
    mode: "stream",
    stage: { origin: "http://chat.test", memory: null, ...stage } as Stage,
    generators,
    sessions: null,
    progress: SILENT,
    clock: () => micros(7_000_000),
    sleep: async () => {},
    signal: signal ?? new AbortController().signal,
    watch,
    recorder,
    chromes,
  };
  const perform = (step: Step) =>
    performTogether({ name: "1 step", step, beginUs: micros(8_000_000) }, options);
  return { options, asked, perform, recorder };
}

/** A server that answers all requests with this, and notes them. */
async function serverThat(answers: (asked: number) => { readonly status: number; readonly body: string }) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const { status, body } = answers(asked.push(`${request.method} ${request.url}`) - 1);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe("how many things are begun in a step", () => {
  const rate = { ratePerSec: 2.5, durationMs: 1000 };
  const constant = { kind: "constant-arrival-rate", ratePerSec: 4, durationMs: 1000 } as const;
  const load = (executor: Extract<Step, { kind: "load" }>["executor"]): Step => ({
    kind: "load",
    title: "load",
    executor,
    behaviours: { read: 1 },
  });
  test.each<[Step, number | null]>([
    [{ kind: "insert", ...rate }, 3],
    [{ kind: "update", ...rate }, 3],
    [{ kind: "delete", ...rate }, 3],
    [load(constant), 4],
    [load({ kind: "sessions", arrivals: constant, actions: { least: 1, most: 2 } }), 4],
    [
      load({
        kind: "ramping-arrival-rate",
        startRatePerSec: 0,
        stages: [{ durationMs: 4000, ratePerSec: 2 }],
      }),
      4,
    ],
    [load({ kind: "constant-users", users: 3, durationMs: 1000 }), null],
    [load({ kind: "ramping-users", startUsers: 3, stages: [{ durationMs: 1000, users: 1 }] }), null],
    [{ kind: "scrollback", pages: 2 }, 20],
    [{ kind: "reconnect", cause: "server", drafts: false, meanwhile: 0 }, 20],
    [{ kind: "leave", parts: 4 }, 20],
    [{ kind: "mount", connections: 2, durationMs: 1000 }, null],
  ])("%j is %s", (step, starts) => {
    expect(startsOf(step, withUsers(20))).toBe(starts);
  });
});

test.each<Step>([
  { kind: "insert", ratePerSec: 1, durationMs: 1000 },
  { kind: "update", ratePerSec: 1, durationMs: 1000 },
  { kind: "delete", ratePerSec: 1, durationMs: 1000 },
  {
    kind: "load",
    title: "load",
    executor: { kind: "constant-users", users: 1, durationMs: 1 },
    behaviours: { read: 1 },
  },
])("all processes perform their part of a step of kind $kind, begun at one time", async (step) => {
  const { asked, perform } = together();
  await perform(step);
  expect(asked).toEqual([`perform ${JSON.stringify({ name: "1 step", step, beginUs: 8_000_000 })}`]);
});

test("Chromes scroll back once the users have", async () => {
  const order: string[] = [];
  const chrome = (name: string) =>
    ({ loadPage: async (by: string) => void order.push(`${name} ${by}`) }) as ChromeViewer;
  const answers = { perform: (part: number) => void order.push(`process ${part}`) };
  const { perform } = together({ answers, chromes: [chrome("chrome-1"), chrome("chrome-2")] });
  await perform({ kind: "scrollback", pages: 2, by: "jumps" });
  const scrolled = ["chrome-1", "chrome-1", "chrome-2", "chrome-2"].map((name) => `${name} jumps`);
  expect(order).toEqual(["process 0", "process 1", ...scrolled]);
});

test("an abort ends the scrolling of Chromes", async () => {
  const abort = new AbortController();
  const loads: number[] = [];
  const chrome = {
    loadPage: async () => {
      loads.push(1);
      abort.abort(new Error("the server died"));
    },
  } as Partial<ChromeViewer> as ChromeViewer;
  const { perform } = together({ chromes: [chrome], signal: abort.signal });
  await expect(perform({ kind: "scrollback", pages: 3 })).rejects.toThrow("the server died");
  expect(loads).toEqual([1]);
});

describe("a reconnect", () => {
  const step = (cause: "server" | "network" | "crash") =>
    ({ kind: "reconnect", cause, drafts: true, meanwhile: 5 }) as const;
  const prepared = (cause: "server" | "network" | "crash") =>
    `prepareCut ${JSON.stringify({ name: "1 step", step: step(cause) })}`;
  const awaited = 'awaitRecovery {"cutUs":7000000,"messages":5}';

  test("is waited for before the network cuts off", async () => {
    const { asked, perform } = together();
    await perform(step("network"));
    expect(asked).toEqual([prepared("network"), awaited, "cut"]);
  });

  test("is waited for before the server is started again", async () => {
    const restarts: number[] = [];
    const { asked, perform } = together({
      stage: { restart: async () => void restarts.push(asked.length) },
    });
    await perform(step("server"));
    expect([asked, restarts]).toEqual([[prepared("server"), awaited], [2]]);
  });

  test("by a crash asks the server for it", async () => {
    const { asked, origin } = await serverThat(() => ({ status: 200, body: "{}" }));
    await together({ stage: { origin } }).perform(step("crash"));
    expect(asked).toEqual(["POST /debug/crash-views"]);
  });

  test("by a crash is refused by a server that cannot", async () => {
    const { origin } = await serverThat(() => ({ status: 404, body: "" }));
    await expect(together({ stage: { origin } }).perform(step("crash"))).rejects.toMatchObject({
      code: "cannot-crash",
      message: `${origin} answered 404 when its views were to crash: only the reference server can`,
    });
  });

  test("that cannot be brought about fails with that, and not with the wait for it", async () => {
    const waiting = Promise.withResolvers<never>();
    const { perform } = together({
      answers: { awaitRecovery: () => waiting.promise },
      stage: { restart: () => Promise.reject(new Error("not ours")) },
    });
    await expect(perform(step("server"))).rejects.toThrow("not ours");
    waiting.reject(new Error("too late"));
  });
});

/** A server is asked twice for a reading: again whether it holds less. */
const ASKED = 2;

/** Answers of a server that holds 1 MB and 10 KB a connection, which it is told to have, one after the other. */
const holding = (connectionsByReading: readonly number[]) => (asked: number) => {
  const connections = connectionsByReading[Math.floor(asked / ASKED)] ?? 0;
  return {
    status: 200,
    body: JSON.stringify({
      connections,
      heapUsedBytes: 1_000_000 + 10_000 * connections,
      externalBytes: 0,
    }),
  };
};

test("users leave in equal parts, and what one of them cost is read after each", async () => {
  const { origin, asked: readings } = await serverThat(holding([20, 15, 10, 5]));
  const { asked, perform, recorder } = together({ stage: { origin, memory: { kind: "report" } } });
  await perform({ kind: "leave", parts: 4 });
  expect(asked).toEqual(["leaveDownTo 15", "leaveDownTo 10", "leaveDownTo 5"]);
  expect(readings).toHaveLength(4 * ASKED);
  expect(recorder.metrics()).toMatchObject([
    {
      name: "memory.server.per_active_connection",
      values: { perUnit: 10_000, intercept: 1_000_000, count: 4 },
    },
  ]);
});

describe("users join in ten parts", () => {
  test("and the server's memory is read after each, but what it holds after the first two does not count", async () => {
    const parts = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20];
    // It has not given back yet what it needed to begin with: no line would go through that.
    const answers = holding([200, 100, ...parts.slice(2)]);
    const { origin, asked: readings } = await serverThat(answers);
    let held = 0;
    const memory = () => {
      held += 1000;
      return held;
    };
    const { options, asked } = together({
      answers: { memory },
      stage: { origin, memory: { kind: "report" } },
    });
    await joinInParts(options);
    expect(asked).toEqual(["memory", ...parts.map((until) => `join ${until}`), "memory"]);
    expect(readings).toHaveLength(10 * ASKED);
    expect(options.recorder.metrics()).toMatchObject([
      { name: "memory.server.per_connection", mode: "stream", values: { perUnit: 10_000, count: 8 } },
      // 7,000 bytes in both processes afterwards, 3,000 before.
      { name: "memory.user", mode: "stream", unit: "bytes", values: { value: 200 } },
    ]);
  });

  test("or in fewer, where they are few: nobody is asked twice, and all are there in the end", async () => {
    for (const [users, expected] of [
      [1, ["join 1"]],
      [3, ["join 1", "join 2", "join 3"]],
      [15, ["join 2", "join 4", "join 6", "join 8", "join 10", "join 12", "join 14", "join 15"]],
    ] as const) {
      const { options, asked } = together({ users, answers: { memory: () => 0 } });
      await joinInParts(options);
      expect(asked.filter((call) => call.startsWith("join"))).toEqual(expected);
    }
  });

  test("until the run is aborted", async () => {
    const abort = new AbortController();
    const join = () => abort.abort(new Error("the server died"));
    const { options, asked } = together({ answers: { memory: () => 0, join }, signal: abort.signal });
    await expect(joinInParts(options)).rejects.toThrow("the server died");
    expect(asked).toEqual(["memory", "join 2"]);
  });
});
