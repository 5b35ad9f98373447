import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../harness/main.ts";
import { recordedProcess, services } from "../harness/commands/recorded-process.ts";
import { onlyResultPath, startBench, temporaryFolder } from "./bench.ts";

const BASELINE = "reports/baselines/payload.json";

test("the reference server sends the very bytes of its baseline, and one byte more is caught and named", async () => {
  const folder = temporaryFolder();
  const run = await startBench("run", "payload", "--history", "10", "--quiet", "--out", folder).ended;
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: "" });
  const path = onlyResultPath(folder);
  const same = await startBench("gate", path, "--baseline", BASELINE).ended;
  expect(same).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(/\nPASSED: \d+ exact metrics the same to the byte, exit code 0\n$/),
  });

  const result = JSON.parse(readFileSync(path, "utf8"));
  const metric = result.metrics.find(
    ({ name, mode }: { name: string; mode: string }) =>
      name === "payload.insert.one_10.bytes" && mode === "stream",
  );
  const was = metric.values.max;
  metric.values = { count: 1, min: was + 1, max: was + 1, sum: was + 1, mean: was + 1 };
  metric.sizes = [{ value: was + 1, count: 1 }];
  writeFileSync(path, JSON.stringify(result));
  const { exitCode, stdout } = await startBench("gate", path, "--baseline", BASELINE).ended;
  expect(exitCode).toBe(99);
  expect(stdout).toContain(`payload.insert.one_10.bytes\n      stream ${was} → ${was + 1} +1\n`);
});

test("a commit and the working copy are run in turn, each in its folder, and nothing is left behind", async () => {
  const repository = temporaryFolder();
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...words], {
      cwd: repository,
      encoding: "utf8",
    });
  const app = join(repository, "app");
  mkdirSync(app);
  writeFileSync(join(app, "accounts.json"), "[]");
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "an application");
  const argv = ["gate", "--base", "HEAD", "--scenario", "payload", "--repeat", "1"];
  const { proc, written } = recordedProcess([...argv, "--with=--history=10", "--with=--mode=stream"]);
  const exitCode = await main({ ...proc, env: process.env, cwd: app }, services());
  expect({ exitCode, last: written.stdout.trim().split("\n").at(-1) }).toEqual({
    exitCode: 0,
    last: expect.stringMatching(/^PASSED: \d+ exact metrics the same to the byte, exit code 0$/),
  });
  expect(written.stderr.split("\n").toSorted()).toEqual([
    "",
    expect.stringMatching(/^base: HEAD, [0-9a-f]{12}$/),
    "base: run 1 of 1",
    "head: run 1 of 1",
  ]);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(readdirSync(app)).toEqual(["accounts.json"]);
});
