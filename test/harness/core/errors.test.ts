import { expect, test } from "vitest";
import { BenchError, messageOf, UsageError } from "../../../harness/core/errors.ts";

test("a usage error exits with 104 and keeps its cause", () => {
  const cause = new Error("ENOENT");
  const error = new UsageError("no such scenario", { code: "unknown-scenario", cause });
  expect({ name: error.name, code: error.code, exitCode: error.exitCode, cause: error.cause }).toEqual({
    name: "UsageError",
    code: "unknown-scenario",
    exitCode: 104,
    cause,
  });
});

test("an error without an exit code is unexpected", () => {
  expect(new BenchError("broken", { code: "broken" }).exitCode).toBe(1);
});

test("the message of anything thrown is a string", () => {
  expect([messageOf(new Error("a")), messageOf("b"), messageOf(3)]).toEqual(["a", "b", "3"]);
});
