import { describe, expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import type { RunOptions } from "../../../harness/core/run-options.ts";
import type { ScenarioDefinition } from "../../../harness/core/scenario.ts";
import { parseThreshold } from "../../../harness/core/threshold.ts";
import { planRun } from "../../../harness/run/plan.ts";
import { smallDefinition, smallScenario } from "../crowd/small-scenario.ts";

const nothing: RunOptions = {
  values: {},
  thresholds: [],
  outDir: "/results",
  why: false,
  json: false,
  quiet: false,
};

const planned = (options: Partial<RunOptions>) => planRun(smallDefinition, { ...nothing, ...options });

test("without options a scenario is run as it is, on servers of its own", () => {
  const { scenario, target } = planned({});
  expect(scenario).toEqual(smallScenario);
  expect(target).toBe(null);
});

describe("the command line overrides", () => {
  test.each<[string, Partial<RunOptions>, object]>([
    ["a parameter, with 0 as well", { values: { browsers: 0 } }, { browsers: 0 }],
    ["the modes and their order", { modes: ["stateful", "stream"] }, { modes: ["stateful", "stream"] }],
    ["the seed, with 0 as well", { seed: 0 }, { seed: 0 }],
    [
      "several parameters at once",
      { values: { rate: 2.5, duration: 1 } },
      {
        steps: [
          { kind: "insert", ratePerSec: 2.5, durationMs: 1 },
          { kind: "scrollback", pages: 2 },
        ],
      },
    ],
  ])("%s", (_, options, changed) => {
    expect(planned(options).scenario).toEqual({ ...smallScenario, ...changed });
  });
});

test("the modes of a plan are those that are run", () => {
  expect(planned({}).modes).toEqual(["stream", "stateful"]);
  expect(planned({ modes: ["keyed"] }).modes).toEqual(["keyed"]);
});

test("a scenario's own thresholds come first, then those of the config, then those of the command line", () => {
  const metric = "delivery.lost";
  const config = {
    url: "http://127.0.0.1:4000",
    thresholds: { [metric]: [{ threshold: "value<2", level: "error" as const, abortOnFail: true as const }] },
  };
  const given = parseThreshold(metric, "value<3", "error", "--threshold");
  const { thresholds } = planRun(smallDefinition, { ...nothing, thresholds: [given] }, config);
  const own = thresholds.slice(0, -2);
  expect(own.map(({ metric: name }) => name)).toEqual(Object.keys(smallScenario.thresholds));
  expect(thresholds.slice(-2)).toMatchObject([
    { metric, expression: "value<2", abortOnFail: true },
    { metric, expression: "value<3" },
  ]);
});

test("so many processes act as users as are asked for, and one where actions are ordered", () => {
  expect(planned({ workers: 7 }).workers).toBe(7);
  const ordered: ScenarioDefinition = {
    ...smallDefinition,
    plan: (values, common) => ({ ...smallDefinition.plan(values, common), ordered: true }),
  };
  expect(planRun(ordered, { ...nothing, workers: 7 }).workers).toBe(1);
});

test("an override that the parameters do not allow is refused", () => {
  expect(() => planned({ values: { users: 0 } })).toThrow(
    new UsageError("--users must be a whole number from 1 to 1,000 users, not 0", {
      code: "invalid-parameter",
    }),
  );
});

test("an override that makes no scenario is refused as a scenario is", () => {
  expect(() => planned({ modes: ["stream", "stream"] })).toThrow(
    new UsageError('scenario "small" has a problem: modes: each mode once', { code: "invalid-scenario" }),
  );
});

test("the scenario's thresholds come first, then those of the command line", () => {
  const given = parseThreshold("payload.insert.bytes", "max<=420", "error", "--threshold");
  const { thresholds } = planned({ thresholds: [given] });
  expect(thresholds.map(({ metric, expression, level }) => [metric, expression, level])).toEqual([
    ["dom.mismatches", "value==0", "error"],
    ["payload.insert.bytes", "max<=420", "error"],
  ]);
});

describe("a target", () => {
  const ours = { config: null, sessions: null, serverPid: null, choosesModes: false };

  test("is our own chat where it is told by its origin alone", () => {
    expect(planned({ target: "http://chat.test:4000/", database: "/srv/chat.db" }).target).toEqual({
      ...ours,
      origin: "http://chat.test:4000",
      database: "/srv/chat.db",
    });
  });

  test("needs no database", () => {
    expect(planned({ target: "http://chat.test/" }).target).toEqual({
      ...ours,
      origin: "http://chat.test",
      database: null,
    });
  });

  test("is an application of others where it is told by the page of a room", () => {
    expect(planned({ target: "http://chat.test/rooms/1?plain" }).target?.config).toEqual({
      rooms: { path: "/rooms/1?plain" },
    });
  });

  test("is told by its configuration, which the command line overrides", () => {
    const config = { url: "http://chat.test/", rooms: { path: "/{room}" }, database: "/srv/chat.db" };
    const target = (options: Partial<RunOptions>) =>
      planRun(smallDefinition, { ...nothing, ...options }, config).target;
    expect(target({ modes: ["stream"] })).toEqual({
      origin: "http://chat.test",
      config,
      database: "/srv/chat.db",
      sessions: null,
      serverPid: null,
      choosesModes: true,
    });
    expect(target({ target: "http://other.test/1", database: "/srv/other.db" })).toMatchObject({
      origin: "http://other.test",
      config: { rooms: { path: "/{room}" } },
      database: "/srv/other.db",
    });
  });

  test("keeps its sessions where it is told to", () => {
    const given = { target: "http://chat.test/", database: "/srv/chat.db", sessions: "/srv/sessions.json" };
    expect(planned(given).target?.sessions).toBe("/srv/sessions.json");
  });

  test.each<[string, Partial<RunOptions>, string, string]>([
    [
      "is needed where a database is given",
      { database: "/srv/chat.db" },
      "no-target",
      "--database is the database of a target: say which one by --target",
    ],
    [
      "is needed where sessions are kept",
      { sessions: "/srv/sessions.json" },
      "no-target",
      "--sessions keeps the log-ins of a target: say which one by --target",
    ],
    [
      "is needed where it may be another machine",
      { allowRemote: true },
      "no-target",
      "--allow-remote is for the machine of a target: say which one by --target",
    ],
    [
      "is needed where it may be loaded so much",
      { allowRemote: true, allowRemoteRatePerSec: 5 },
      "no-target",
      "--allow-remote-rate is for the machine of a target: say which one by --target",
    ],
  ])("%s", (_, options, code, message) => {
    expect(() => planned(options)).toThrow(new UsageError(message, { code }));
  });
});
