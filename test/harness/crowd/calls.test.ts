import { expect, test } from "vitest";
import { BenchError, UsageError } from "../../../harness/core/errors.ts";
import { type Answer, answer, type Calls, receivedError } from "../../../harness/crowd/calls.ts";

const calls: Calls = {
  double: (number: number) => number * 2,
  later: async () => ({ at: new Map([["ada", 1]]) }),
  nothing: () => {},
  refuse: () => {
    throw new UsageError("there is no account 7: there are 6", { code: "too-few-accounts" });
  },
  fail: () => Promise.reject(new BenchError("the server is gone", { code: "gone", exitCode: 1 })),
  break: () => {
    throw new TypeError("x is undefined");
  },
  throwText: () => Promise.reject("a text"),
};

/** The answer to a call, as it is on the other side of a channel. */
const over = async (name: string, argument: unknown = null): Promise<Answer> =>
  structuredClone(await answer(calls, { kind: "call", id: 7, name, argument }));

/** What is thrown on the other side. */
async function thrown(name: string): Promise<Error> {
  const refusal = await over(name);
  if (refusal.kind !== "refusal") throw new Error(`${name} was answered`);
  expect(refusal.id).toBe(7);
  return receivedError(refusal.error);
}

test("a call is answered with what it gives, at once or later, under its number", async () => {
  expect(await over("double", 21)).toEqual({ kind: "answer", id: 7, value: 42 });
  expect(await over("later")).toEqual({ kind: "answer", id: 7, value: { at: new Map([["ada", 1]]) } });
  expect(await over("nothing")).toEqual({ kind: "answer", id: 7, value: undefined });
});

test.each([
  ["refuse", "there is no account 7: there are 6", "too-few-accounts", 104],
  ["fail", "the server is gone", "gone", 1],
])("what %s throws crosses with its message, code and exit code", async (name, message, code, exitCode) => {
  const error = await thrown(name);
  expect(error).toBeInstanceOf(BenchError);
  expect(error).toMatchObject({ message, code, exitCode });
});

test("a defect crosses as one, and says where in the other process it came from", async () => {
  const error = await thrown("break");
  expect(error).not.toBeInstanceOf(BenchError);
  expect(error.message).toBe("x is undefined");
  expect(error.stack).toMatch(/^TypeError: x is undefined\n.*calls\.test\.ts/);
});

test("what is thrown and is no error crosses with what it says", async () => {
  expect((await thrown("throwText")).message).toBe("a text");
});

test.each(["triple", "toString", "constructor"])("a call %s that there is not is refused", async (name) => {
  expect((await thrown(name)).message).toBe(`there is no call ${name}`);
});
