import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Axes, settingsOf } from "../../../../harness/commands/compare/settings.ts";
import { quickstart, services } from "../recorded-process.ts";

const settings = async (axes: Partial<Axes>, shared: readonly string[] = [], cwd = "/home/user") =>
  settingsOf(quickstart, { mode: [], target: [], vary: [], ...axes }, shared, {
    services: services(),
    cwd,
    scenarioName: "quickstart",
  });

const shown = async (...given: Parameters<typeof settings>) => {
  const { settings: all, problems } = await settings(...given);
  expect(problems).toEqual([]);
  return all.map(({ name, words }) => `${name}: ${words.join(" ")}`);
};

test("without anything said the modes are the scenario's", async () => {
  expect(await shown({})).toEqual(["stream: --mode=stream", "stateful: --mode=stateful"]);
});

test("modes are said once each, with commas or again, and what all share goes with each", async () => {
  expect(await shown({ mode: ["stream,keyed", "stream"] }, ["--users=5", "--rate=2"])).toEqual([
    "stream: --mode=stream --users=5 --rate=2",
    "keyed: --mode=keyed --users=5 --rate=2",
  ]);
  expect((await settings({ mode: ["all"] })).settings.map(({ name }) => name)).toEqual([
    "resend",
    "stateful",
    "keyed",
    "append",
    "stream",
    "components",
  ]);
});

test("values are combined, and a name has what differs alone", async () => {
  expect(await shown({ mode: ["stream"], vary: ["users=5,10"] })).toEqual([
    "users=5: --mode=stream --users=5",
    "users=10: --mode=stream --users=10",
  ]);
  expect(await shown({ mode: ["stream,keyed"], vary: ["users=5,10", "rate=2"] })).toEqual([
    "stream users=5: --mode=stream --users=5 --rate=2",
    "stream users=10: --mode=stream --users=10 --rate=2",
    "keyed users=5: --mode=keyed --users=5 --rate=2",
    "keyed users=10: --mode=keyed --users=10 --rate=2",
  ]);
});

test("a target is an address or a file, called by what tells it, and has the modes that it has", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "bench-settings-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, "staging.json"), "{}");
  const target = ["http://127.0.0.1:4000/rooms/1,http://127.0.0.1:4001/", "staging.json"];
  expect(await shown({ target }, [], cwd)).toEqual([
    "127.0.0.1:4000/rooms/1: --target=http://127.0.0.1:4000/rooms/1",
    "127.0.0.1:4001: --target=http://127.0.0.1:4001/",
    `staging: --config=${join(cwd, "staging.json")}`,
  ]);
  expect(await shown({ target: ["http://127.0.0.1:4000/rooms/1"] }, [], cwd)).toEqual([
    ": --target=http://127.0.0.1:4000/rooms/1",
  ]);
});

test("two that would be called the same are refused", async () => {
  const target = ["http://127.0.0.1:4000/", "https://127.0.0.1:4000/"];
  expect((await settings({ target })).problems).toEqual(["there are two variants 127.0.0.1:4000"]);
});
