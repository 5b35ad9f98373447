import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { main } from "../../../harness/main.ts";
import { fixedRun, minute, sizes } from "../gate/runs.ts";
import { recordedProcess, services } from "./recorded-process.ts";
import { resultFolder } from "./result-folder.ts";

const folder = resultFolder();

/** Runs `bench history` in the folder of the test. */
async function history(...words: readonly string[]) {
  const { proc, written } = recordedProcess(["history", ...words]);
  return { exitCode: await main({ ...proc, cwd: folder.path }, services()), ...written };
}

/** A run of a minute in which an insert took so many bytes, and an update always the same. */
function save(name: string, at: number, size: number, changes: Partial<RunResult> = {}): void {
  const metrics = [
    sizes("payload.insert.bytes", "stream", [size]),
    sizes("payload.update.bytes", "stream", [300]),
  ];
  folder.save(name, fixedRun(metrics, { startedAt: minute(at), ...changes }));
}

test("a folder of results is read, those in folders of it too, and what changed is told", async () => {
  save("results/b.json", 0, 539);
  save("results/main/a.json", 1, 539);
  save("results/c.json", 2, 544);
  expect(await history("results")).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `payload · seed 1 · 3 runs · 2026-01-02 03:00 UTC to 2026-01-02 03:02 UTC

2026-01-02 03:02 UTC, between the runs of 2026-01-02 03:01 UTC and 2026-01-02 03:02 UTC, which do
  not both say their commit
  worse     payload.insert.bytes
              stream 539 → 544 +5

Run by run: level since the last change (least–most)
  payload.insert.bytes{mode:stream}  ▁▁│█  544 (539–544)

1 figure the same in every run; --metric shows them

1 change in 3 runs; figures: 1 worse
`,
  });
});

test("as JSON there is everything", async () => {
  save("a.json", 0, 539);
  save("b.json", 1, 544);
  const { exitCode, stdout } = await history("a.json", "b.json", "--format", "json");
  const { histories, leftOut } = JSON.parse(stdout);
  expect([exitCode, leftOut, histories[0].changes[0].to]).toEqual([0, [], 1]);
});

test("one metric, or those that begin with a name", async () => {
  save("a.json", 0, 539);
  save("b.json", 1, 544);
  const shown = async (...words: readonly string[]) =>
    (await history(".", ...words)).stdout.match(/payload\.\w+\.bytes\{/g);
  expect(await shown("--metric", "payload.update.bytes")).toEqual(["payload.update.bytes{"]);
  expect(await shown("--metric", "payload.insert")).toEqual(["payload.insert.bytes{"]);
  expect(await shown("--metric", "payload.insert", "--metric", "payload.update")).toHaveLength(2);
});

test("from a day or a time on", async () => {
  save("a.json", 0, 539);
  save("b.json", 5, 544);
  const runs = async (since: string) => (await history(".", "--since", since)).stdout.split("\n")[0];
  expect(await runs("2026-01-02")).toContain("2 runs");
  expect(await runs("2026-01-02T03:05Z")).toContain("1 run ·");
});

test("a run that is there twice counts once, by the time at which it began", async () => {
  save("a.json", 0, 539);
  save("copy/a.json", 0, 539);
  expect((await history(".")).stdout.split("\n")[0]).toContain("1 run ·");
});

test("what is no result, of another version, or not to be believed is said and left out", async () => {
  save("a.json", 0, 539);
  save("void.json", 1, 600, { verdict: "void", generator: { ...fixedRun([]).generator, reasons: ["busy"] } });
  folder.write("old.json", JSON.stringify({ schemaVersion: 2 }));
  folder.write("text.json", "no JSON");
  folder.write("a/frames.json", "{}");
  folder.write("a/comparison.json", "{}");
  const { exitCode, stdout } = await history(".");
  expect({ exitCode, end: stdout.split("\n\n\n")[1] }).toEqual({
    exitCode: 0,
    end: `Left out: 3 files
  old.json is not a run result: its schemaVersion is 2 and this bench reads 3. Run the scenario
    again.
  text.json is not a run result: it is not JSON. Give it a file that \`bench run\` wrote.
  void.json: it is void: busy
`,
  });
});

describe("what cannot be used is said, with exit code 104:", () => {
  const refused = async (...words: readonly string[]) => {
    const { exitCode, stdout, stderr } = await history(...words);
    expect([exitCode, stdout]).toEqual([104, ""]);
    return stderr.replaceAll(`${folder.path}/`, "");
  };

  test("no results at all", async () => {
    mkdirSync(join(folder.path, "empty"));
    expect(await refused("empty")).toBe("bench: there is no result, which ends in .json\n");
    expect(await refused("nowhere")).toMatch(/^bench: nowhere cannot be read: ENOENT/);
    expect(await refused()).toBe("bench: history needs results: bench history bench-results\n");
  });

  test("only such as are left out", async () => {
    folder.write("old.json", JSON.stringify({ schemaVersion: 2 }));
    expect(await refused(".")).toMatch(/^bench: old\.json is not a run result: its schemaVersion is 2/);
  });

  test("none since then", async () => {
    save("a.json", 0, 539);
    expect(await refused(".", "--since", "2026-02-01")).toBe("bench: all runs are from before --since: 1\n");
  });

  test("a day that is none", async () => {
    expect(await refused(".", "--since", "yesterday")).toBe(
      'bench: --since must be a day, as 2026-01-31, or a time, as 2026-01-31T12:00Z, not "yesterday"\n',
    );
    expect(await refused(".", "--since", "2026-13-01")).toContain('not "2026-13-01"');
  });

  test("a metric that is in no history", async () => {
    save("a.json", 0, 539);
    expect(await refused(".", "--metric", "payload.insrt.bytes")).toBe(
      "bench: --metric payload.insrt.bytes is in no history; did you mean payload.insert.bytes?\n",
    );
    expect(await refused(".", "--metric", "generator")).toBe(
      "bench: --metric generator is in no history; there is payload.insert, payload.update\n",
    );
  });
});
