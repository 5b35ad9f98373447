import { afterEach, expect, test } from "vitest";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { type Database, openDatabase } from "../../../reference-server/chat/store/database.ts";

const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.destroy();
});

async function seeded(seed: number, messagesPerRoom = 20) {
  const database = await openDatabase(":memory:");
  open.push(database);
  await seedDatabase(database, { seed, messagesPerRoom });
  return { database, messages: await database.selectFrom("messages").selectAll().orderBy("id").execute() };
}

test("the same seed makes the same chat, another seed another", async () => {
  const [first, again, other] = [await seeded(1), await seeded(1), await seeded(2)];
  expect(again.messages).toEqual(first.messages);
  expect(other.messages).not.toEqual(first.messages);
});

test("every room gets its messages, those of other rooms in between", async () => {
  const { messages } = await seeded(1);
  const perRoom = Object.groupBy(messages, (message) => message.room_id);
  expect(Object.values(perRoom).map((room) => room?.length)).toEqual([20, 20, 20]);
  const general = perRoom[1]?.map((message) => message.id) ?? [];
  expect((general.at(-1) ?? 0) - (general[0] ?? 0)).toBeGreaterThan(general.length);
});

test("a database that is not empty is left as it is", async () => {
  const { database, messages } = await seeded(1);
  await seedDatabase(database, { seed: 2, messagesPerRoom: 50 });
  expect(await database.selectFrom("messages").selectAll().orderBy("id").execute()).toEqual(messages);
});
