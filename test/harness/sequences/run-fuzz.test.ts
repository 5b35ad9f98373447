import { expect, test } from "vitest";
import { runFuzz } from "../../../harness/sequences/run-fuzz.ts";
import { fakeStage, type Misreading } from "./fake-stage.ts";

const options = { seed: 7, runs: 2, steps: 10, quiet: true };

async function fuzzed(misread?: Misreading, given: Partial<Parameters<typeof runFuzz>[0]> = {}) {
  let stdout = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => expect.unreachable() },
    env: {},
    cwd: "/",
    signal: new AbortController().signal,
  };
  const exitCode = await runFuzz({ ...options, ...given }, io, async () => fakeStage(misread));
  // How long it took is the machine's.
  return { exitCode, stdout: stdout.replace(/· \d+ s ·/u, "· 1 s ·") };
}

test("where all is well it says what was done in each mode", async () => {
  expect(await fuzzed(undefined, { modes: ["stream", "append"] })).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stdout": "fuzz · seed 7 · 10 steps a sequence · 1 s · no Chrome

    mode    sequences  steps  compared
    stream          2     20         9
    append          2     20         8

    PASSED: no difference, exit code 0
    ",
    }
  `);
});

test("what goes wrong is a test that can be pasted, and exit code 98", async () => {
  const noDeletes: Misreading = (operations) => operations.filter(({ kind }) => kind !== "delete");
  expect(await fuzzed(noDeletes, { modes: ["keyed"], runs: 50, steps: 40 })).toMatchInlineSnapshot(`
    {
      "exitCode": 98,
      "stdout": "fuzz · seed 7 · 40 steps a sequence · 1 s · no Chrome

    mode   sequences  steps  compared
    keyed          1     40         0


    one and another do not agree: a bug of ours
      expected  (nothing)
      one       (nothing)
      another   g

    FAILED in keyed: shrunk to 2 steps in 61 tries, exit code 98
    Again: bench run fuzz --mode keyed --seed 7 --runs 1 --steps 40
    As a test, for test/e2e/found-sequences.test.ts:

    test("in keyed: bulk insert, then delete", () =>
      agreesOn({
        mode: "keyed",
        start: { items: [], bystander: false, components: true },
        steps: [
          { kind: "submit", operations: [{ kind: "insertAll", items: [{ id: "g" }], at: -1 }] },
          { kind: "submit", operations: [{ kind: "delete", id: "g" }] },
        ],
      }));
    ",
    }
  `);
});

test("a duration takes the place of the number of runs", async () => {
  const { exitCode, stdout } = await fuzzed(undefined, { modes: ["append"], runs: 1, durationMs: 150 });
  const runs = Number(/append +([\d,]+)/u.exec(stdout)?.[1]?.replace(",", ""));
  expect(exitCode).toBe(0);
  expect(runs).toBeGreaterThan(1);
});
