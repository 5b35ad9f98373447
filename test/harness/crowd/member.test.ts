import { expect, test } from "vitest";
import type { MessageHistory } from "../../../harness/oracle/reference-database.ts";
import { fakeUser, memberIn } from "./fake-cast.ts";

/** A room with the messages 1 to 100. */
const hundred: MessageHistory = {
  oldestOfLast: async (_, count) => 101 - count,
  oldestBefore: async (_, beforeId, count) => (beforeId === 1 ? undefined : Math.max(1, beforeId - count)),
};

test("acts are begun one after the other, in the order in which they were asked for", async () => {
  const member = memberIn(1, fakeUser("ada"));
  const acts: string[] = [];
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const act = (number: number) =>
    member.inTurn(async () => {
      acts.push(`begins ${number}`);
      await gates[number]?.promise;
      acts.push(`ends ${number}`);
      return number;
    });
  const both = Promise.all([act(0), act(1)]);
  gates[1]?.resolve();
  await new Promise(setImmediate);
  expect(acts).toEqual(["begins 0"]);
  gates[0]?.resolve();
  expect(await both).toEqual([0, 1]);
  expect(acts).toEqual(["begins 0", "ends 0", "begins 1", "ends 1"]);
});

test("a rejected act is rejected to who asked for it, and does not block the next one", async () => {
  const member = memberIn(1, fakeUser("ada"));
  const refused = member.inTurn(() => Promise.reject(new Error("refused")));
  const next = member.inTurn(async () => "done");
  await expect(refused).rejects.toThrow("refused");
  expect(await next).toBe("done");
});

test("a page of history takes from push to merge, and moves what he should see", async () => {
  const member = memberIn(2, fakeUser("ada"));
  expect(await member.loadPage(hundred)).toBe(1500);
  expect(member.viewer()).toEqual({
    kind: "user",
    who: "ada",
    cursor: { roomId: 2, oldestId: 97, pageSize: 3 },
    list: [],
  });
});

test("where there is no more to load it takes no time, and what he should see stays", async () => {
  const member = memberIn(1, fakeUser("ada", [], { loads: null }), 1);
  expect(await member.loadPage(hundred)).toBe(null);
  expect(member.viewer().cursor.oldestId).toBe(1);
});

test("a server that ends the history too early is found out: he should see more", async () => {
  const member = memberIn(1, fakeUser("ada", [], { loads: null }));
  await member.loadPage(hundred);
  expect(member.viewer().cursor.oldestId).toBe(97);
});

test("a page that could not be loaded leaves what he should see as it was", async () => {
  const member = memberIn(1, fakeUser("ada", [], { fails: new Error("not within 30 s") }));
  await expect(member.loadPage(hundred)).rejects.toThrow("not within 30 s");
  expect(member.viewer().cursor.oldestId).toBe(100);
});
