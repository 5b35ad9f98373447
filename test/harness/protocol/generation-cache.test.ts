import { expect, it } from "vitest";
import { GenerationCache } from "../../../harness/protocol/generation-cache.ts";

it("what was used within the last half of the limit is kept, what was not is dropped", () => {
  const cache = new GenerationCache<number>(8);
  cache.set("aa", 1);
  cache.set("bb", 2);
  cache.set("cc", 3);
  expect(cache.get("aa")).toBe(1);
  cache.set("dd", 4);
  expect([cache.get("aa"), cache.get("bb"), cache.get("dd")]).toEqual([1, undefined, 4]);
});

it("a key that would fill a generation alone is not held", () => {
  const cache = new GenerationCache<number>(8);
  cache.set("12345", 1);
  expect(cache.size).toBe(0);
});

it("never holds more than its limit", () => {
  const cache = new GenerationCache<number>(100);
  for (let i = 0; i < 1000; i++) cache.set(`key-${i}`, i);
  expect(cache.size).toBe(13);
});
