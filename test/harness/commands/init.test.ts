import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { START_FILES } from "../../../harness/commands/init/files.ts";
import { parseTargetConfig } from "../../../harness/target/read-config.ts";
import { bench } from "./recorded-process.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

const textOf = (name: string) => START_FILES.find(({ path }) => path.endsWith(name))?.text ?? "";

test("each file is written, and said with what it is for", async () => {
  const dir = folder();
  const { exitCode, stdout } = await bench(["init", "--dir", dir]);
  expect(exitCode).toBe(0);
  for (const { path, text, what } of START_FILES) {
    expect(readFileSync(join(dir, path), "utf8")).toBe(text);
    expect(stdout).toContain(`${path}: ${what}\n`);
  }
});

test("what is there is not written over unasked, and nothing else is written then", async () => {
  const dir = folder();
  await bench(["init", "--dir", dir]);
  const [first, ...others] = START_FILES.map(({ path }) => join(dir, path)) as [string, ...string[]];
  for (const other of others) rmSync(other);
  writeFileSync(first, "mine");
  const refused = await bench(["init", "--dir", dir]);
  expect(refused).toMatchObject({
    exitCode: 104,
    stderr: "bench: bench/target.json: there already; --force writes over them, and nothing was written\n",
  });
  expect([readFileSync(first, "utf8"), others.filter((other) => existsSync(other))]).toEqual(["mine", []]);
  expect(await bench(["init", "--dir", dir, "--force"])).toMatchObject({ exitCode: 0 });
  expect(readFileSync(first, "utf8")).not.toBe("mine");
});

test("the config is one, and the workflow runs what is written beside it", () => {
  expect(parseTargetConfig(textOf("target.json"), "/srv/chat/bench/target.json").start?.cwd).toBe(
    "/srv/chat",
  );
  const { jobs } = parse(textOf("bench.yml"));
  const steps: { readonly run?: string; readonly uses?: string; readonly with?: object }[] = jobs.bench.steps;
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
    "npm ci",
    "npx bench doctor --config bench/target.json",
  ]);
  expect(steps.at(-1)).toEqual({
    uses: "./node_modules/chat-diff-bench",
    with: { scenario: "bench/chat.mts", options: "--config bench/target.json" },
  });
  expect(validateWorkflow(textOf("bench.yml")).errors).toEqual([]);
});
