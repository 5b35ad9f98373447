import { describe, expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import type { RunOptions } from "../../../harness/core/run-options.ts";
import { parseThreshold } from "../../../harness/core/threshold.ts";
import { micros } from "../../../harness/core/units.ts";
import { planRun } from "../../../harness/run/plan.ts";
import { smallScenario } from "../crowd/small-scenario.ts";

const nothing: RunOptions = { thresholds: [], outDir: "/results", json: false, quiet: false };

const planned = (options: Partial<RunOptions>) => planRun(smallScenario, { ...nothing, ...options });

test("without options a scenario is run as it is, on servers of its own", () => {
  const { scenario, target } = planned({});
  expect(scenario).toEqual(smallScenario);
  expect(target).toBe(null);
});

describe("the command line overrides", () => {
  test.each<[string, Partial<RunOptions>, object]>([
    ["the Chromes, with none as well", { browsers: 0 }, { browsers: 0 }],
    ["the modes and their order", { modes: ["stateful", "stream"] }, { modes: ["stateful", "stream"] }],
    ["the seed, with 0 as well", { seed: 0 }, { seed: 0 }],
    [
      "the rate of each step that has one",
      { ratePerSec: 2.5 },
      {
        steps: [
          { kind: "insert", ratePerSec: 2.5, durationMs: 300 },
          { kind: "scrollback", pages: 2 },
        ],
      },
    ],
    [
      "the duration of each step that has one, in whole milliseconds, of which there is at least one",
      { durationUs: micros(200) },
      {
        steps: [
          { kind: "insert", ratePerSec: 10, durationMs: 1 },
          { kind: "scrollback", pages: 2 },
        ],
      },
    ],
  ])("%s", (_, options, changed) => {
    expect(planned(options).scenario).toEqual({ ...smallScenario, ...changed });
  });
});

test.each([
  [10, 3],
  [20, 6],
  [9, 2],
  [3, 0],
  [1, 0],
])("of %i users the share of the scenario, %i, is in the other room", (users, usersInOther) => {
  const { scenario } = planned({ users });
  expect(scenario).toEqual({ ...smallScenario, users, rooms: { ...smallScenario.rooms, usersInOther } });
});

test("an override that makes no scenario is refused as a scenario is", () => {
  expect(() => planned({ users: 0 })).toThrow(
    new UsageError('scenario "small" has a problem: users: Too small: expected number to be >0', {
      code: "invalid-scenario",
    }),
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
  const ours = { config: null, sessions: null, choosesModes: false };

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
      planRun(smallScenario, { ...nothing, ...options }, config).target;
    expect(target({ modes: ["stream"] })).toEqual({
      origin: "http://chat.test",
      config,
      database: "/srv/chat.db",
      sessions: null,
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
  ])("%s", (_, options, code, message) => {
    expect(() => planned(options)).toThrow(new UsageError(message, { code }));
  });
});
