import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { doAction, readAction } from "../action/composite-action.ts";
import { startBench, temporaryFolder } from "./bench.ts";

const ROOT = join(import.meta.dirname, "../..");
const action = readAction(join(ROOT, "action.yml"));

test("a run is held to a baseline, shown, kept, its verdict told, and the commit that it was of", async () => {
  const workspace = temporaryFolder();
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...words], {
      cwd: workspace,
      encoding: "utf8",
    });
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "--message", "Begin");
  const inputs = { scenario: "payload", options: "--history 10\n--mode=stream" };
  const folders = { workspace, actionPath: ROOT };
  const begun = git("rev-parse", "HEAD").slice(0, 7);
  const first = doAction(action, { ...inputs, "node-version": "" }, folders);
  expect({ exitCode: first.exitCode, verdict: first.outputs.verdict }, first.log).toEqual({
    exitCode: 0,
    verdict: "passed",
  });
  const { result = "", report = "" } = first.outputs;
  expect([existsSync(result), existsSync(report), basename(report)]).toEqual([
    true,
    true,
    basename(result).replace(/json$/, "html"),
  ]);
  expect(first.used).toEqual([
    { uses: "actions/upload-artifact@v4", name: "bench-report", path: `${result}\n${report}\n` },
  ]);
  expect(first.summary).toContain("## ✅ payload: PASSED");
  expect(first.log).toContain("::notice title=payload");

  const baseline = join(workspace, "payload.json");
  await startBench("baseline", "save", result, "--out", baseline).ended;
  const insert = /"metric":"payload.insert.one_10.bytes".*?"min":(\d+),"max":\1,"sum":\1/;
  const text = readFileSync(baseline, "utf8");
  const [line = "", size = ""] = insert.exec(text) ?? [];
  writeFileSync(baseline, text.replace(line, line.replaceAll(size, String(Number(size) - 1))));
  git("commit", "--quiet", "--allow-empty", "--message", "Go on");
  const second = doAction(action, { ...inputs, baseline: "payload.json" }, folders);
  expect({ exitCode: second.exitCode, verdict: second.outputs.verdict }, second.log).toEqual({
    exitCode: 99,
    verdict: "regression",
  });
  expect(second.used[0]).toEqual({ uses: "actions/setup-node@v5", "node-version": "24" });
  expect(second.log).toContain("::error title=payload.insert.one_10.bytes::stream");
  expect(second.summary.split("\n")[0]).toBe("### ❌ `payload`: regressed");

  const history = await startBench("history", result, second.outputs.result ?? "").ended;
  const [facts = "", ...lines] = history.stdout.trim().split("\n");
  expect({ stderr: history.stderr, last: lines.at(-1) }).toEqual({ stderr: "", last: "No change in 2 runs" });
  expect(facts).toContain(` · 2 runs · `);
  expect(facts).toContain(` · ${begun} to ${git("rev-parse", "HEAD").slice(0, 7)}`);
});

/** An action whose `bench` does nothing but end as it is told, in the place where the installed package has it. */
function pretended(run: number, gate = 0): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "dist/harness"), { recursive: true });
  writeFileSync(
    join(folder, "dist/harness/bin.js"),
    `const { writeFileSync } = require("node:fs");
    const [command, , , folder, ...words] = process.argv.slice(2);
    if (command === "run" && ${run} < 100) writeFileSync(folder + "/result.json", "{}");
    console.log("did", command, ...words);
    process.exitCode = { run: ${run}, gate: ${gate} }[command] ?? 0;`,
  );
  return folder;
}

describe("what makes it fail, and with which exit code:", () => {
  test.each<[run: number, gate: number, inputs: Record<string, string>, exitCode: number, verdict: string]>([
    [0, 0, { baseline: "b.json" }, 0, "passed"],
    [97, 0, {}, 97, "void"],
    [97, 0, { "fail-on": "incorrect,threshold" }, 0, "void"],
    [98, 0, { baseline: "b.json" }, 98, "incorrect"],
    [99, 99, { baseline: "b.json" }, 99, "threshold"],
    [99, 99, { baseline: "b.json", "fail-on": "regression" }, 99, "threshold"],
    [99, 0, { baseline: "b.json", "fail-on": "void\nregression" }, 0, "threshold"],
    [0, 99, { baseline: "b.json", "fail-on": "" }, 0, "regression"],
    [0, 104, { baseline: "b.json" }, 104, ""],
    [104, 0, {}, 104, ""],
  ])("run %d and gate %d with %j end with %d", (run, gate, inputs, exitCode, verdict) => {
    const folders = { workspace: temporaryFolder(), actionPath: pretended(run, gate) };
    const done = doAction(action, { scenario: "quickstart", ...inputs }, folders);
    expect({ exitCode: done.exitCode, verdict: done.outputs.verdict }, done.log).toEqual({
      exitCode,
      verdict,
    });
  });
});

test("fail-on that is no such thing is refused before anything is run", () => {
  const folders = { workspace: temporaryFolder(), actionPath: pretended(0) };
  const done = doAction(action, { scenario: "quickstart", "fail-on": "regresion" }, folders);
  expect({ exitCode: done.exitCode, log: done.log }).toEqual({
    exitCode: 104,
    log: "::error::fail-on cannot be regresion; it takes incorrect, threshold, regression and void\n",
  });
});

test("words with spaces, quotes and stars reach bench as they are, and nothing of them is run", () => {
  const workspace = temporaryFolder();
  const options = "--threshold dom.mismatches:value==0 * $(touch made)\n--quiet";
  const done = doAction(action, { scenario: "quickstart", options }, { workspace, actionPath: pretended(0) });
  expect(done.log).toContain("did run --threshold dom.mismatches:value==0 * $(touch made) --quiet\n");
  expect(existsSync(join(workspace, "made"))).toBe(false);
});

test("without a summary and an artifact there are none", () => {
  const folders = { workspace: temporaryFolder(), actionPath: pretended(0) };
  const inputs = { scenario: "quickstart", baseline: "b.json", summary: "false", artifact: "" };
  const done = doAction(action, inputs, folders);
  expect([done.exitCode, done.summary, done.used.map(({ uses }) => uses)]).toEqual([
    0,
    "",
    ["actions/setup-node@v5"],
  ]);
});

test("where bench is a repository, what it needs is installed first", () => {
  const actionPath = temporaryFolder();
  mkdirSync(join(actionPath, "harness"));
  writeFileSync(join(actionPath, "harness/bin.ts"), "");
  writeFileSync(join(actionPath, "package.json"), '{"name":"bench","version":"1.0.0"}');
  writeFileSync(
    join(actionPath, "package-lock.json"),
    '{"name":"bench","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"bench","version":"1.0.0"}}}',
  );
  const prepare = { ...action, runs: { steps: action.runs.steps.filter(({ id }) => id === "prepare") } };
  const done = doAction(prepare, { scenario: "quickstart" }, { workspace: temporaryFolder(), actionPath });
  expect(done.exitCode, done.log).toBe(0);
  expect(done.log).toContain("up to date");
});
