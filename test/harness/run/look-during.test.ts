import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { lookDuring } from "../../../harness/run/look-during.ts";

const looking = { everyUs: micros(1), sleep: async () => {}, signal: new AbortController().signal };
const never = new Promise<void>(() => {});

test("looks are taken until it is over, and none after that", async () => {
  let looks = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await lookDuring(
    promise,
    async () => {
      looks += 1;
      if (looks === 3) resolve();
    },
    looking,
  );
  const seen = looks;
  await new Promise((later) => setImmediate(later));
  expect([seen >= 3, looks]).toEqual([true, seen]);
});

test("what is performed and fails is told, and so is a look that does", async () => {
  const failed = Promise.reject(new Error("the step failed"));
  await expect(lookDuring(failed, async () => {}, looking)).rejects.toThrow("the step failed");
  const dead = () => Promise.reject(new Error("a process died"));
  await expect(lookDuring(never, dead, looking)).rejects.toThrow("a process died");
});

test("an abort ends the looks", async () => {
  let looks = 0;
  const signal = AbortSignal.abort(new Error("stopped"));
  const { promise, resolve } = Promise.withResolvers<void>();
  const waited = lookDuring(promise, async () => void looks++, { ...looking, signal });
  resolve();
  await waited;
  expect(looks).toBe(0);
});
