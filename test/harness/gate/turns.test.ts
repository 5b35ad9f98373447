import { expect, test } from "vitest";
import { turns } from "../../../harness/gate/turns.ts";

test("each round has both sides, in an order that is drawn", () => {
  const drawn = [0, 0.5, 0.49, 0.99].values();
  expect(turns(["base", "head"], 4, () => drawn.next().value ?? 0)).toEqual([
    ...["base", "head"],
    ...["head", "base"],
    ...["base", "head"],
    ...["head", "base"],
  ]);
});
