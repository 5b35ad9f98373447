import { expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { defineScenario, type Scenario, thresholdEntries } from "../../../harness/core/scenario.ts";

const valid: Scenario = {
  name: "small",
  description: "Two users for a second.",
  modes: ["stream", "stateful"],
  users: 2,
  browsers: 1,
  seed: 1,
  rooms: { messagesEach: 40, joinedId: 1, otherId: 2, usersInOther: 1 },
  site: {
    name: "a page",
    roomPath: "/{mode}/rooms/{room}",
    logIn: { steps: [{ path: "/log_in", form: "#log-in", fields: { name: "{name}" } }] },
    accounts: { name: "user-{number:4}" },
    list: { container: "#messages", fields: { sender: ".sender", time: "time" } },
    send: { form: "#send", field: "text" },
    edit: { button: ".edit", form: "#edit", field: "text" },
    delete: { button: ".delete" },
  },
  pageSize: 10,
  ordered: true,
  steps: [
    { kind: "insert", ratePerSec: 10, durationMs: 1000 },
    { kind: "scrollback", pages: 1 },
  ],
  thresholds: { "payload.insert.bytes": ["max<=420", { threshold: "avg<400", level: "warn" }] },
};

test("a valid scenario comes back as it was given", () => {
  expect(defineScenario(valid)).toEqual(valid);
});

test("every problem of a scenario is told at once, in one line", () => {
  const broken = {
    ...valid,
    users: 0,
    modes: ["stream", "stream"],
    steps: [{ kind: "insert", ratePerSec: -1, durationMs: 1000 }],
    thresholds: { "payload.insert.bytes": ["max=<420"] },
    colour: "red",
  } as Scenario;
  const error = errorOf(() => defineScenario(broken));
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ code: "invalid-scenario", exitCode: 104 });
  expect((error as Error).message).toBe(
    'scenario "small" has 5 problems: modes: each mode once; ' +
      "users: Too small: expected number to be >0; " +
      "steps[0].ratePerSec: Too small: expected number to be >0; " +
      'thresholds: "payload.insert.bytes: max=<420": expected an aggregate (avg, min, max, med, p(N), count, ' +
      "rate, value), an operator (<, <=, >, >=, ==, !=) and a number, as in max<=420 or p(99)<50; " +
      'Unrecognized key: "colour"',
  );
});

test.each([
  [{ usersInOther: 2 }, "rooms.usersInOther: somebody must be in the joined room"],
  [{ otherId: 1 }, "rooms.otherId: must be another room than joinedId"],
])("rooms %j are refused", (rooms, problem) => {
  const error = errorOf(() => defineScenario({ ...valid, rooms: { ...valid.rooms, ...rooms } }));
  expect((error as Error).message).toBe(`scenario "small" has a problem: ${problem}`);
});

test("what a step measures for itself is told once, and of each operation", () => {
  const again = { name: "again", title: "edit it again" };
  const [once, twice] = [
    { kind: "update", ratePerSec: 1, durationMs: 1000, target: "same", case: again },
    { kind: "delete", ratePerSec: 1, durationMs: 1000, target: "newest", case: again },
  ] as const;
  expect(defineScenario({ ...valid, steps: [once, twice] }).steps).toEqual([once, twice]);
  const error = errorOf(() => defineScenario({ ...valid, steps: [once, twice, once] }));
  expect((error as Error).message).toBe(
    'scenario "small" has a problem: steps: each case of an operation once',
  );
});

test("messages have at least one word, and least is not above most", () => {
  expect(defineScenario({ ...valid, words: { least: 6, most: 6 } }).words).toEqual({ least: 6, most: 6 });
  const error = errorOf(() => defineScenario({ ...valid, words: { least: 7, most: 6 } }));
  expect((error as Error).message).toBe(
    'scenario "small" has a problem: words: least must not be above most',
  );
});

test("the conditions of a scenario are flat, and a bare string is an error", () => {
  expect(thresholdEntries(valid.thresholds)).toEqual([
    { metric: "payload.insert.bytes", expression: "max<=420", level: "error" },
    { metric: "payload.insert.bytes", expression: "avg<400", level: "warn" },
  ]);
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
