import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { runSettings } from "../../../../harness/commands/compare/run-settings.ts";
import { compareVariants } from "../../../../harness/compare/compare.ts";
import type { RunResult } from "../../../../harness/core/run-result.ts";
import { minute, sizes, timedRun } from "../../gate/runs.ts";

let folder = "";
beforeEach(() => {
  const made = mkdtempSync(join(tmpdir(), "bench-settings-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  folder = made;
});

const MODES = ["stream", "stateful", "keyed"];

/** Runs the modes as often; each run takes ten seconds and gives what `change` makes of a good result. */
async function runModes(
  repeats: number,
  change: (mode: string, nth: number) => Partial<RunResult> = () => ({}),
) {
  const [said, ran]: [string[], string[]] = [[], []];
  let seconds = 0;
  const done = await runSettings({
    scenario: "quickstart",
    settings: MODES.map((name) => ({ name, words: [`--mode=${name}`, "--users=5"] })),
    repeats,
    seed: 1,
    folder,
    cwd: "/home/user",
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    nowMs: () => seconds * 1000,
    run: async ({ name, words }) => {
      ran.push(words.join(" "));
      seconds += 10;
      const nth = ran.filter((line) => line.includes(`=${name} `)).length;
      const run = timedRun([sizes("payload.insert.bytes", name, [100])], { startedAt: minute(ran.length) });
      return { ...run, configuration: { ...run.configuration, modes: [name] }, ...change(name, nth) };
    },
  });
  return { ...done, said, ran };
}

const voidRun: Partial<RunResult> = {
  verdict: "void",
  exitCode: 97,
  generator: { processes: timedRun([]).generator.processes, believable: false, reasons: ["It was late."] },
};

const filesIn = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.includes("."))
    .toSorted();

test("each round has every setting once, in an order that the seed tells, and what is left is said", async () => {
  const { order, said, ran, variants } = await runModes(3);
  expect(order).toEqual({ seed: 1, turns: [0, 2, 1, 0, 2, 1, 2, 0, 1] });
  expect(ran.slice(0, 3)).toEqual([
    "quickstart --mode=stream --users=5",
    "quickstart --mode=keyed --users=5",
    "quickstart --mode=stateful --users=5",
  ]);
  expect(said.slice(0, 3)).toEqual([
    "run 1 of 9: stream",
    "run 2 of 9: keyed, 1 min 20 s left",
    "run 3 of 9: stateful, 1 min 10 s left",
  ]);
  expect(variants.map(({ name, samples }) => `${name} ${samples.length}`)).toEqual([
    "stream 3",
    "stateful 3",
    "keyed 3",
  ]);
  expect(filesIn()).toEqual([
    ...["keyed/01.json", "keyed/02.json", "keyed/03.json", "order.txt"],
    ...["stateful/01.json", "stateful/02.json", "stateful/03.json"],
    ...["stream/01.json", "stream/02.json", "stream/03.json"],
  ]);
  expect(readFileSync(join(folder, "order.txt"), "utf8").split("\n")[0]).toBe(
    "bench run quickstart --mode=stream --users=5",
  );
});

test("a run that stays void is left out, kept under another name, and said in the report", async () => {
  const { variants, order, said } = await runModes(3, (mode, nth) =>
    mode === "keyed" && nth === 2 ? voidRun : {},
  );
  expect(variants.map(({ samples }) => samples.length)).toEqual([3, 3, 2]);
  expect(order.leftOut).toEqual([4]);
  expect(said).toContain("keyed: void again and again, left out");
  expect(filesIn().filter((name) => name.startsWith("keyed"))).toEqual([
    "keyed/01.json",
    "keyed/02.json.void",
    "keyed/03.json",
  ]);
  expect(compareVariants(variants, order).notes[0]).toBe(
    "1 run of keyed was void again and again, and left out: the machine did something else meanwhile, or the load is too much for it.",
  );
});

test("where more than a third of a variant's runs are void it ends", async () => {
  await expect(runModes(3, (mode) => (mode === "keyed" ? voidRun : {}))).rejects.toMatchObject({
    message: `keyed cannot be compared: it is void: It was late. Its result is ${join(folder, "keyed/02.json")}`,
    exitCode: 97,
  });
});

test("it ends at the first run that failed checks", async () => {
  const failed = (mode: string, nth: number): Partial<RunResult> =>
    mode === "keyed" && nth === 1
      ? { verdict: "failed", exitCode: 98, checks: { ...timedRun([]).checks, failed: 2 } }
      : {};
  await expect(runModes(3, failed)).rejects.toMatchObject({
    message: `keyed cannot be compared: it failed 2 of 3228 checks: what wrong pages cost is no figure. Its result is ${join(folder, "keyed/01.json")}`,
    exitCode: 98,
  });
  expect(filesIn()).toEqual(["keyed/01.json", "order.txt", "stream/01.json"]);
});
