import { describe, expect, test } from "vitest";
import {
  defaultOf,
  expected,
  type Parameter,
  type ParameterValue,
  problemWith,
  written,
} from "../../../harness/core/parameter.ts";

const described = { description: "What it is" } as const;
const users: Parameter = { ...described, kind: "number", unit: "users", default: 10, least: 1, most: 5000 };
const rate: Parameter = {
  ...described,
  kind: "number",
  unit: "a second",
  default: 2.5,
  least: 0.1,
  most: 100,
  fractions: true,
};
const history: Parameter = {
  ...described,
  kind: "numbers",
  unit: "messages",
  default: [10, 100],
  least: 10,
  most: 1000,
};
const steps: Parameter = { ...history, unit: "users", fewest: 3, default: [10, 20, 30] };
const lasting: Parameter = { ...described, kind: "duration", default: "1m30s", least: "10ms", most: "24h" };
const cause: Parameter = { ...described, kind: "choice", default: "server", choices: ["server", "network"] };

describe("a parameter takes", () => {
  test.each<[string, Parameter]>([
    ["a whole number from 1 to 5,000 users", users],
    ["a number from 0.1 to 100 a second", rate],
    ["whole numbers from 10 to 1,000 messages, ascending, as 10,100", history],
    ["at least 3 whole numbers from 10 to 1,000 users, ascending, as 10,20,30", steps],
    ["a duration from 10ms to 24h", lasting],
    ["one of server, network", cause],
  ])("%s", (words, parameter) => {
    expect(expected(parameter)).toBe(words);
  });
});

test.each<[Parameter, ParameterValue, string]>([
  [users, 10, "10"],
  [rate, 2.5, "2.5"],
  [history, [10, 100], "10,100"],
  [lasting, 90_000, "1m30s"],
  [cause, "server", "server"],
])("without a value %o is %j, which one would write as %s", (parameter, value, text) => {
  expect(defaultOf(parameter)).toEqual(value);
  expect(written(parameter)).toBe(text);
});

describe("both bounds fit, and what lies between", () => {
  test.each<[Parameter, ParameterValue]>([
    [users, 1],
    [users, 5000],
    [rate, 0.1],
    [rate, 0.15],
    [rate, 100],
    [history, [10]],
    [history, [10, 11, 1000]],
    [steps, [10, 11, 12]],
    [lasting, 10],
    [lasting, 86_400_000],
    [cause, "network"],
  ])("%o %j", (parameter, value) => {
    expect(problemWith(parameter, value)).toBe(undefined);
  });
});

describe("refused with what was expected is", () => {
  test.each<[string, Parameter, ParameterValue]>([
    ["less than the least", users, 0],
    ["more than the most", users, 5001],
    ["a fraction", users, 1.5],
    ["what is no number", users, Number.NaN],
    ["a word for a number", users, "10"],
    ["several for one", users, [10]],
    ["a fraction below the least", rate, 0.09],
    ["one for several", history, 10],
    ["none of several", history, []],
    ["fewer than the fewest", steps, [10, 20]],
    ["one that is out of bounds", history, [10, 1001]],
    ["a fraction among several", history, [10, 10.5]],
    ["one twice", history, [10, 10]],
    ["what does not ascend", history, [100, 10]],
    ["a shorter time", lasting, 9],
    ["a longer time", lasting, 86_400_001],
    ["a duration in words", lasting, "1m"],
    ["another word", cause, "weather"],
    ["a word of Object's", cause, "constructor"],
  ])("%s", (_, parameter, value) => {
    expect(problemWith(parameter, value)).toBe(`must be ${expected(parameter)}`);
  });
});

test("a duration that is written wrong in a definition is a defect, and said as one", () => {
  const broken: Parameter = { ...described, kind: "duration", default: "soon", least: "1s", most: "1m" };
  expect(() => defaultOf(broken)).toThrow(new RangeError("soon is no duration"));
});
