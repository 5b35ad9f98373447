import { describe, expect, test } from "vitest";
import { parseRollup, parseStatm, processMemory } from "../../../harness/measure/process-memory.ts";

const ROLLUP = `557fb20d1000-7ffec4f56000 ---p 00000000 00:00 0                          [rollup]
Rss:                1764 kB
Pss:                 302 kB
Pss_Dirty:           112 kB
Shared_Clean:       1596 kB
Private_Clean:        56 kB
Private_Dirty:       112 kB
Swap:                  0 kB
`;
const held = { rssBytes: 1764 * 1024, pssBytes: 302 * 1024, privateBytes: 168 * 1024 };

test("a rollup tells what is resident, shared in parts, and private", () => {
  expect(parseRollup(ROLLUP)).toEqual(held);
  expect(parseRollup("x [rollup]\nRss: 8 kB\nPrivate_Clean: 4 kB\n")).toEqual({
    rssBytes: 8192,
    pssBytes: null,
    privateBytes: null,
  });
  expect(parseRollup("")).toBe(null);
});

test.each([
  ["765 441 413 5 0 123 0\n", { rssBytes: 441 * 4096, pssBytes: null, privateBytes: null }],
  ["0 0 0 0 0 0 0\n", null],
  ["", null],
])("of the statm %j it is %j", (text, memory) => {
  expect(parseStatm(text)).toEqual(memory);
});

describe("of a process by its id", () => {
  const reading = (files: Record<string, string>) => async (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Error(`${path} may not be read`);
    return text;
  };
  test.each([
    ["the rollup is read", { "/proc/17/smaps_rollup": ROLLUP }, held],
    [
      "statm, where that may not be read",
      { "/proc/17/statm": "765 441 413 5 0 123 0" },
      { rssBytes: 441 * 4096, pssBytes: null, privateBytes: null },
    ],
    ["nothing, where there is no such process", { "/proc/18/smaps_rollup": ROLLUP }, null],
  ])("%s", async (_, files, memory) => {
    expect(await processMemory(17, reading(files))).toEqual(memory);
  });
});

test.runIf(process.platform === "linux")("this process holds what Node says it does", async () => {
  const before = process.memoryUsage.rss();
  const memory = await processMemory(process.pid);
  const after = process.memoryUsage.rss();
  expect(memory?.rssBytes).toBeGreaterThan(Math.min(before, after) * 0.95);
  expect(memory?.rssBytes).toBeLessThan(Math.max(before, after) * 1.05);
});
