import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseRunResult } from "../../../harness/core/run-result.ts";
import { ResultFile } from "../../../harness/run/result-file.ts";
import { passedResult } from "../../reports/sample-result.ts";

const STARTED_AT = "2026-01-02T03:04:05.678Z";
const NAME = "small-2026-01-02T03-04-05Z.json";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-result-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a result has a file of its own, named after scenario and start, in a folder that is made for it", () => {
  const folder = join(temporaryFolder(), "to", "results");
  const file = new ResultFile(folder, "small", STARTED_AT);
  expect(file.path).toBe(join(folder, NAME));
  expect(readdirSync(folder)).toEqual([]);
  file.write(passedResult);
  expect(parseRunResult(readFileSync(file.path, "utf8"), file.path)).toEqual(passedResult);
});

test("a result that is written again replaces the one before, which whoever reads it has in full", () => {
  const folder = temporaryFolder();
  const file = new ResultFile(folder, "small", STARTED_AT);
  file.write({ ...passedResult, durationMs: 1 });
  const reader = openSync(file.path, "r");
  file.write({ ...passedResult, durationMs: 2 });
  const durations = [reader, file.path].map((from) => JSON.parse(readFileSync(from, "utf8")).durationMs);
  expect(durations).toEqual([1, 2]);
  expect(readdirSync(folder)).toEqual([NAME]);
});

test("a folder that cannot be made is refused before anything is run", () => {
  const taken = join(temporaryFolder(), "taken");
  writeFileSync(taken, "");
  expect(() => new ResultFile(taken, "small", STARTED_AT)).toThrow(
    expect.objectContaining({
      code: "cannot-write-result",
      exitCode: 104,
      message: expect.stringMatching(/^results cannot be written to .*taken: EEXIST.* Say where by --out\.$/),
    }),
  );
});

test("a folder in which nothing can be written is refused before anything is run", () => {
  const folder = temporaryFolder();
  // Permissions do not stop root; a folder in the way stops everybody.
  mkdirSync(join(folder, `${NAME}.unfinished`));
  expect(() => new ResultFile(folder, "small", STARTED_AT)).toThrow(
    expect.objectContaining({ code: "cannot-write-result", exitCode: 104 }),
  );
});

test("a folder that is gone by the end is told as one line", () => {
  const folder = join(temporaryFolder(), "results");
  const file = new ResultFile(folder, "small", STARTED_AT);
  rmSync(folder, { recursive: true });
  expect(() => file.write(passedResult)).toThrow(
    expect.objectContaining({
      code: "cannot-write-result",
      message: expect.stringContaining(`results cannot be written to ${folder}: ENOENT`),
    }),
  );
});
