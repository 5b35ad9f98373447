import { seedDatabase } from "../../reference-server/chat/seed.ts";
import { openDatabase } from "../../reference-server/chat/store/database.ts";

/** The DOM ids of a room's messages as a server makes them up, oldest first. */
export async function seededIds(roomId: number, { seed = 1, messagesPerRoom = 45 } = {}): Promise<string[]> {
  const database = await openDatabase(":memory:");
  await seedDatabase(database, { seed, messagesPerRoom });
  const rows = await database
    .selectFrom("messages")
    .select("id")
    .where("room_id", "=", roomId)
    .orderBy("id")
    .execute();
  await database.destroy();
  return rows.map(({ id }) => `messages-${id}`);
}
