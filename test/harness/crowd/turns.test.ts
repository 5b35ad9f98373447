import { expect, test } from "vitest";
import { turns } from "../../../harness/crowd/turns.ts";

test("acts run one after the other, and one that fails holds up none", async () => {
  const inTurn = turns();
  const log: string[] = [];
  const act = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === "b") throw new Error(name);
    return name;
  };
  const settled = await Promise.allSettled([inTurn(act("a")), inTurn(act("b")), inTurn(act("c"))]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(settled.map((turn) => (turn.status === "fulfilled" ? turn.value : String(turn.reason)))).toEqual([
    "a",
    "Error: b",
    "c",
  ]);
});
