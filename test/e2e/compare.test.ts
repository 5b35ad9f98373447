import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCompareReport } from "../../harness/core/compare-report.ts";
import { descendants, isAlive, saidOnStderr, startBench, temporaryFolder } from "./bench.ts";

test("two modes are run in turn, kept and compared, and what was kept is compared again", async () => {
  const folder = temporaryFolder();
  const words = ["--with=--users=2", "--with=--duration=200ms", "--repeat", "2", "--out", folder];
  const { exitCode, stdout, stderr } = await startBench("compare", "insert-fanout", ...words).ended;
  const said = stderr.split("\n").filter((line) => !line.includes(": void, once more: "));
  expect({ exitCode, stderr: said }).toEqual({
    exitCode: 0,
    // In this order by the seed.
    stderr: [
      "run 1 of 4: stream",
      expect.stringMatching(/^run 2 of 4: stateful, \d+ s left$/),
      expect.stringMatching(/^run 3 of 4: stream, \d+ s left$/),
      expect.stringMatching(/^run 4 of 4: stateful, \d+ s left$/),
      `Results: ${folder}`,
      `Report: ${join(folder, "comparison.html")}`,
      "",
    ],
  });
  expect(stdout).toMatch(/^insert-fanout · stream and stateful · 2 runs of each, in turn\n/);
  expect(stdout).toMatch(/\n {2}insert +\d+ +\d+ {3}stateful by \d+\.\d %\n/);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.includes(".")).toSorted()).toEqual([
    "comparison.html",
    "comparison.json",
    "order.txt",
    "stateful/01.json",
    "stateful/02.json",
    "stream/01.json",
    "stream/02.json",
  ]);
  const kept = join(folder, "comparison.json");
  const report = parseCompareReport(readFileSync(kept, "utf8"), kept);
  expect(report.order).toEqual({ seed: 1, turns: [0, 1, 0, 1] });
  const insert = report.figures.find(({ metric }) => metric === "payload.insert.bytes");
  expect(insert).toMatchObject({ exact: true, outcome: "best", best: [1], next: 0 });

  // The same figures, and in the order in which the runs were made.
  const again = await startBench("compare", folder, "--format", "json").ended;
  expect(again).toMatchObject({ exitCode: 0, stdout: readFileSync(kept, "utf8") });
});

test("Ctrl-C keeps the results so far, says where, and ends every process", async () => {
  const folder = temporaryFolder();
  const few = ["--with=--users=2", "--with=--duration=1s", "--with=--workers=1"];
  const words = [...few, "--repeat", "2", "--out", folder];
  const bench = startBench("compare", "insert-fanout", ...words);
  await saidOnStderr(bench, "run 2 of 4");
  const below = () => [...descendants(bench.child.pid ?? 0).keys()];
  // The run, its server and its users.
  await expect.poll(() => below().length).toBe(3);
  const pids = below();
  bench.child.kill("SIGINT");
  const { exitCode, stdout, stderr } = await bench.ended;
  expect({ exitCode, stdout, last: stderr.split("\n").slice(-3) }).toEqual({
    exitCode: 105,
    stdout: "",
    last: [`Results so far: ${folder}`, "bench: interrupted", ""],
  });
  expect(readdirSync(join(folder, "stream"))).toEqual(["01.json"]);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});
