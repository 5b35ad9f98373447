import { expect, test } from "vitest";
import { readRunOptions } from "../../../harness/commands/run.ts";
import { MODES } from "../../../harness/core/modes.ts";
import { bench, quickstart, services } from "./recorded-process.ts";

test("what is not given is left to the scenario", () => {
  expect(readRunOptions({}, "/home/user", quickstart.parameters)).toEqual({
    values: {},
    thresholds: [],
    outDir: "/home/user/bench-results",
    why: false,
    json: false,
    quiet: false,
  });
});

test("a dashboard is on a free port, or on the one that stands behind it", () => {
  const port = async (...words: string[]) => {
    const seen: unknown[] = [];
    const given = services(async (_, { dashboardPort }) => {
      seen.push(dashboardPort);
      return 0;
    });
    await bench(["run", ...words], given);
    return seen;
  };
  return Promise.all([
    expect(port("quickstart", "--dashboard")).resolves.toEqual([0]),
    expect(port("--dashboard", "quickstart", "--json")).resolves.toEqual([0]),
    expect(port("quickstart", "--dashboard=4999")).resolves.toEqual([4999]),
    expect(port("quickstart")).resolves.toEqual([undefined]),
    expect(port("quickstart", "--dashboard=99999")).resolves.toEqual([]),
  ]);
});

test("every option reaches the runner, read and with its unit", async () => {
  const seen: unknown[] = [];
  const given = services(async (scenario, options) => {
    seen.push(scenario, options);
    return 98;
  });
  const argv =
    "run quickstart --users 50 --browsers 0 --duration 1m30s --rate 2.5 --mode stream --mode stateful --mode stream " +
    "--seed 7 --workers 3 --config target.json --allow-remote --allow-remote-rate 2.5 --target http://localhost:4000/rooms/1 " +
    "--database chat.db --sessions ../sessions.json --out ../results --why --json --quiet " +
    "--threshold latency.insert.frame{mode:stream}:p(99)<50";
  expect(await bench(argv.split(" "), given)).toEqual({ exitCode: 98, stdout: "", stderr: "" });
  expect(seen).toEqual([
    quickstart,
    {
      values: { users: 50, browsers: 0, duration: 90_000, rate: 2.5 },
      modes: ["stream", "stateful"],
      seed: 7,
      target: "http://localhost:4000/rooms/1",
      database: "/home/user/chat.db",
      config: "/home/user/target.json",
      allowRemote: true,
      allowRemoteRatePerSec: 2.5,
      sessions: "/home/sessions.json",
      workers: 3,
      thresholds: [
        {
          metric: "latency.insert.frame",
          mode: "stream",
          aggregate: { kind: "percentile", percentile: 99 },
          operator: "<",
          expected: 50,
          level: "error",
          expression: "p(99)<50",
        },
      ],
      outDir: "/home/results",
      why: true,
      json: true,
      quiet: true,
    },
  ]);
});

test("all modes are those that there are, and none of them twice", () => {
  expect(readRunOptions({ mode: ["stream", "all"] }, "/home/user", {}).modes).toEqual([
    "stream",
    ...MODES.filter((mode) => mode !== "stream"),
  ]);
});

test("a threshold may only warn, or end the run", () => {
  const { thresholds } = readRunOptions(
    {
      threshold: ["delivery.lost:value==0"],
      "threshold-warn": ["payload.insert.bytes:max<=420"],
      "threshold-abort": ["latency.insert.frame:p(99)<50"],
    },
    "/home/user",
    {},
  );
  expect(thresholds.map(({ metric, level, abortOnFail }) => [metric, level, abortOnFail])).toEqual([
    ["delivery.lost", "error", undefined],
    ["payload.insert.bytes", "warn", undefined],
    ["latency.insert.frame", "error", true],
  ]);
});

test("several modes can be asked for, in any order, each once", () => {
  const mode = ["stream", "append", "keyed", "stateful", "resend", "append"];
  expect(readRunOptions({ mode }, "/home/user", {}).modes).toEqual([
    "stream",
    "append",
    "keyed",
    "stateful",
    "resend",
  ]);
});

test("a database that is no file keeps its URL", () => {
  expect(readRunOptions({ database: "postgres://localhost/chat" }, "/home/user", {}).database).toBe(
    "postgres://localhost/chat",
  );
});
