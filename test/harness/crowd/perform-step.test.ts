import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { performStep } from "../../../harness/crowd/perform-step.ts";
import { castOf, type FakeUserOptions, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";
import { stepContext } from "./step-context.ts";

const THREE_INSERTS = { kind: "insert", ratePerSec: 10, durationMs: 300 } as const;
const TWO_PAGES = { kind: "scrollback", pages: 2 } as const;

/** One member, what she does, and a cast of her alone. */
async function alone(options: FakeUserOptions = {}) {
  const acts: string[] = [];
  return { acts, cast: castOf([await memberIn(1, fakeUser("ada", acts, options))]) };
}

test("a step with a rate is performed at that rate, with the due times of its clock", async () => {
  const { acts, cast } = await alone();
  const { context, told, failures } = stepContext(cast);
  await performStep(THREE_INSERTS, context);
  expect(acts).toEqual([
    'ada submits #send {"text":"text 0 due 1000000"}',
    'ada submits #send {"text":"text 1 due 1100000"}',
    'ada submits #send {"text":"text 2 due 1200000"}',
  ]);
  expect(told).toEqual({ begun: 3 });
  expect(failures).toEqual([]);
});

test.each([
  ["update", ["clicks", "submits"]],
  ["delete", ["clicks"]],
] as const)("a step of kind %s does what it is called", async (kind, expected) => {
  const { acts, cast } = await alone();
  const [ada] = cast.members;
  if (ada) cast.authorship.writes(0, ada);
  cast.authorship.appeared("ada", 0, "messages-41");
  await performStep({ kind, ratePerSec: 1, durationMs: 1000 }, stepContext(cast).context);
  expect(acts.map((act) => act.split(" ")[1])).toEqual(expected);
});

test.each([
  [{ kind: "update", target: "newest" }, "ada clicks .edit in messages-43"],
  [{ kind: "update", target: "middle" }, "ada clicks .edit in messages-42"],
  [{ kind: "delete", target: "newest" }, "ada clicks .delete in messages-43"],
  [{ kind: "delete", target: "middle" }, "ada clicks .delete in messages-42"],
] as const)("a step %j acts on that message", async (step, expected) => {
  const { acts, cast } = await alone();
  for (const [sequence, id] of ["messages-41", "messages-42", "messages-43"].entries()) {
    for (const member of cast.members) cast.authorship.writes(sequence, member);
    cast.authorship.appeared("ada", sequence, id);
  }
  await performStep({ ...step, ratePerSec: 1, durationMs: 1000 }, stepContext(cast).context);
  expect(acts[0]).toBe(expected);
});

test.each([
  [true, ["ada", "grace", "ada"]],
  [false, ["grace", "ada", "ada"]],
])("in a scenario whose ordered is %s, actions are made in the order %j", async (ordered, expected) => {
  const acts: string[] = [];
  const ada = await memberIn(1, fakeUser("ada", acts));
  const grace = await memberIn(1, fakeUser("grace", acts), { number: 2 });
  let begun = 0;
  const gate = Promise.withResolvers<void>();
  const blocked = ada.inTurn(() => gate.promise);
  const { context } = stepContext(castOf([ada, grace]), {
    scenario: { ...smallScenario, ordered },
    onProgress: () => {
      begun += 1;
      if (begun === 3) setImmediate(gate.resolve);
    },
  });
  await performStep(THREE_INSERTS, context);
  await blocked;
  expect(acts.map((act) => act.split(" ")[0])).toEqual(expected);
});

test("actions that fail are told, and count as starts that were made, over all steps", async () => {
  const { cast } = await alone({ fails: new Error("not answered within 30 s") });
  const { context, failures, starts } = stepContext(cast);
  await performStep(THREE_INSERTS, context);
  await performStep(THREE_INSERTS, { ...context, beginUs: context.clock() });
  expect(failures).toEqual(Array(6).fill("not answered within 30 s"));
  expect(starts).toEqual({ made: 6, dropped: 0, late: 0, maxLateUs: 0 });
});

test("more than 500 actions under way, and what is due is dropped and counted", async () => {
  const { cast } = await alone();
  const gate = Promise.withResolvers<void>();
  const [ada] = cast.members;
  const blocked = ada?.inTurn(() => gate.promise);
  let begun = 0;
  const { context, starts } = stepContext(cast, {
    // The step is over in an instant; then the one who kept everybody waiting goes on.
    onProgress: () => {
      begun += 1;
      if (begun === 500) setImmediate(gate.resolve);
    },
  });
  await performStep({ kind: "insert", ratePerSec: 1000, durationMs: 502 }, context);
  await blocked;
  expect(starts).toEqual({ made: 500, dropped: 2, late: 0, maxLateUs: 0 });
});

test("an abort ends a step with its reason, and what was started is counted", async () => {
  const { cast } = await alone();
  const abort = new AbortController();
  let begun = 0;
  const { context, starts } = stepContext(cast, {
    signal: abort.signal,
    onProgress: () => {
      begun += 1;
      if (begun === 2) abort.abort(new Error("the server died"));
    },
  });
  await expect(performStep(THREE_INSERTS, context)).rejects.toThrow("the server died");
  expect(starts).toEqual({ made: 2, dropped: 0, late: 0, maxLateUs: 0 });
});

test("everybody loads the pages of a scrollback, and how long it took them is measured", async () => {
  const acts: string[] = [];
  const members = [
    await memberIn(1, fakeUser("ada", acts)),
    await memberIn(1, fakeUser("grace", acts), { number: 2 }),
  ];
  const { context, told } = stepContext(castOf(members));
  await performStep(TWO_PAGES, context);
  expect(acts.sort()).toEqual([
    "ada loads a page",
    "ada loads a page",
    "grace loads a page",
    "grace loads a page",
  ]);
  expect(told).toEqual({ begun: 2 });
  expect(members.map((member) => member.viewer()?.cursor.oldestId)).toEqual([94, 94]);
  expect(context.recorder.metrics()).toMatchObject([
    { name: "latency.prepend.page", mode: "stream", values: { count: 4, min: 1500, max: 1500 } },
  ]);
});

test("where there is no more history nothing is measured", async () => {
  const { context } = stepContext((await alone({ loads: null })).cast);
  await performStep(TWO_PAGES, context);
  expect(context.recorder.metrics()).toEqual([]);
});

test("pages that a user cannot load are failed actions, and end neither step nor run", async () => {
  const acts: string[] = [];
  const members = [
    await memberIn(1, fakeUser("ada", acts, { fails: new Error("ada has not joined a view") })),
    await memberIn(1, fakeUser("grace", acts), { number: 2 }),
  ];
  const { context, failures } = stepContext(castOf(members));
  await performStep(TWO_PAGES, context);
  expect(failures).toEqual(["ada has not joined a view", "ada has not joined a view"]);
  expect(members.map((member) => member.viewer()?.cursor.oldestId)).toEqual([100, 94]);
});

test("pages of a scrollback are asked for no faster than at its rate, that of all processes together", async () => {
  const { acts, cast } = await alone();
  const { context } = stepContext(cast, { parts: 2 });
  const beganUs = context.clock();
  await performStep({ kind: "scrollback", pages: 3, ratePerSec: 10 }, context);
  expect(acts).toHaveLength(3);
  // The first at once, and five a second for this one of two.
  expect(context.clock() - beganUs).toBe(400_000);
});

test("an abort ends a scrollback with its reason", async () => {
  const { acts, cast } = await alone();
  const { context } = stepContext(cast, { signal: AbortSignal.abort(new Error("interrupted")) });
  await expect(performStep(TWO_PAGES, context)).rejects.toThrow("interrupted");
  expect(acts).toEqual([]);
});

test("a process makes its part of the starts, at the times at which they are due in the whole", async () => {
  const { acts, cast } = await alone();
  const { context } = stepContext(cast, { part: 1, parts: 2 });
  await performStep({ ...THREE_INSERTS, durationMs: 400 }, context);
  expect(acts).toEqual([
    'ada submits #send {"text":"text 0 due 1100000"}',
    'ada submits #send {"text":"text 1 due 1300000"}',
  ]);
});

test("a step that was to begin before now is behind: its starts are due then all the same, and counted as late", async () => {
  const { acts, cast } = await alone();
  const { context, starts } = stepContext(cast, { beginUs: micros(850_000) });
  await performStep(THREE_INSERTS, context);
  expect(acts.map((act) => act.split("due ")[1])).toEqual(['850000"}', '950000"}', '1050000"}']);
  expect(starts).toEqual({ made: 3, dropped: 0, late: 1, maxLateUs: 150_000 });
});

test.each(["reconnect", "leave", "mount"] as const)(
  "a step of kind %s is for all processes together",
  async (kind) => {
    const steps = {
      reconnect: { kind: "reconnect", cause: "network", drafts: true, meanwhile: 0 },
      leave: { kind: "leave", parts: 2 },
      mount: { kind: "mount", connections: 1, durationMs: 10 },
    } as const;
    const { acts, cast } = await alone();
    await expect(performStep(steps[kind], stepContext(cast).context)).rejects.toThrow(
      `${kind} is for the coordinator to perform`,
    );
    expect(acts).toEqual([]);
  },
);
