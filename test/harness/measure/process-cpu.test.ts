import { expect, test } from "vitest";
import { parseStat, processCpuUs } from "../../../harness/measure/process-cpu.ts";

const STAT = "4711 (MainThread) S 1 4711 4711 0 -1 4194560 9000 0 12 0 321 45 7 8 20 0 11 0 5995591 1 2 3";

test.each([
  ["one of a program", STAT, 3_660_000],
  ["one whose name looks like the rest", STAT.replace("MainThread", "a) S 1 2 (b"), 3_660_000],
  ["one of a process without a terminal's group", STAT.replace(" 0 -1 ", " -1 -1 "), 3_660_000],
  ["nothing", "", null],
  ["one that is cut off", STAT.slice(0, 60), null],
])("of %s the time by itself and by the kernel is told, without that of its children", (_, text, us) => {
  expect(parseStat(text)).toBe(us);
});

test.runIf(process.platform === "linux")(
  "this process has taken what Node says it has, and ever more",
  async () => {
    const told = () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    };
    const atLeastUs = told();
    const readUs = await processCpuUs(process.pid);
    const tickUs = 10_000;
    expect(readUs).toBeGreaterThan(atLeastUs - 2 * tickUs);
    expect(readUs).toBeLessThanOrEqual(told() + tickUs);
  },
);

test("of a process that is not there nothing is told", async () => {
  expect(await processCpuUs(2 ** 22 + 1)).toBe(null);
});
