import { describe, expect, onTestFinished, test } from "vitest";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { openDatabase } from "../../../reference-server/chat/store/database.ts";
import { DATABASES, POSTGRES } from "../../databases.ts";

describe.each(DATABASES)("on $name", ({ open }) => {
  async function seeded(seed: number, messagesPerRoom = 20, rooms?: number) {
    const database = await open();
    await seedDatabase(database, { seed, messagesPerRoom, rooms });
    return { database, messages: await database.selectFrom("messages").selectAll().orderBy("id").execute() };
  }

  test("the same seed makes the same chat, another seed another", async () => {
    const [first, again, other] = [await seeded(1), await seeded(1), await seeded(2)];
    expect(again.messages).toEqual(first.messages);
    expect(other.messages).not.toEqual(first.messages);
  });

  test("rooms, people and messages of an empty database are numbered from 1 on, and so is what comes after them", async () => {
    const { database, messages } = await seeded(1);
    const idsOf = async (table: "rooms" | "users") =>
      (await database.selectFrom(table).select("id").orderBy("id").execute()).map(({ id }) => id);
    expect(await idsOf("rooms")).toEqual([1, 2, 3]);
    expect(await idsOf("users")).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([messages[0]?.id, messages.at(-1)?.id]).toEqual([1, 60]);
    const next = (table: "rooms" | "users") =>
      database.insertInto(table).values({ name: "next" }).returning("id").executeTakeFirstOrThrow();
    expect([await next("rooms"), await next("users")]).toEqual([{ id: 4 }, { id: 11 }]);
  });

  test("every room gets its messages, those of other rooms in between", async () => {
    const { messages } = await seeded(1);
    const perRoom = Object.groupBy(messages, (message) => message.room_id);
    expect(Object.values(perRoom).map((room) => room?.length)).toEqual([20, 20, 20]);
    const general = perRoom[1]?.map((message) => message.id) ?? [];
    expect((general.at(-1) ?? 0) - (general[0] ?? 0)).toBeGreaterThan(general.length);
  });

  test("there are as many rooms as are asked for, each with its messages", async () => {
    const { database, messages } = await seeded(1, 4, 5);
    const rooms = await database.selectFrom("rooms").select("name").orderBy("id").execute();
    expect(rooms.map(({ name }) => name)).toEqual(["general", "random", "support", "room-0004", "room-0005"]);
    const perRoom = Object.groupBy(messages, (message) => message.room_id);
    expect(Object.values(perRoom).map((room) => room?.length)).toEqual([4, 4, 4, 4, 4]);
    const one = await (await seeded(1, 4, 1)).database.selectFrom("rooms").select("name").execute();
    expect(one).toEqual([{ name: "general" }]);
  });

  test("nobody has written in the last rooms, where some are to be empty", async () => {
    const database = await open();
    await seedDatabase(database, { seed: 1, messagesPerRoom: 4, rooms: 5, emptyRooms: 2 });
    const messages = await database.selectFrom("messages").select("room_id").execute();
    const perRoom = Object.groupBy(messages, (message) => message.room_id);
    expect(Object.entries(perRoom).map(([id, room]) => [id, room?.length])).toEqual([
      ["1", 4],
      ["2", 4],
      ["3", 4],
    ]);
    expect(await database.selectFrom("rooms").select("id").execute()).toHaveLength(5);
  });

  test("a database that is not empty is left as it is", async () => {
    const { database, messages } = await seeded(1);
    await seedDatabase(database, { seed: 2, messagesPerRoom: 50 });
    expect(await database.selectFrom("messages").selectAll().orderBy("id").execute()).toEqual(messages);
  });
});

describe.each(POSTGRES)("on $name", ({ emptyLocation }) => {
  test("two servers that start at once on one database make one chat", async () => {
    const location = await emptyLocation();
    const start = async () => {
      const database = await openDatabase(location);
      onTestFinished(() => database.destroy());
      await seedDatabase(database, { seed: 1, messagesPerRoom: 20, users: 2 });
      return database.selectFrom("messages").selectAll().orderBy("id").execute();
    };
    const [one, other] = await Promise.all([start(), start()]);
    expect([one?.length, other]).toEqual([60, one]);
  });
});
