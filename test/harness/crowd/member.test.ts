import { expect, test } from "vitest";
import type { MessageHistory } from "../../../harness/oracle/reference-database.ts";
import { absentee, fakeUser, memberIn } from "./fake-cast.ts";

/** A room with the messages 1 to 100. */
const hundred: MessageHistory = {
  oldestOfLast: async (_, count) => 101 - count,
  oldestBefore: async (_, beforeId, count) => (beforeId === 1 ? undefined : Math.max(1, beforeId - count)),
};

test("acts are begun one after the other, in the order in which they were asked for", async () => {
  const member = await memberIn(1, fakeUser("ada"));
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
  const member = await memberIn(1, fakeUser("ada"));
  const refused = member.inTurn(() => Promise.reject(new Error("refused")));
  const next = member.inTurn(async () => "done");
  await expect(refused).rejects.toThrow("refused");
  expect(await next).toBe("done");
});

test("a page of history takes from push to merge, and moves what he should see", async () => {
  const member = await memberIn(2, fakeUser("ada"));
  expect(await member.loadPage(hundred)).toBe(1500);
  expect(member.viewer()).toEqual({
    kind: "user",
    who: "ada",
    cursor: { roomId: 2, oldestId: 97, pageSize: 3, limit: null },
    list: [],
  });
});

test("where there is no more to load it takes no time, and what he should see stays", async () => {
  const member = await memberIn(1, fakeUser("ada", [], { loads: null }), { oldestId: 1 });
  expect(await member.loadPage(hundred)).toBe(null);
  expect(member.viewer()?.cursor.oldestId).toBe(1);
});

test("a server that ends the history too early is found out: he should see more", async () => {
  const member = await memberIn(1, fakeUser("ada", [], { loads: null }));
  await member.loadPage(hundred);
  expect(member.viewer()?.cursor.oldestId).toBe(97);
});

test("a page that could not be loaded leaves what he should see as it was", async () => {
  const member = await memberIn(1, fakeUser("ada", [], { fails: new Error("not within 30 s") }));
  await expect(member.loadPage(hundred)).rejects.toThrow("not within 30 s");
  expect(member.viewer()?.cursor.oldestId).toBe(100);
});

/** A member who comes to a room whose last page begins at another message before he has come than after it. */
async function comesWhileMessagesFly(firstId: string | undefined, oldest: readonly [number, number]) {
  const items: { id: string; text: string; fields: Record<string, string> }[] = [];
  const member = absentee(1, fakeUser("ada", [], { items }));
  let asked = 0;
  const history = { ...hundred, oldestOfLast: async () => oldest[asked++] };
  await member.enter(2, { history, pageSize: 3, limit: 30 }, async () => {
    if (firstId !== undefined) items.push({ id: firstId, text: "", fields: {} });
  });
  return member.viewer()?.cursor;
}

test("who comes while messages fly should see the page of the moment that his first message tells", async () => {
  expect(await comesWhileMessagesFly("messages-100", [98, 103])).toEqual({
    roomId: 2,
    oldestId: 100,
    pageSize: 3,
    limit: 30,
  });
});

test.each([
  ["older than the page at any moment in between", "messages-97"],
  ["newer than that", "messages-104"],
  ["no message at all", "spinner"],
  ["nothing", undefined],
])("what he shows first is no excuse where it is %s", async (_, firstId) => {
  expect((await comesWhileMessagesFly(firstId, [98, 103]))?.oldestId).toBe(103);
});

test("messages that are deleted while he comes make the page begin earlier", async () => {
  expect((await comesWhileMessagesFly("messages-97", [98, 96]))?.oldestId).toBe(97);
});

test("where nothing flies what he shows has no say", async () => {
  expect((await comesWhileMessagesFly("messages-99", [98, 98]))?.oldestId).toBe(98);
});

test("who has not come, or has gone, sees nothing that could be checked", async () => {
  const member = absentee(1, fakeUser("ada"));
  expect(member.viewer()).toBe(null);
  await member.enter(2, { history: hundred, pageSize: 3, limit: null }, async () => {});
  expect([member.roomId, member.isPresent, member.viewer()?.cursor.oldestId]).toEqual([2, true, 98]);
  member.isPresent = false;
  expect(member.viewer()).toBe(null);
});

test("who could not come is not there", async () => {
  const member = absentee(1, fakeUser("ada"));
  const refused = member.enter(2, { history: hundred, pageSize: 3, limit: null }, () =>
    Promise.reject(new Error("no such room")),
  );
  await expect(refused).rejects.toThrow("no such room");
  expect([member.roomId, member.isPresent, member.viewer()]).toEqual([1, false, null]);
});

test("where no database is known nobody says what he should see", async () => {
  const member = absentee(1, fakeUser("ada"));
  await member.enter(1, { history: null, pageSize: 3, limit: null }, async () => {});
  expect(member.viewer()?.cursor.oldestId).toBe(null);
  expect(await member.loadPage(null)).toBe(1500);
  expect(member.viewer()?.cursor.oldestId).toBe(null);
});

test("a page that is loaded while messages go is the one that his first message tells", async () => {
  const items = [{ id: "messages-96", text: "", fields: {} }];
  const member = await memberIn(1, fakeUser("ada", [], { items }));
  const before = [97, 95];
  await member.loadPage({ ...hundred, oldestBefore: async () => before.shift() });
  expect(member.viewer()?.cursor.oldestId).toBe(96);
});
