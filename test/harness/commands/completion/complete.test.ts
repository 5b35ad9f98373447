import { describe, expect, test } from "vitest";
import { commands } from "../../../../harness/commands/index.ts";
import { SCENARIOS } from "../../../../scenarios/index.ts";
import { bench, services } from "../recorded-process.ts";

/** The words that a shell offers for what is typed behind `bench`. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const given = { ...services(), scenarios: SCENARIOS };
  const { exitCode, stdout, stderr } = await bench(["--complete", ...words], given);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");
}

const MODES = ["resend", "stateful", "keyed", "append", "stream", "components", "all"];

test("commands, with what they do", async () => {
  expect(await offered("")).toEqual(Object.keys(commands));
  expect(await offered("re")).toEqual(["report", "replay"]);
  expect(await offered("--")).toEqual(["--help", "--version"]);
  expect((await bench(["--complete", "lis"])).stdout).toBe(
    "list\tShow the scenarios that can be run, or the rendering modes\n",
  );
});

test("scenarios", async () => {
  expect(await offered("run", "")).toEqual(Object.keys(SCENARIOS));
  expect(await offered("run", "s")).toEqual([
    "scrollback",
    "scroll-channel",
    "slow-consumers",
    "soak",
    "stream-cases",
    "self-test",
  ]);
  expect(await offered("run", "--mode", "stream", "quick")).toEqual(["quickstart"]);
  // It takes a value only behind a sign.
  expect(await offered("run", "--dashboard", "quick")).toEqual(["quickstart"]);
  expect(await offered("run", "--dashboard", "=", "4999", "quick")).toEqual(["quickstart"]);
});

test("the options of a command, and of a scenario its parameters too; none twice that may be given once", async () => {
  expect(await offered("list", "--")).toEqual(["--modes", "--json", "--help"]);
  expect(await offered("list", "--modes", "--")).toEqual(["--json", "--help"]);
  expect(await offered("list", "")).toEqual(["--modes", "--json", "--help"]);
  expect(await offered("run", "insert-fanout", "--u")).toEqual(["--users"]);
  expect(await offered("run", "insert-fanout", "--users=5", "--u")).toEqual([]);
  expect(await offered("run", "payload", "--u")).toEqual([]);
  expect(await offered("run", "insert-fanout", "--mode", "stream", "--mo")).toEqual(["--mode"]);
  expect(await offered("run", "insert-fanout", "--users", "5", "")).toContain("--duration");
});

describe("values of options:", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["all of them", ["run", "quickstart", "--mode", ""], MODES],
    ["those that begin so", ["run", "quickstart", "--mode", "st"], ["stateful", "stream"]],
    [
      "behind a sign, as zsh has it",
      ["run", "quickstart", "--mode=st"],
      ["--mode=stateful", "--mode=stream"],
    ],
    ["behind a sign, as bash has it", ["run", "quickstart", "--mode", "=", "st"], ["stateful", "stream"]],
    ["right behind the sign", ["run", "quickstart", "--mode", "="], MODES],
    ["before a scenario is named", ["run", "--mode", "stre"], ["stream"]],
    ["of cases", ["run", "stream-cases", "--mode", "comp"], []],
    ["formats of a report", ["report", "latest", "--format", "j"], ["json", "junit"]],
    ["formats of the gate", ["gate", "--format", "g"], ["github"]],
    ["formats of a history", ["history", "a", "--format", "m"], ["markdown"]],
    ["a parameter that is a choice", ["run", "scrollback", "--by", ""], ["steps", "jumps"]],
    ["a number, which nobody knows", ["run", "quickstart", "--users", ""], []],
    ["a file, which the shell knows", ["gate", "--baseline", ""], []],
  ])("%s", async (_, words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});

test("arguments that are names", async () => {
  expect(await offered("report", "")).toEqual(["latest"]);
  expect(await offered("baseline", "")).toEqual(["save"]);
  expect(await offered("baseline", "save", "")).toEqual([]);
  expect(await offered("completion", "")).toEqual(["bash", "zsh"]);
  expect(await offered("compare", "insert-f")).toEqual(["insert-fanout"]);
  expect(await offered("compare", "quickstart", "--format", "h")).toEqual(["html"]);
  expect(await offered("trace", "http://127.0.0.1:4000/", "--format", "")).toEqual(["text", "json"]);
  expect(await offered("serve", "--mode", "k")).toEqual(["keyed"]);
});

test("where nothing is known nothing is offered", async () => {
  expect(await offered("nothing", "")).toEqual([]);
  expect(await offered("constructor", "")).toEqual([]);
  expect(await offered("run", "./my-scenario.mts", "x")).toEqual([]);
  expect(await offered()).toEqual(Object.keys(commands));
});
