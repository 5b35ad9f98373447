import { expect, test } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import type { MessageHistory } from "../../../harness/oracle/reference-database.ts";
import type { Cast } from "../../../harness/crowd/cast.ts";
import type { ChromeViewer } from "../../../harness/run/chrome-viewer.ts";
import { performStep, type StepContext } from "../../../harness/crowd/perform-step.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { castOf, type FakeUserOptions, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";

const history: MessageHistory = {
  oldestOfLast: async () => 1,
  oldestBefore: async (_, beforeId, count) => beforeId - count,
};

const THREE_INSERTS = { kind: "insert", ratePerSec: 10, durationMs: 300 } as const;
const TWO_PAGES = { kind: "scrollback", pages: 2 } as const;

/** What a step is performed with, at a clock that stands at 1 s and moves only by sleeping. */
function performing(cast: Cast, given: Partial<StepContext> = {}) {
  let nowUs = 1_000_000;
  const told: string[] = [];
  const failures: string[] = [];
  const context: StepContext = {
    scenario: smallScenario,
    mode: "stream",
    cast,
    database: history,
    recorder: new RunRecorder(),
    clock: () => micros(nowUs),
    sleep: async (us: Micros) => {
      nowUs += us;
    },
    signal: new AbortController().signal,
    onProgress: (detail) => told.push(detail),
    onFailure: (message) => failures.push(message),
    ...given,
  };
  return { context, told, failures };
}

/** One member, what she does, and a cast of her alone. */
function alone(options: FakeUserOptions = {}) {
  const acts: string[] = [];
  return { acts, cast: castOf([memberIn(1, fakeUser("ada", acts, options))]) };
}

test("a step with a rate is performed at that rate, with the due times of its clock", async () => {
  const { acts, cast } = alone();
  const { context, told, failures } = performing(cast);
  await performStep(THREE_INSERTS, context);
  expect(acts).toEqual([
    'ada submits #send {"text":"text 0 due 1000000"}',
    'ada submits #send {"text":"text 1 due 1100000"}',
    'ada submits #send {"text":"text 2 due 1200000"}',
  ]);
  expect(told).toEqual(["1 of 3", "2 of 3", "3 of 3"]);
  expect(failures).toEqual([]);
});

test.each([
  ["update", ["clicks", "submits"]],
  ["delete", ["clicks"]],
] as const)("a step of kind %s does what it is called", async (kind, expected) => {
  const { acts, cast } = alone();
  const [ada] = cast.members;
  if (ada) cast.authorship.writes(0, ada);
  cast.authorship.appeared("ada", 0, "messages-41");
  await performStep({ kind, ratePerSec: 1, durationMs: 1000 }, performing(cast).context);
  expect(acts.map((act) => act.split(" ")[1])).toEqual(expected);
});

test.each([
  [{ kind: "update", target: "newest" }, "ada clicks .edit in messages-43"],
  [{ kind: "update", target: "middle" }, "ada clicks .edit in messages-42"],
  [{ kind: "delete", target: "newest" }, "ada clicks .delete in messages-43"],
  [{ kind: "delete", target: "middle" }, "ada clicks .delete in messages-42"],
] as const)("a step %j acts on that message", async (step, expected) => {
  const { acts, cast } = alone();
  for (const [sequence, id] of ["messages-41", "messages-42", "messages-43"].entries()) {
    for (const member of cast.members) cast.authorship.writes(sequence, member);
    cast.authorship.appeared("ada", sequence, id);
  }
  await performStep({ ...step, ratePerSec: 1, durationMs: 1000 }, performing(cast).context);
  expect(acts[0]).toBe(expected);
});

test.each([
  [true, ["ada", "grace", "ada"]],
  [false, ["grace", "ada", "ada"]],
])("in a scenario whose ordered is %s, actions are made in the order %j", async (ordered, expected) => {
  const acts: string[] = [];
  const [ada, grace] = [memberIn(1, fakeUser("ada", acts)), memberIn(1, fakeUser("grace", acts))];
  const gate = Promise.withResolvers<void>();
  const blocked = ada.inTurn(() => gate.promise);
  const { context } = performing(castOf([ada, grace]), {
    scenario: { ...smallScenario, ordered },
    onProgress: (detail) => detail === "3 of 3" && setImmediate(gate.resolve),
  });
  await performStep(THREE_INSERTS, context);
  await blocked;
  expect(acts.map((act) => act.split(" ")[0])).toEqual(expected);
});

