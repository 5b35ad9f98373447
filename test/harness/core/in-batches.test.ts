import { expect, test } from "vitest";
import { inBatches } from "../../../harness/core/in-batches.ts";

/** Acts that begin at once and are over when they are told, by their items. */
function heldActs() {
  const begun: [item: string, index: number][] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const act = (item: string, index: number): Promise<void> => {
    begun.push([item, index]);
    const gate = Promise.withResolvers<void>();
    gates.set(item, gate);
    return gate.promise;
  };
  const end = async (item: string, error?: Error) => {
    if (error === undefined) gates.get(item)?.resolve();
    else gates.get(item)?.reject(error);
    await new Promise(setImmediate);
  };
  return { begun, act, end };
}

test("as many as the width are under way, and the next begins when one of them is over", async () => {
  const { begun, act, end } = heldActs();
  const running = inBatches(["a", "b", "c", "d"], 2, act);
  expect(begun).toEqual([
    ["a", 0],
    ["b", 1],
  ]);
  await end("b");
  expect(begun.at(-1)).toEqual(["c", 2]);
  expect(begun.length).toBe(3);
  await end("a");
  expect(begun.at(-1)).toEqual(["d", 3]);
  await end("c");
  await end("d");
  expect(await running).toBe(undefined);
});

test.each([
  ["no items", []],
  ["fewer items than the width", ["a", "b"]],
])("%s are all done", async (_, items) => {
  const done: string[] = [];
  await inBatches(items, 5, async (item) => void done.push(item));
  expect(done).toEqual(items);
});

test("after a rejection nothing more is begun, and it is passed on when the others are over", async () => {
  const { begun, act, end } = heldActs();
  let outcome = "under way";
  const running = inBatches(["a", "b", "c", "d"], 2, act).catch((error: Error) => {
    outcome = error.message;
  });
  await end("b", new Error("b failed"));
  expect(outcome).toBe("under way");
  await end("a", new Error("a failed later"));
  await running;
  expect(outcome).toBe("b failed");
  expect(begun.map(([item]) => item)).toEqual(["a", "b"]);
});
