import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { main } from "../../../harness/main.ts";
import { fixedRun, latencies, minute, sizes, timedRun } from "../gate/runs.ts";
import { bench, recordedProcess, services } from "./recorded-process.ts";
import { resultFolder } from "./result-folder.ts";

const insert = (size: number) => fixedRun([sizes("payload.insert.bytes", "stream", [size])]);

const folder = resultFolder();

async function savedBaseline(run: RunResult): Promise<string> {
  const path = join(folder.path, "baselines", "payload.json");
  expect((await bench(["baseline", "save", folder.save("base.json", run), "--out", path])).exitCode).toBe(0);
  return path;
}

test("a baseline is saved, and what is the same passes", async () => {
  const file = join(folder.path, "new", "payload.json");
  const run = folder.save("run.json", insert(539));
  expect(await bench(["baseline", "save", run, "--out", file])).toEqual({
    exitCode: 0,
    stdout: `${file}: 1 exact metric of 1 run\n`,
    stderr: "",
  });
  const { exitCode, stdout } = await bench(["gate", run, "--baseline", file]);
  expect({ exitCode, last: stdout.trim().split("\n").at(-1) }).toEqual({
    exitCode: 0,
    last: "PASSED: 1 exact metric the same to the byte, exit code 0",
  });
});

test("a byte more is a regression, in every format", async () => {
  const file = await savedBaseline(insert(539));
  const run = folder.save("run.json", insert(540));
  const gate = (...more: readonly string[]) => bench(["gate", run, "--baseline", file, ...more]);
  const text = await gate();
  expect({ exitCode: text.exitCode, last: text.stdout.trim().split("\n").slice(-2) }).toEqual({
    exitCode: 99,
    last: [
      "REGRESSED: 1 of 1 exact metric grew, as payload.insert.bytes{mode:stream}: 539 → 540 bytes, +1, exit",
      "  code 99",
    ],
  });
  const json = await gate("--format", "json");
  expect([json.exitCode, JSON.parse(json.stdout).exact[0].outcome]).toEqual([99, "regressed"]);
  expect((await gate("--format", "markdown")).exitCode).toBe(99);
  expect(await gate("--format", "github")).toMatchObject({ exitCode: 99, stderr: "" });
});

test("in a step of GitHub Actions the table goes on its page as well", async () => {
  const file = await savedBaseline(insert(539));
  const summary = join(folder.path, "summary.md");
  writeFileSync(summary, "before\n");
  const argv = ["gate", folder.save("run.json", insert(540)), "--baseline", file, "--format", "github"];
  const { proc } = recordedProcess(argv);
  expect(await main({ ...proc, env: { GITHUB_STEP_SUMMARY: summary } }, services())).toBe(99);
  expect(readFileSync(summary, "utf8").split("\n").slice(0, 2)).toEqual([
    "before",
    "### ❌ `payload`: regressed",
  ]);
});

test("--update says what changed, writes the file anew, and then it passes", async () => {
  const file = await savedBaseline(insert(539));
  const run = folder.save("run.json", insert(540));
  const update = await bench(["gate", run, "--baseline", file, "--update"]);
  expect(update.exitCode).toBe(0);
  expect(update.stdout).toContain("stream 539 → 540 +1\n");
  expect(update.stdout).toContain("Written anew: 1 exact metric of 1 run\n");
  expect((await bench(["gate", run, "--baseline", file])).exitCode).toBe(0);
});

test("repeats in folders are compared in turn", async () => {
  for (let at = 0; at < 9; at++) {
    for (const [side, name] of ["base", "head"].entries()) {
      const slow = latencies("latency.insert.frame", "stream", 10_000 + side * 600 + at, 50_000);
      folder.save(join(name, `${at}.json`), timedRun([slow], { startedAt: minute(2 * at + side) }));
    }
  }
  const { exitCode, stdout } = await bench([
    "gate",
    join(folder.path, "head"),
    "--baseline",
    join(folder.path, "base"),
  ]);
  expect({ exitCode, last: stdout.trim().split("\n").at(-1) }).toEqual({
    exitCode: 99,
    last: "REGRESSED: latency.insert.frame{mode:stream} p50 rose by 6.0 %, exit code 99",
  });
});

