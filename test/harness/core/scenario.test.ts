import { expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import {
  defineScenario,
  membersOf,
  planScenario,
  type Scenario,
  thresholdEntries,
  thresholdsSchema,
  usersOf,
  validScenario,
} from "../../../harness/core/scenario.ts";

const valid: Scenario = {
  name: "small",
  modes: ["stream", "stateful"],
  browsers: 1,
  seed: 1,
  rooms: { messagesEach: 40, members: [1, 1] },
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
  expect(validScenario(valid)).toEqual(valid);
});

test("every problem of a scenario is told at once, in one line", () => {
  const broken = {
    ...valid,
    pageSize: 0,
    modes: ["stream", "stream"],
    steps: [{ kind: "insert", ratePerSec: -1, durationMs: 1000 }],
    thresholds: { "payload.insert.bytes": ["max=<420"] },
    colour: "red",
  } as Scenario;
  const error = errorOf(() => validScenario(broken));
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ code: "invalid-scenario", exitCode: 104 });
  expect((error as Error).message).toBe(
    'scenario "small" has 5 problems: modes: each mode once; ' +
      "pageSize: Too small: expected number to be >0; " +
      "steps[0].ratePerSec: Too small: expected number to be >0; " +
      'thresholds: "payload.insert.bytes: max=<420": expected an aggregate (avg, min, max, med, p(N), count, ' +
      "rate, value), an operator (<, <=, >, >=, ==, !=) and a number, as in max<=420 or p(99)<50; " +
      'Unrecognized key: "colour"',
  );
});

test.each<[Partial<Scenario["rooms"]>, string]>([
  [{ members: [0, 2] }, "rooms.members: somebody must be in the first room"],
  [{ members: [] }, "rooms.members: Too small: expected array to have >=1 items"],
  [{ ids: [0] }, "rooms.ids[0]: Too small: expected number to be >0"],
  [{ visitors: -1 }, "rooms.visitors: Too small: expected number to be >=0"],
])("rooms %j are refused", (rooms, problem) => {
  const error = errorOf(() => validScenario({ ...valid, rooms: { ...valid.rooms, ...rooms } }));
  expect((error as Error).message).toContain(problem);
});

test("what a step measures for itself is told once, and of each operation", () => {
  const again = { name: "again", title: "edit it again" };
  const [once, twice] = [
    { kind: "update", ratePerSec: 1, durationMs: 1000, target: "same", case: again },
    { kind: "delete", ratePerSec: 1, durationMs: 1000, target: "newest", case: again },
  ] as const;
  expect(validScenario({ ...valid, steps: [once, twice] }).steps).toEqual([once, twice]);
  const error = errorOf(() => validScenario({ ...valid, steps: [once, twice, once] }));
  expect((error as Error).message).toBe(
    'scenario "small" has a problem: steps: each case of an operation once',
  );
});

test("messages have at least one word, and least is not above most", () => {
  expect(validScenario({ ...valid, words: { least: 6, most: 6 } }).words).toEqual({ least: 6, most: 6 });
  const error = errorOf(() => validScenario({ ...valid, words: { least: 7, most: 6 } }));
  expect((error as Error).message).toBe(
    'scenario "small" has a problem: words: least must not be above most',
  );
});

test("users are those of all rooms, visitors among them, who are no members", () => {
  const rooms = { messagesEach: 0, members: [5, 0, 3], visitors: 4 };
  expect([membersOf({ rooms }), usersOf({ rooms })]).toEqual([8, 12]);
  expect(usersOf({ rooms: { messagesEach: 0, members: [2] } })).toBe(2);
});

const { name: _, modes: __, seed: ___, ...planned } = valid;

/** A scenario with a parameter of most kinds; with no pages at all it is none. */
const small = defineScenario({
  name: "small",
  question: "What does a page cost?",
  description: "Everybody scrolls back.",
  modes: ["stream"],
  parameters: {
    users: { kind: "number", unit: "users", default: 2, least: 1, most: 10, description: "Users" },
    pages: { kind: "number", unit: "pages", default: 1, least: 0, most: 5, description: "Pages" },
    lasting: { kind: "duration", default: "2s", least: "1s", most: "1m", description: "How long" },
    cause: { kind: "choice", default: "server", choices: ["server", "network"], description: "Why" },
  },
  plan: ({ users, pages, lasting, cause }) => ({
    ...planned,
    rooms: { messagesEach: 40, members: [users] },
    steps: [
      { kind: "reconnect", cause, drafts: false, meanwhile: 0 },
      { kind: "insert", ratePerSec: 1, durationMs: lasting },
      { kind: "scrollback", pages },
    ],
  }),
});

