import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
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
