import { expect, test } from "vitest";
import { fuzzOnce } from "../../../harness/sequences/fuzz-loop.ts";
import { SEQUENCE_MODES } from "../../../harness/sequences/sequence.ts";
import { fakeStage, type Misreading } from "./fake-stage.ts";

const nowMs = () => 0;

test.each(SEQUENCE_MODES)("in %s, whoever does what the model does differs from it nowhere", async (mode) => {
  for (let seed = 1; seed <= 20; seed++) {
    const { difference } = await fuzzOnce({ mode, seed, steps: 40 }, { ...fakeStage().performance, nowMs });
    expect(difference).toBeNull();
  }
});

const withoutDeletes: Misreading = (operations) => operations.filter(({ kind }) => kind !== "delete");
const withoutLimits: Misreading = (operations) =>
  operations.map((operation) => {
    if (operation.kind !== "insert" && operation.kind !== "insertAll") return operation;
    const { limit, ...unlimited } = operation;
    return unlimited;
  });
const firstAsLast: Misreading = (operations) =>
  operations.map((operation) =>
    operation.kind === "insert" && operation.at === 0 ? { ...operation, at: -1 } : operation,
  );
const withoutUpdateOnly: Misreading = (operations) =>
  operations.map((operation) =>
    operation.kind === "insert" ? { ...operation, updateOnly: false } : operation,
  );

test.each([
  ["that loses deletes", withoutDeletes, 2],
  ["that knows no limits", withoutLimits, 2],
  ["that puts what comes first behind the others", firstAsLast, 2],
  ["that inserts what is for updates only", withoutUpdateOnly, 1],
])("a viewer %s is found, by a sequence of a few steps", async (_, misread, most) => {
  const found = [];
  for (let seed = 1; seed <= 10; seed++) {
    const run = { mode: "stream", seed, steps: 40 } as const;
    const { difference } = await fuzzOnce(run, { ...fakeStage(misread).performance, nowMs });
    // Where the items are components there are no limits, and no updates only.
    if (difference !== null) found.push(difference);
  }
  expect(found.map(({ again }) => again)).toContain(true);
  for (const { again, sequence } of found) {
    expect(again).toBe(true);
    expect(sequence.steps.length).toBeLessThanOrEqual(most);
  }
});

test("the same seed gives the same sequence, and the same shrunk one", async () => {
  const find = () =>
    fuzzOnce({ mode: "stream", seed: 3, steps: 40 }, { ...fakeStage(withoutDeletes).performance, nowMs });
  expect(await find()).toEqual(await find());
});

test("when the time for it is over, nothing more is tried", async () => {
  let times = 0;
  const { difference } = await fuzzOnce(
    { mode: "stream", seed: 3, steps: 40 },
    {
      ...fakeStage(withoutDeletes).performance,
      // The moment of the difference is 0, each look after it a second later.
      nowMs: () => 1000 * times++,
      mostShrinkingMs: 1500,
    },
  );
  expect(difference?.sequence.steps.length).toBeGreaterThan(10);
});

test("an abort ends it with its reason", async () => {
  const ending = new AbortController();
  ending.abort(new Error("enough"));
  const { performance } = fakeStage();
  await expect(
    fuzzOnce({ mode: "stream", seed: 1, steps: 40 }, { ...performance, nowMs, signal: ending.signal }),
  ).rejects.toThrow("enough");
});