test("a definition says what it is, and what it is run with where nobody says otherwise", () => {
  expect(small).toMatchObject({
    name: "small",
    question: "What does a page cost?",
    description: "Everybody scrolls back.",
    common: { modes: ["stream"], seed: 1 },
  });
  expect(Object.keys(small.parameters)).toEqual(["users", "pages", "lasting", "cause"]);
});

test("a plan has the defaults where nothing is given, durations in milliseconds", () => {
  expect(planScenario(small, {})).toEqual({
    ...valid,
    modes: ["stream"],
    rooms: { messagesEach: 40, members: [2] },
    steps: [
      { kind: "reconnect", cause: "server", drafts: false, meanwhile: 0 },
      { kind: "insert", ratePerSec: 1, durationMs: 2000 },
      { kind: "scrollback", pages: 1 },
    ],
  });
});

test("a plan has what is given, of parameters, modes and seed", () => {
  const given = { users: 7, pages: 5, lasting: 60_000, cause: "network" };
  expect(planScenario(small, given, { modes: ["keyed", "stream"], seed: 9 })).toEqual({
    ...valid,
    modes: ["keyed", "stream"],
    seed: 9,
    rooms: { messagesEach: 40, members: [7] },
    steps: [
      { kind: "reconnect", cause: "network", drafts: false, meanwhile: 0 },
      { kind: "insert", ratePerSec: 1, durationMs: 60_000 },
      { kind: "scrollback", pages: 5 },
    ],
  });
});

test("all values that do not fit, and all that nobody asked for, are told at once", () => {
  const error = errorOf(() =>
    planScenario(small, { users: 11, lasting: 999, cause: "weather", rate: 1, colour: "red" }),
  );
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ code: "invalid-parameter", exitCode: 104 });
  expect((error as Error).message).toBe(
    "--users must be a whole number from 1 to 10 users, not 11; " +
      "--lasting must be a duration from 1s to 1m, not 999; " +
      '--cause must be one of server, network, not "weather"; ' +
      "small has no parameter rate; small has no parameter colour",
  );
});

test("values that fit one by one and make no scenario are refused as a scenario is", () => {
  const error = errorOf(() => planScenario(small, { pages: 0 }));
  expect(error).toMatchObject({
    code: "invalid-scenario",
    message: 'scenario "small" has a problem: steps[2].pages: Too small: expected number to be >0',
  });
});

test("a definition that is no scenario with its defaults is refused when it is read", () => {
  const define = () => defineScenario({ ...small, modes: [], plan: () => ({ ...planned, pageSize: 0 }) });
  expect((errorOf(define) as Error).message).toBe(
    'scenario "small" has 2 problems: modes: Too small: expected array to have >=1 items; ' +
      "pageSize: Too small: expected number to be >0",
  );
});

test("a default that its own parameter does not allow is refused when it is read", () => {
  const users = {
    kind: "number",
    unit: "users",
    default: 0,
    least: 1,
    most: 10,
    description: "Users",
  } as const;
  const define = () =>
    defineScenario({ ...small, modes: ["stream"], parameters: { users }, plan: () => planned });
  expect((errorOf(define) as Error).message).toBe("--users must be a whole number from 1 to 10 users, not 0");
});

test("a condition is an error where it does not say, and one that only warns cannot end the run", () => {
  const read = (condition: object) => thresholdsSchema.safeParse({ "payload.insert.bytes": [condition] });
  expect(read({ threshold: "max<=1", abortOnFail: true }).data).toEqual({
    "payload.insert.bytes": [{ threshold: "max<=1", level: "error", abortOnFail: true }],
  });
  const refused = read({ threshold: "max<=1", level: "warn", abortOnFail: true });
  expect(refused.error?.issues.map(({ message }) => message)).toEqual([
    "a threshold that only warns does not end a run: level and abortOnFail do not go together",
  ]);
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
