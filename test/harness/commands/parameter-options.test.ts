import { expect, test } from "vitest";
import { z } from "zod";
import { parameterOptions, parameterSchema } from "../../../harness/commands/parameter-options.ts";
import type { Parameters } from "../../../harness/core/parameter.ts";

const parameters = {
  users: { kind: "number", unit: "users", default: 10, least: 1, most: 5000, description: "Users" },
  share: {
    kind: "number",
    unit: "of all",
    default: 0.1,
    least: -1,
    most: 1,
    fractions: true,
    description: "Slow ones",
  },
  history: {
    kind: "numbers",
    unit: "messages",
    default: [10, 100],
    least: 10,
    most: 1000,
    description: "Shown",
  },
  lasting: { kind: "duration", default: "2s", least: "10ms", most: "24h", description: "How long" },
  "cut-by": { kind: "choice", default: "server", choices: ["server", "network"], description: "Who cuts" },
} as const satisfies Parameters;

test("each parameter is an option that says what it takes, and what it is otherwise, below a heading of its own", () => {
  const group = "Parameters of the scenario:";
  expect(parameterOptions(parameters)).toEqual({
    users: {
      kind: "value",
      description: "Users; a whole number from 1 to 5,000 users",
      otherwise: "10",
      group,
    },
    share: {
      kind: "value",
      description: "Slow ones; a number from -1 to 1 of all",
      otherwise: "0.1",
      group,
    },
    history: {
      kind: "value",
      description: "Shown; whole numbers from 10 to 1,000 messages, ascending, as 10,100",
      otherwise: "10,100",
      group,
    },
    lasting: {
      kind: "value",
      description: "How long; a duration from 10ms to 24h",
      otherwise: "2s",
      group,
    },
    "cut-by": {
      kind: "value",
      description: "Who cuts; one of server, network",
      otherwise: "server",
      group,
      values: ["server", "network"],
    },
  });
});

const read = (given: Readonly<Record<string, string>>) =>
  z.object(parameterSchema(parameters)).safeParse(given);

test("what is not given is absent, so that the scenario decides", () => {
  expect(read({}).data).toEqual({});
});

test.each([
  ["users", "50", 50],
  ["users", "0050", 50],
  ["share", "0.25", 0.25],
  ["share", "-1", -1],
  ["history", "10", [10]],
  ["history", "10, 100,1000", [10, 100, 1000]],
  ["lasting", "1m30s", 90_000],
  ["lasting", "10ms", 10],
  ["cut-by", "network", "network"],
])("--%s %s is read as %j", (name, text, value) => {
  expect(read({ [name]: text }).data).toEqual({ [name]: value });
});

test.each([
  ["users", "many", 'must be a whole number from 1 to 5,000 users, not "many"'],
  ["users", "1e3", 'must be a whole number from 1 to 5,000 users, not "1e3"'],
  ["users", "0x10", 'must be a whole number from 1 to 5,000 users, not "0x10"'],
  ["users", "1.5", 'must be a whole number from 1 to 5,000 users, not "1.5"'],
  ["users", "5001", 'must be a whole number from 1 to 5,000 users, not "5001"'],
  ["users", "", "needs a value"],
  [
    "history",
    "10,,20",
    'must be whole numbers from 10 to 1,000 messages, ascending, as 10,100, not "10,,20"',
  ],
  ["history", "20,10", 'must be whole numbers from 10 to 1,000 messages, ascending, as 10,100, not "20,10"'],
  ["lasting", "10", 'must be a duration from 10ms to 24h, not "10"'],
  ["lasting", "0s", 'must be a duration from 10ms to 24h, not "0s"'],
  ["cut-by", "weather", 'must be one of server, network, not "weather"'],
])("--%s %j is refused with what it takes", (name, text, message) => {
  expect(read({ [name]: text }).error?.issues).toMatchObject([{ path: [name], message }]);
});
