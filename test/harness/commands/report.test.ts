import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeHtmlBeside } from "../../../harness/commands/report/html-beside.ts";
import { picturesOf } from "../../../harness/commands/report/pictures.ts";
import { type RunResult, serializeRunResult } from "../../../harness/core/run-result.ts";
import { main } from "../../../harness/main.ts";
import { REPORTS } from "../../../reports/index.ts";
import { REPORT_NAMES } from "../../../reports/report-names.ts";
import { PIXEL } from "../../reports/charted-result.ts";
import { failedResult } from "../../reports/sample-failure.ts";
import { passedResult } from "../../reports/sample-result.ts";
import { recordedProcess, services } from "./recorded-process.ts";

const PICTURE = "quickstart-2026-01-02T03-04-05Z/stream-chrome-1.png";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-report-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "bench-results"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "bench-results", name), text);
  return folder;
}

async function benchIn(cwd: string, ...argv: readonly string[]) {
  const { proc, written } = recordedProcess(argv);
  return { exitCode: await main({ ...proc, cwd }, services()), ...written };
}

test.each(REPORT_NAMES.filter((name) => name !== "html"))("a result is rendered as %s", async (format) => {
  const folder = folderWith({ "a.json": serializeRunResult(failedResult) });
  const { exitCode, stdout, stderr } = await benchIn(
    folder,
    "report",
    "bench-results/a.json",
    "--format",
    format,
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toBe(REPORTS[format].render(failedResult, { columns: 100 }));
});

test("HTML goes beside the result, and its path is printed", async () => {
  const folder = folderWith({ "a.json": serializeRunResult(passedResult) });
  const { stdout } = await benchIn(folder, "report", "bench-results/a.json");
  const path = join(folder, "bench-results/a.html");
  expect(stdout).toBe(`${path}\n`);
  expect(readFileSync(path, "utf8")).toBe(REPORTS.html.render(passedResult));
});

test("a report goes where it is told to", async () => {
  const folder = folderWith({ "a.json": serializeRunResult(passedResult) });
  const given = ["report", "bench-results/a.json", "--format", "junit", "--out", "junit.xml"];
  expect(await benchIn(folder, ...given)).toEqual({
    exitCode: 0,
    stdout: `${join(folder, "junit.xml")}\n`,
    stderr: "",
  });
  expect(readFileSync(join(folder, "junit.xml"), "utf8")).toBe(REPORTS.junit.render(passedResult));
  expect(existsSync(join(folder, "bench-results/a.html"))).toBe(false);
});

test("the latest is the one that began last, whatever its scenario", async () => {
  const named = (scenario: string): string => serializeRunResult({ ...passedResult, scenario });
  const folder = folderWith({
    "quickstart-2026-01-02T03-04-05Z.json": named("first"),
    "edits-2026-01-03T03-04-05Z.json": named("last"),
    "zebra-2025-12-31T23-59-59Z.json": named("before"),
    "notes.json": "{}",
  });
  const { stdout } = await benchIn(folder, "report", "latest", "--format", "csv");
  expect(stdout.split("\r\n")[1]).toMatch(/^last,/);
});

test("where there is no result, or none that can be read, it is said", async () => {
  const folder = folderWith({ "a.json": "{}" });
  expect(await benchIn(folder, "report", "latest")).toMatchObject({
    exitCode: 104,
    stderr: `bench: there is no result in ${folder}/bench-results. Run a scenario first, or name a file.\n`,
  });
  expect(await benchIn(folder, "report", "b.json")).toMatchObject({
    exitCode: 104,
    stderr: expect.stringMatching(/^bench: \S+\/b\.json cannot be read: ENOENT/),
  });
  expect(await benchIn(folder, "report", "bench-results/a.json")).toMatchObject({
    exitCode: 104,
    stderr: expect.stringContaining("a.json is not a run result: it has no schemaVersion"),
  });
  expect(await benchIn(folder, "report", "latest", "--format", "pdf")).toMatchObject({
    exitCode: 104,
    stderr: expect.stringContaining("--format"),
  });
});

test("pictures beside the result stand in its report, once", () => {
  const folder = join(folderWith({}), "bench-results");
  mkdirSync(join(folder, "quickstart-2026-01-02T03-04-05Z"));
  writeFileSync(join(folder, PICTURE), Buffer.from(PIXEL, "base64"));
  const path = writeHtmlBeside(failedResult, join(folder, "a.json"));
  expect(path).toBe(join(folder, "a.html"));
  expect(readFileSync(path, "utf8").split(`src="data:image/png;base64,${PIXEL}"`)).toHaveLength(2);
});

test("what is no picture in the result's own folder, or too large, stays out of it", () => {
  const folder = folderWith({ "secret.png": "no picture" });
  const pixel = Buffer.from(PIXEL, "base64");
  writeFileSync(join(folder, "outside.png"), pixel);
  writeFileSync(join(folder, "bench-results/large.png"), Buffer.concat([pixel, Buffer.alloc(500_000)]));
  writeFileSync(join(folder, "bench-results/good.png"), pixel);
  const at = (screenshot: string) => ({ ...failedResult.checks.failures[0], screenshot });
  const names = [
    "../outside.png",
    join(folder, "outside.png"),
    "secret.png",
    "large.png",
    "none.png",
    "good.png",
  ];
  const result = {
    ...failedResult,
    checks: { ...failedResult.checks, failures: names.map(at) },
  } as RunResult;
  expect([...picturesOf(result, join(folder, "bench-results/a.json")).keys()]).toEqual(["good.png"]);
});

test("a link out of the result's folder is not followed", () => {
  const folder = folderWith({});
  writeFileSync(join(folder, "outside.png"), Buffer.from(PIXEL, "base64"));
  symlinkSync(join(folder, "outside.png"), join(folder, "bench-results/link.png"));
  const failures = [{ ...failedResult.checks.failures[0], screenshot: "link.png" }];
  const result = { ...failedResult, checks: { ...failedResult.checks, failures } } as RunResult;
  expect(picturesOf(result, join(folder, "bench-results/a.json")).size).toBe(0);
});
