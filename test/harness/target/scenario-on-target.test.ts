import { describe, expect, test } from "vitest";
import { validScenario } from "../../../harness/core/scenario.ts";
import type { Site } from "../../../harness/core/site.ts";
import type { TargetConfig } from "../../../harness/core/target-config.ts";
import { found, missing } from "../../../harness/target/finding.ts";
import { roomsOf, scenarioOnTarget } from "../../../harness/target/scenario-on-target.ts";
import { smallScenario } from "../crowd/small-scenario.ts";

const scenario = validScenario({
  ...smallScenario,
  steps: [
    { kind: "insert", ratePerSec: 10, durationMs: 300 },
    { kind: "update", ratePerSec: 10, durationMs: 300 },
    { kind: "delete", ratePerSec: 10, durationMs: 300 },
    { kind: "scrollback", pages: 2 },
  ],
  thresholds: {
    "dom.mismatches": ["value==0"],
    "payload.update.bytes": ["max<=900"],
    "payload.prepend.bytes": ["max<=900"],
    "delivery.lost": ["value==0"],
  },
});
const site: Site = { ...smallScenario.site, name: "Acme Chat", roomPath: "/rooms/{room}" };
const HISTORY = found("scrollback", "older", "certain", "");

/** The scenario on a target that has everything but what is given. */
function on({
  config = { rooms: { path: "/rooms/{room}", ids: [4, 9] }, serverPid: 4711 },
  findings = [HISTORY],
  hasDatabase = true,
  browsers = 1,
  choosesModes = false,
  ...parts
}: {
  readonly config?: TargetConfig;
  readonly findings?: Parameters<typeof scenarioOnTarget>[0]["seen"]["findings"];
  readonly hasDatabase?: boolean;
  readonly browsers?: number;
  readonly choosesModes?: boolean;
} & Partial<Site> = {}) {
  const seen = { findings, items: 25 };
  return scenarioOnTarget({
    config,
    scenario: { ...scenario, browsers },
    site: { ...site, ...parts },
    seen,
    choosesModes,
    hasDatabase,
  });
}

test("where it has everything, all is done, with its pages, its rooms, and as many messages as it shows", () => {
  expect(on()).toEqual({
    scenario: {
      ...scenario,
      site,
      rooms: { messagesEach: 40, members: [7, 3], ids: [4, 9] },
      pageSize: 25,
    },
    modes: ["target"],
    leftOut: [],
  });
});

test("what nothing was found for is left out, with the scenario's thresholds on it, and said", () => {
  const { scenario: left, leftOut } = on({ edit: null, delete: null, findings: [missing("scrollback", "")] });
  expect(left.steps.map(({ kind }) => kind)).toEqual(["insert"]);
  expect(Object.keys(left.thresholds)).toEqual(["dom.mismatches", "delivery.lost"]);
  expect(leftOut).toEqual([
    'the steps "update": nothing was found to change a message by (edit.button, edit.form, edit.field)',
    'the steps "delete": nothing was found to delete a message by (delete.button)',
    'the steps "scrollback": no element has phx-viewport-top, or the room is too short for it',
    "the scenario's own thresholds on what is left out",
  ]);
});

describe("without a database", () => {
  test("Chromes are still compared with users", () => {
    const { scenario: left, leftOut } = on({ hasDatabase: false });
    expect(Object.keys(left.thresholds)).toEqual(Object.keys(scenario.thresholds));
    expect(leftOut).toEqual(["the checks against what is stored: no database is named"]);
  });

  test("and without a Chrome no list is compared, and none is said to be right", () => {
    const { scenario: left, leftOut } = on({ hasDatabase: false, browsers: 0 });
    expect(Object.keys(left.thresholds)).not.toContain("dom.mismatches");
    expect(leftOut).toEqual([
      "the checks against what is stored: no database is named",
      "the scenario's own thresholds on what is left out",
    ]);
  });
});

test("without a process the server's memory is left out, with the scenario's thresholds on it", () => {
  const thresholds = { "memory.server.leaks": ["value==0"], "delivery.lost": ["value==0"] };
  const leaks = { ...scenario, thresholds };
  const at = (config: TargetConfig) =>
    scenarioOnTarget({
      config: { rooms: { path: "/{room}" }, ...config },
      scenario: leaks,
      site,
      seen: { findings: [HISTORY], items: 1 },
      choosesModes: false,
      hasDatabase: true,
    });
  expect(at({ serverPid: 4711 }).scenario.thresholds).toEqual(thresholds);
  expect(at({}).scenario.thresholds).toEqual({ "delivery.lost": ["value==0"] });
  expect(at({}).leftOut).toEqual([
    "the server's memory: no serverPid is named",
    "the scenario's own thresholds on what is left out",
  ]);
});

test("modes are those of the scenario where the path chooses them; else --mode is refused", () => {
  expect(on({ roomPath: "/{mode}/{room}", choosesModes: true }).modes).toEqual(["stream", "stateful"]);
  expect(() => on({ choosesModes: true })).toThrow(
    "--mode chooses nothing on this target: it renders as it does, unless rooms.path has {mode} in it",
  );
});

test("a scenario of which nothing can be done is refused", () => {
  const only = { ...scenario, steps: scenario.steps.filter(({ kind }) => kind === "delete") };
  const run = () =>
    scenarioOnTarget({
      config: { rooms: { path: "/lobby" } },
      scenario: only,
      site: { ...site, delete: null },
      seen: { findings: [], items: 1 },
      choosesModes: false,
      hasDatabase: true,
    });
  expect(run).toThrow(
    'no step of small can be done on this target: the steps "delete": nothing was found to delete a message by (delete.button)',
  );
});

describe("the rooms are", () => {
  test.each<[string, NonNullable<TargetConfig["rooms"]>, object]>([
    ["1 and 2 where nothing is said", { path: "/{room}" }, { ids: [1, 2], roomIds: null }],
    ["the numbers of a list", { path: "/{room}", ids: [7, 5] }, { ids: [7, 5], roomIds: null }],
    [
      "those of a range",
      { path: "/{room}", ids: { from: 3, to: 9 } },
      { ids: [3, 4, 5, 6, 7, 8, 9], roomIds: null },
    ],
    ["one, where there is one", { path: "/{room}", ids: [7] }, { ids: [7], roomIds: null }],
    ["one, where the path has no place for more", { path: "/lobby" }, { ids: [1], roomIds: null }],
    [
      "counted where they have names",
      { path: "/{room}", ids: ["a", 9] },
      { ids: [1, 2], roomIds: ["a", "9"] },
    ],
  ])("%s", (_, rooms, expected) => {
    expect(roomsOf({ rooms })).toEqual({ roomPath: rooms.path, ...expected });
  });

  test("asked for where nobody says them", () => {
    expect(() => roomsOf({})).toThrow(
      "nothing says which page is a room: give its URL as --target, or rooms.path in the file of --config",
    );
  });

  test("one, in which then everybody is", () => {
    const { rooms } = on({ config: { rooms: { path: "/lobby" } } }).scenario;
    expect(rooms).toEqual({ messagesEach: 40, members: [10], ids: [1] });
  });
});
