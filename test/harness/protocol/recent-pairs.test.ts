import { expect, it } from "vitest";
import { RecentPairs } from "../../../harness/protocol/recent-pairs.ts";

const [a, b, c, d] = [{}, {}, {}, {}];

it("tells pairs apart by both objects, and in their order", () => {
  const pairs = new RecentPairs<string>(4);
  pairs.set(a, b, "a b");
  expect([pairs.get(a, b), pairs.get(a, c), pairs.get(c, b), pairs.get(b, a)]).toEqual([
    "a b",
    undefined,
    undefined,
    undefined,
  ]);
});

it("forgets what was not used for longest once there are too many", () => {
  const pairs = new RecentPairs<string>(2);
  pairs.set(a, d, "a");
  pairs.set(b, d, "b");
  pairs.get(a, d);
  pairs.set(c, d, "c");
  expect([pairs.get(a, d), pairs.get(b, d), pairs.get(c, d)]).toEqual(["a", undefined, "c"]);
});
