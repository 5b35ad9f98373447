import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type RecordedViewer, serializeRecordings } from "../../../harness/core/recording.ts";
import { bench } from "./recorded-process.ts";

const AT_US = Date.UTC(2026, 0, 2, 3, 4, 5) * 1000;
const item = (id: string, content: string) => ({ id, fields: { content } });
const keyed = (items: readonly (readonly [string, string])[]) => {
  const entries = items.map(([id, content], index) => [index, { "0": id, "1": content }]);
  return { ...Object.fromEntries(entries), kc: items.length };
};
const frame = (seconds: number, items: Parameters<typeof keyed>[0]) => ({
  event: "diff" as const,
  payloadText: JSON.stringify({ "0": { k: keyed(items) } }),
  receivedUs: AT_US + seconds * 1_000_000,
});

/** One who was sent `b`, and then `b` with another text. */
const viewer: RecordedViewer = {
  who: "user-0007",
  kind: "user",
  mode: "stateful",
  step: "2 update",
  list: { container: "#messages", fields: { content: "b" } },
  base: {
    after: "checkpoint",
    atUs: AT_US,
    viewId: "phx-1",
    rendered: {
      s: ['<div id="messages">', "</div>"],
      "0": { s: ['<p id="', '"><b>', "</b></p>"], k: keyed([["a", "one"]]) },
    },
    diffs: [],
  },
  frames: [
    frame(0.25, [
      ["a", "one"],
      ["b", "two"],
    ]),
    frame(1.5, [
      ["a", "one"],
      ["b", "twO"],
    ]),
  ],
  cutOff: null,
  expected: [item("a", "one"), item("b", "two")],
  actual: [item("a", "one"), item("b", "twO")],
};

function fileOf(...viewers: readonly RecordedViewer[]): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "frames.json");
  writeFileSync(path, serializeRecordings(viewers, { scenario: "small", startedAt: "2026-01-02T03:04:05Z" }));
  return path;
}

test("a replay tells each frame with the list after it, and marks the one that did it", async () => {
  const { exitCode, stdout, stderr } = await bench(["replay", fileOf(viewer), "--no-browser"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 98, stderr: "" });
  expect(stdout).toBe(`user-0007 · stateful · 2 update
2 frames since the check at 2026-01-02T03:04:05.000Z

  frame       after  event      what it did                           the list behind it
      0                                                               1: a … a
      1    +0.250 s  diff       insert +b                             2: a … b
>     2    +1.500 s  diff       update ~b                             2: a … b

In the end the list is not what was expected: different text in field content of b at index 1:
expected "two", got "twO"
         expected                                      actual
      0  a · "one"                                     a · "one"
>     1  b · "two"                                     b · "twO"
The first frame after which it is so is 2 of 2:
    {"0":{"k":{"0":{"0":"a","1":"one"},"1":{"0":"b","1":"twO"},"kc":2}}}
REPRODUCED
`);
});

test("where the list ends as it was expected nothing was reproduced", async () => {
  const right = { ...viewer, expected: viewer.actual };
  const { exitCode, stdout } = await bench(["replay", fileOf(right), "--no-browser"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\nIn the end the list is what was expected\.\nNOT REPRODUCED\n$/);
});

test("what no frame did is said, and a frame that breaks an invariant on the way is reproduced too", async () => {
  const lost = { ...viewer, expected: [...viewer.actual, item("c", "three")] };
  const { stdout } = await bench(["replay", fileOf(lost), "--no-browser"]);
  expect(stdout).toContain("No frame did that: none of the 2 frames brought c.\n");

  const [first] = viewer.frames;
  if (first === undefined) throw new Error("no frame");
  const twice = frame(1, [
    ["a", "one"],
    ["a", "one"],
  ]);
  const recovered = { ...viewer, frames: [twice, first], expected: [item("a", "one"), item("b", "two")] };
  const replayed = await bench(["replay", fileOf(recovered), "--no-browser"]);
  expect(replayed.exitCode).toBe(98);
  expect(replayed.stdout).toContain("        breaks an invariant: duplicate-id, a\n");
  expect(replayed.stdout).toContain("In the end the list is what was expected.\n");
});

test("a frame that does not fit ends the replay early", async () => {
  const misfit = { ...viewer, frames: [{ ...frame(1, []), payloadText: '{"9":"no such slot"}' }] };
  const { exitCode, stdout } = await bench(["replay", fileOf(misfit), "--no-browser"]);
  expect(exitCode).toBe(98);
  expect(stdout).toMatch(/\nThe replay ended early: frame 1: /);
});

test("one viewer of several is chosen by name", async () => {
  const file = fileOf(viewer, { ...viewer, who: "chrome-1", kind: "chrome" });
  const { stdout } = await bench(["replay", file, "--no-browser", "--who", "chrome-1"]);
  expect(stdout.split("\n").filter((line) => line.includes(" · 2 update"))).toEqual([
    "chrome-1 · stateful · 2 update",
  ]);
  expect(await bench(["replay", file, "--who", "chrome-2"])).toMatchObject({
    exitCode: 104,
    stderr: expect.stringMatching(/^bench: --who chrome-2 is not in the file, which has user-0007, chrome-1/),
  });
});

test("a file that is not there, or has no frames, is refused", async () => {
  expect(await bench(["replay", "/nowhere/frames.json"])).toMatchObject({
    exitCode: 104,
    stderr: expect.stringMatching(/^bench: \/nowhere\/frames\.json cannot be read: /),
  });
  const file = fileOf();
  writeFileSync(file, '{"schemaVersion":3}');
  expect(await bench(["replay", file])).toMatchObject({
    exitCode: 104,
    stderr: expect.stringContaining("frames.json has no recorded frames: recordingVersion: "),
  });
});
