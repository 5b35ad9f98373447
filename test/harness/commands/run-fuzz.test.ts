import { expect, test } from "vitest";
import type { FuzzOptions } from "../../../harness/core/fuzz.ts";
import { scenario as fuzz } from "../../../scenarios/fuzz.ts";
import { bench, services } from "./recorded-process.ts";

async function fuzzed(...words: readonly string[]) {
  const seen: FuzzOptions[] = [];
  const run = async (options: FuzzOptions) => {
    seen.push(options);
    return 98 as const;
  };
  return {
    ...(await bench(["run", "fuzz", ...words], { ...services(), scenarios: { fuzz }, runFuzz: run })),
    seen,
  };
}

test("without options it does so many sequences in each mode, and says how it ended", async () => {
  expect(await fuzzed()).toEqual({
    exitCode: 98,
    stdout: "",
    stderr: "",
    seen: [{ runs: 200, steps: 40, seed: 1, quiet: false }],
  });
});

test("every option reaches it, read and with its unit", async () => {
  const { seen } = await fuzzed(
    ..."--runs 3 --steps 50 --seed 9 --duration 10m --mode stream --mode keyed --mode stream --quiet".split(
      " ",
    ),
  );
  expect(seen).toEqual([
    { runs: 3, steps: 50, seed: 9, durationMs: 600_000, modes: ["stream", "keyed"], quiet: true },
  ]);
});

test("what cannot be is refused, all at once", async () => {
  const { exitCode, stderr, seen } = await fuzzed("--runs", "0", "--mode", "components");
  expect([exitCode, seen]).toEqual([104, []]);
  expect(stderr).toMatchInlineSnapshot(`
    "bench: 2 problems:
      --runs must be a whole number from 1 to 1000000, not "0"
      --mode cannot be "components"; there is resend, stateful, keyed, append, stream
    "
  `);
});

test("its defaults are those that its help shows", async () => {
  const { stdout } = await fuzzed("--help");
  expect(stdout).toContain("[default: 200]");
  expect(stdout).toContain("[default: 40]");
});
