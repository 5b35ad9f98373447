import { pick, seededRandom } from "./random.ts";
import { makeAccounts, numberedUsers, openAccounts } from "./seed-accounts.ts";
import { CLOSINGS, OPENINGS, ROOMS, SUBJECTS, USERS } from "./seed-words.ts";
import type { Database } from "./store/database.ts";
import { skipGivenIds } from "./store/portable.ts";
import { isoSeconds } from "./timestamp.ts";

/** How much of a chat to make up. */
export interface SeedOptions {
  /** The same seed makes the same chat. */
  readonly seed: number;
  readonly messagesPerRoom: number;
  /** How many rooms there are; those after the ones with a name of their own are `room-0004` and on. Default: those. */
  readonly rooms?: number | undefined;
  /** In how many of them nobody has written yet: the last ones. Default: in none. */
  readonly emptyRooms?: number;
  /** How many accounts there are besides those who wrote: `user-0001` and on. Default: none. */
  readonly users?: number;
}

const FIRST_MESSAGE_MS = Date.UTC(2024, 0, 1, 8);
const LONGEST_PAUSE_S = 600;
const ROWS_PER_INSERT = 500;

/**
 * Fills an empty database with rooms, people and messages, those of different rooms in between each other. In one that is
 * not empty it makes the numbered accounts that are missing, and lets those log in who
 * are from before there were passwords.
 */
export async function seedDatabase(
  database: Database,
  { seed, messagesPerRoom, rooms: count = ROOMS.length, emptyRooms = 0, users = 0 }: SeedOptions,
): Promise<void> {
  const rooms = await database.selectFrom("rooms").select("id").limit(1).execute();
  const isNew = rooms.length === 0;
  const numbered = numberedUsers(users);
  await makeAccounts(database, isNew ? [...USERS, ...numbered] : numbered);
  if (!isNew) await openAccounts(database, [...USERS, ...numbered]);
  if (isNew) await seedMessages(database, { seed, messagesPerRoom, rooms: roomNames(count), emptyRooms });
}

/** The names of so many rooms: the numbered ones of one width, so that no byte count depends on which it is. */
function roomNames(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => ROOMS[index] ?? `room-${String(index + 1).padStart(4, "0")}`,
  );
}

async function seedMessages(
  database: Database,
  {
    seed,
    messagesPerRoom,
    rooms,
    emptyRooms,
  }: Pick<SeedOptions, "seed" | "messagesPerRoom"> & {
    readonly rooms: readonly string[];
    readonly emptyRooms: number;
  },
): Promise<void> {
  const random = seededRandom(seed);
  const senders = await idsOf(database, USERS);
  const messages: Parameters<typeof insertMessages>[1][number][] = [];
  let atMs = FIRST_MESSAGE_MS;
  const written = rooms.slice(0, Math.max(0, rooms.length - emptyRooms));
  const open = written.map((_, index) => ({ id: index + 1, left: messagesPerRoom }));
  for (let left = messagesPerRoom * written.length; left > 0; left -= 1) {
    const at = random(open.length);
    const room = open[at];
    if (room === undefined) break;
    room.left -= 1;
    if (room.left === 0) open.splice(at, 1);
    atMs += (1 + random(LONGEST_PAUSE_S)) * 1000;
    messages.push({
      room_id: room.id,
      sender_id: pick(random, senders),
      content: `${pick(random, OPENINGS)} ${pick(random, SUBJECTS)}${pick(random, CLOSINGS)}`,
      inserted_at: isoSeconds(atMs),
    });
  }
  await database.transaction().execute(async (transaction) => {
    const made = await transaction
      .insertInto("rooms")
      .values(rooms.map((name, index) => ({ id: index + 1, name })))
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .execute();
    // Another server that was started at the same time fills the same database.
    if (made.length === 0) return;
    await skipGivenIds(transaction, "rooms");
    await insertMessages(transaction, messages);
  });
}

/** The ids of those who write, in the order of their names here. */
async function idsOf(database: Database, names: typeof USERS): Promise<[number, ...number[]]> {
  const rows = await database.selectFrom("users").select(["id", "name"]).where("name", "in", names).execute();
  const idOf = (name: string): number => {
    const row = rows.find((user) => user.name === name);
    if (row === undefined) throw new Error(`there is no account of ${name}, who writes messages`);
    return row.id;
  };
  const [first, ...others] = names;
  return [idOf(first), ...others.map(idOf)];
}

async function insertMessages(
  database: Pick<Database, "insertInto">,
  messages: readonly { room_id: number; sender_id: number; content: string; inserted_at: string }[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += ROWS_PER_INSERT) {
    await database
      .insertInto("messages")
      .values(messages.slice(start, start + ROWS_PER_INSERT))
      .execute();
  }
}
