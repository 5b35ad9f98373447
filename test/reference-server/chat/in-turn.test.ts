import { expect, test } from "vitest";
import { inTurn } from "../../../reference-server/chat/in-turn.ts";

test("acts of one key follow each other, and those of another do not wait", async () => {
  const act = inTurn<string>();
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  const all = [
    act("a", async () => {
      begun.push("a1");
      await first.promise;
    }),
    act("a", async () => void begun.push("a2")),
    act("b", async () => void begun.push("b1")),
  ];
  await all[2];
  expect(begun).toEqual(["a1", "b1"]);
  first.resolve();
  await Promise.all(all);
  expect(begun).toEqual(["a1", "b1", "a2"]);
});

test("an act that fails says so to who began it, and the next is begun all the same", async () => {
  const act = inTurn<string>();
  const failed = act("a", () => Promise.reject(new Error("no room left")));
  const next = act("a", async () => "done");
  await expect(failed).rejects.toThrow("no room left");
  expect(await next).toBe("done");
  expect(await act("a", async () => "again")).toBe("again");
});
