import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { withScenarioFile } from "../../../harness/commands/scenario-file.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const OWN = 'export const scenario = { kind: "load", name: "own" };';

test("a file among the words of run is a scenario, by the name that was typed", async () => {
  const cwd = folderWith({ "own.mjs": OWN });
  const found = await withScenarioFile(["run", "--quiet", "./own.mjs", "--users", "5"], {}, cwd);
  expect(await withScenarioFile(["compare", "./own.mjs"], {}, cwd)).toEqual(found);
  expect(found).toEqual({ "./own.mjs": { kind: "load", name: "own" } });
});

test("without one there are the scenarios that there were", async () => {
  const scenarios = {};
  expect(await withScenarioFile(["run", "quickstart", "--out", "../results"], scenarios, "/")).toBe(
    scenarios,
  );
  expect(await withScenarioFile(["compare", "a.json", "b/"], scenarios, "/")).toBe(scenarios);
  expect(await withScenarioFile(["replay", "frames.js"], scenarios, "/")).toBe(scenarios);
});

test.each([
  ["is not there", "./nowhere.mjs is not there"],
  ["has none", "./none.mjs has no scenario: export const scenario = defineScenario({ ... })"],
  ["breaks", "./breaks.mjs cannot be loaded: no such luck"],
])("a file that %s is refused in a line", async (what, message) => {
  const cwd = folderWith({
    "none.mjs": "export const a = 1;",
    "breaks.mjs": 'throw new Error("no such luck");',
  });
  const [, name = ""] = /^(\S+)/.exec(message) ?? [];
  await expect(withScenarioFile(["run", name], {}, cwd), what).rejects.toMatchObject({
    code: "scenario-file",
    message,
  });
});