describe("what cannot be used is told, all of it at once, with exit code 104:", () => {
  test("files", async () => {
    const nothing = join(folder.path, "nothing.json");
    const noResult = join(folder.path, "no-result.json");
    writeFileSync(noResult, "{}");
    const { exitCode, stderr } = await bench(["gate", nothing, noResult, "--baseline", noResult]);
    expect(exitCode).toBe(104);
    expect(stderr.split("\n")).toEqual([
      "bench: 3 problems:",
      expect.stringMatching(/^ {2}.+nothing\.json cannot be read: ENOENT/),
      `  ${noResult} is not a run result: it has no schemaVersion. Give it a file that \`bench run\` wrote.`,
      `  ${noResult} is not a baseline: it has no baselineVersion. Make one by \`bench baseline save\`.`,
      "",
    ]);
  });

  test("runs that are not fit", async () => {
    const run = insert(539);
    const paths = [
      folder.save("void.json", {
        ...run,
        verdict: "void",
        exitCode: 97,
        generator: { ...run.generator, believable: false, reasons: ["too late"] },
      }),
      folder.save("early.json", { ...run, verdict: "interrupted", exitCode: 105, endedBy: "SIGINT" }),
      folder.save("wrong.json", {
        ...run,
        verdict: "failed",
        exitCode: 98,
        checks: { ...run.checks, failed: 2 },
      }),
      folder.save("other.json", { ...run, seed: 2 }),
    ];
    const { exitCode, stderr } = await bench([
      "baseline",
      "save",
      ...paths,
      "--out",
      join(folder.path, "b.json"),
    ]);
    expect(exitCode).toBe(104);
    expect(stderr.split("\n").map((line) => line.replaceAll(`${folder.path}/`, ""))).toEqual([
      "bench: 4 problems:",
      "  void.json cannot be used: it is void: too late",
      "  early.json cannot be used: it ended before its end: SIGINT",
      "  wrong.json cannot be used: it failed 2 of 3228 checks: what wrong pages cost is no figure",
      "  other.json is no repeat of void.json: seed: 1 and 2",
      "",
    ]);
  });

  test("a run that was run otherwise than the baseline", async () => {
    const file = await savedBaseline(insert(539));
    const run = insert(539);
    const [step] = run.configuration.steps;
    const other = { ...run, configuration: { ...run.configuration, users: 7, steps: step ? [step] : [] } };
    const { exitCode, stderr } = await bench(["gate", folder.save("run.json", other), "--baseline", file]);
    expect(exitCode).toBe(104);
    expect(stderr.split("\n")).toEqual([
      "bench: 3 problems:",
      "  the baseline and the run were not run alike: users: 200 and 7",
      '  the baseline and the run were not run alike: step 2: {"kind":"delete","ratePerSec":5,"durationMs":1000} and none',
      '  the baseline and the run were not run alike: step 3: {"kind":"scrollback","pages":2} and none',
      "",
    ]);
  });

  test.each([
    [["gate", "run.json"], "bench: gate needs --baseline; make one by bench baseline save\n"],
    [
      ["gate", "run.json", "--baseline", "b", "--format", "tex"],
      'bench: --format cannot be "tex"; did you mean text?\n',
    ],
    [
      ["baseline", "safe", "run.json"],
      "bench: bench baseline cannot safe; did you mean save?; it can save\n",
    ],
    [
      ["baseline", "save"],
      "bench: baseline needs runs: bench baseline save bench-results/payload-2026-01-02T03-04-05Z.json\n",
    ],
    [["gate", "--baseline", "b"], "bench: gate needs runs: bench gate run.json --baseline FILE\n"],
    [
      ["gate", "run.json", "--baseline", "b", "--scenario", "payload", "--repeat", "3", "--with=--users=5"],
      [
        "bench: 3 problems:",
        "  --scenario is for --base alone",
        "  --repeat is for --base alone",
        "  --with is for --base alone",
        "",
      ].join("\n"),
    ],
    [["gate", "--base", "main"], "bench: --base needs --scenario, which is run\n"],
    [
      ["gate", "run.json", "--base", "main", "--baseline", "b", "--scenario", "payload", "--update"],
      [
        "bench: 3 problems:",
        "  --base and --baseline cannot both be compared with",
        "  --base makes the runs itself, and takes none",
        "  --base has no file that --update could write",
        "",
      ].join("\n"),
    ],
  ])("%j", async (argv, said) => {
    const { exitCode, stderr } = await bench(argv);
    expect({ exitCode, stderr: stderr.slice(0, said.length) }).toEqual({ exitCode: 104, stderr: said });
  });
});