test("actions that fail are told, and count as starts that were made, over all steps", async () => {
  const { cast } = alone({ fails: new Error("not answered within 30 s") });
  const { context, failures } = performing(cast);
  await performStep(THREE_INSERTS, context);
  await performStep(THREE_INSERTS, context);
  expect(failures).toEqual(Array(6).fill("not answered within 30 s"));
  expect(context.recorder.starts).toMatchObject({ made: 6, dropped: 0 });
});

test("more than 500 actions under way, and what is due is dropped and counted", async () => {
  const { cast } = alone();
  const gate = Promise.withResolvers<void>();
  const [ada] = cast.members;
  const blocked = ada?.inTurn(() => gate.promise);
  const { context } = performing(cast, {
    // The step is over in an instant; then the one who kept everybody waiting goes on.
    onProgress: (detail) => detail === "500 of 502" && setImmediate(gate.resolve),
  });
  await performStep({ kind: "insert", ratePerSec: 1000, durationMs: 502 }, context);
  await blocked;
  expect(context.recorder.starts).toMatchObject({ made: 500, dropped: 2 });
});

test("an abort ends a step with its reason, and what was started is counted", async () => {
  const { cast } = alone();
  const abort = new AbortController();
  const { context } = performing(cast, {
    signal: abort.signal,
    onProgress: (detail) => detail === "2 of 3" && abort.abort(new Error("the server died")),
  });
  await expect(performStep(THREE_INSERTS, context)).rejects.toThrow("the server died");
  expect(context.recorder.starts).toMatchObject({ made: 2, dropped: 0 });
});

test("everybody loads the pages of a scrollback, users first, and how long it took them is measured", async () => {
  const acts: string[] = [];
  const members = ["ada", "grace"].map((name) => memberIn(1, fakeUser(name, acts)));
  const chrome = { loadPage: async () => void acts.push("chrome-1 loads a page") } as ChromeViewer;
  const { context, told } = performing(castOf(members, { chromes: [chrome] }));
  await performStep(TWO_PAGES, context);
  expect(acts.sort()).toEqual([
    "ada loads a page",
    "ada loads a page",
    "chrome-1 loads a page",
    "chrome-1 loads a page",
    "grace loads a page",
    "grace loads a page",
  ]);
  expect(told).toEqual(["1 of 2 users", "2 of 2 users"]);
  expect(members.map((member) => member.viewer().cursor.oldestId)).toEqual([94, 94]);
  expect(context.recorder.metrics()).toMatchObject([
    { name: "latency.prepend.page", mode: "stream", values: { count: 4, min: 1500, max: 1500 } },
  ]);
});

test("where there is no more history nothing is measured", async () => {
  const { context } = performing(alone({ loads: null }).cast);
  await performStep(TWO_PAGES, context);
  expect(context.recorder.metrics()).toEqual([]);
});

test("pages that a user cannot load are failed actions, and end neither step nor run", async () => {
  const acts: string[] = [];
  const members = [
    memberIn(1, fakeUser("ada", acts, { fails: new Error("ada has not joined a view") })),
    memberIn(1, fakeUser("grace", acts)),
  ];
  const { context, failures } = performing(castOf(members));
  await performStep(TWO_PAGES, context);
  expect(failures).toEqual(["ada has not joined a view", "ada has not joined a view"]);
  expect(members.map((member) => member.viewer().cursor.oldestId)).toEqual([100, 94]);
});

test("an abort ends a scrollback with its reason", async () => {
  const { acts, cast } = alone();
  const { context } = performing(cast, { signal: AbortSignal.abort(new Error("interrupted")) });
  await expect(performStep(TWO_PAGES, context)).rejects.toThrow("interrupted");
  expect(acts).toEqual([]);
});
