import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { downloadChrome, oneLine, progressLines } from "../../../harness/browser/download-watch.ts";

/** Downloads with a program that does this instead. */
async function download(script: string, silenceMs = 10_000) {
  const folder = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const entryPath = join(folder, "download.mjs");
  await writeFile(entryPath, script);
  const said: string[] = [];
  const outcome = await downloadChrome({
    cacheDir: folder,
    say: (line) => said.push(line),
    silenceMs,
    entryPath,
  }).then(
    () => "installed",
    (error: Error) => error.message,
  );
  return { outcome, said };
}

const progress = (receivedBytes: number) =>
  `process.send({ kind: "progress", receivedBytes: ${receivedBytes}, totalBytes: 200e6 });`;

test("a download that works tells of its progress", async () => {
  expect(await download(`${progress(60e6)} ${progress(200e6)} process.send({ kind: "installed" });`)).toEqual(
    {
      outcome: "installed",
      said: ["Downloading puppeteer's Chrome", "Downloaded 25 % of 200 MB", "Downloaded 100 % of 200 MB"],
    },
  );
});

test.each([
  [
    "says why not",
    `process.send({ kind: "failed", reason: "ENOTFOUND\\n  at x" })`,
    10_000,
    "ENOTFOUND at x",
  ],
  ["ends without a word", "", 10_000, "ended without a word"],
  ["says nothing", "setInterval(() => {}, 1000)", 100, "no answer for 0.1 s"],
  // Long enough for a process to start on a busy machine.
  [
    "stands still",
    `${progress(60e6)} setInterval(() => {}, 1000)`,
    2000,
    "no progress after 60 of 200 MB for 2 s",
  ],
])("a download that %s has failed", async (_, script, silenceMs, reason) => {
  expect((await download(script, silenceMs)).outcome).toBe(reason);
});

test("each quarter is said once", () => {
  const said: string[] = [];
  const announce = progressLines((line) => said.push(line));
  for (const received of [0, 24, 25, 30, 49, 80, 100]) announce(received * 1e6, 100e6);
  expect(said).toEqual([
    "Downloaded 25 % of 100 MB",
    "Downloaded 75 % of 100 MB",
    "Downloaded 100 % of 100 MB",
  ]);
});

test("a reason of many lines is one, and not too long", () => {
  expect(oneLine("a\n  b\n")).toBe("a b");
  expect(oneLine("x".repeat(300))).toBe(`${"x".repeat(200)}...`);
});
