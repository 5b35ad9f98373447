import type { CaseDifference } from "../core/case-result.ts";
import { actName, type CaseRoom, type RoomAct } from "../core/room-act.ts";
import { roomLink, roomPath, type Site } from "../core/site.ts";
import type { CaseMode } from "../core/stream-case.ts";
import { compareLists } from "../oracle/compare-lists.ts";
import type { ExpectedItem } from "../oracle/expected-window.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import { cursorAfterPage, cursorAtMount, type ViewerCursor } from "../oracle/viewer-cursor.ts";
import { Windows } from "../oracle/windows.ts";
import { orRefused } from "./do-case.ts";
import { differs, type Found } from "./judge.ts";
import type { RoomReader } from "./room-reader.ts";
import type { RoomUser } from "./room-user.ts";

type Cookies = Readonly<Record<string, string>>;

/** Where cases of the room page are done: two rooms in which nobody else writes. */
export interface RoomSetting {
  readonly origin: string;
  readonly site: Site;
  readonly mode: CaseMode;
  readonly rooms: Readonly<Record<CaseRoom, number>>;
  /** Messages at mount, and in a page of history. */
  readonly pageSize: number;
  readonly database: ReferenceDatabase;
  /** One in each room, who is there throughout, so that he has all that he writes. */
  readonly writers: Readonly<Record<CaseRoom, RoomUser>>;
  readonly readers: readonly { readonly reader: RoomReader; readonly cookies: Cookies }[];
}

/** Does a case of the room page. The first difference of each reader; none where it holds. */
export async function doRoomCase(acts: readonly RoomAct[], setting: RoomSetting): Promise<CaseDifference[]> {
  const { origin, site, mode, rooms, database, readers } = setting;
  const found = new Map<RoomReader, CaseDifference>();
  /** Has each reader do something of whom nothing wrong is known yet. */
  const each = (step: string, act: (reader: RoomReader, cookies: Cookies) => Promise<Found | null>) =>
    Promise.all(
      readers.map(async ({ reader, cookies }) => {
        if (found.has(reader)) return;
        const difference = await orRefused(act(reader, cookies));
        if (difference !== null) found.set(reader, { who: reader.who, step, ...difference });
      }),
    );
  const look = async (step: string, cursor: ViewerCursor) => {
    const expected = (await new Windows(database).of(cursor)) ?? [];
    await each(step, (reader) => listOf(reader, expected));
  };

  const url = `${origin}${roomPath(site, mode, rooms.here)}`;
  await each("start", async (reader, cookies) => {
    await reader.open(url, cookies);
    return null;
  });
  let cursor = await cursorAtMount(database, rooms.here, { ...setting, limit: null });
  await look("start", cursor);
  let isCut = false;
  for (const [index, act] of acts.entries()) {
    const step = `step ${index + 1}: ${actName(act)}`;
    const { keeps } = act;
    await each(step, async (reader) => {
      if (keeps !== undefined) await reader.note(keeps);
      await byReader(act, reader, setting);
      return null;
    });
    // What a writer cannot do is wrong for whoever should see it.
    const refused = await orRefused(byWriter(act, setting).then(() => null));
    if (refused !== null) await each(step, async () => refused);
    if (act.act === "cut" || act.act === "return") isCut = act.act === "cut";
    cursor = await cursorAfter(act, cursor, setting);
    if (!isCut) await look(step, cursor);
    if (keeps !== undefined) await each(step, (reader) => reader.lost(keeps));
  }
  await each("the end", async (reader) => differs("errors on the page", [], reader.problems()));
  return [...found.values()];
}

/** What a reader does in an act; nothing in one of a writer. */
async function byReader(act: RoomAct, reader: RoomReader, { site, rooms }: RoomSetting): Promise<void> {
  switch (act.act) {
    case "go":
      return void (await reader.follow(roomLink(site, rooms[act.room]) ?? ""));
    case "history":
      return reader.history(act.jump === true);
    case "cut":
      return void (await reader.cut());
    case "return":
      return reader.comeBack();
    case "scroll-up":
      return void (await reader.scrollUp(act.px));
    case "draft":
      return reader.draft(act.text, act.caret);
    case "send":
    case "edit":
    case "delete":
      return;
    default:
      return act satisfies never;
  }
}

/** What a writer does in an act. */
async function byWriter(act: RoomAct, { writers }: RoomSetting): Promise<void> {
  switch (act.act) {
    case "send": {
      const writer = writers[act.room ?? "here"];
      if (act.times === undefined) return writer.send(act.text);
      for (let time = 1; time <= act.times; time += 1) await writer.send(`${act.text} ${time}`);
      return;
    }
    case "edit":
      return writers.here.edit(act.text, act.to);
    case "delete":
      return writers.here.remove(act.text);
    default:
      return;
  }
}

/** How far back readers must see after an act. */
async function cursorAfter(
  act: RoomAct,
  cursor: ViewerCursor,
  { database, rooms, pageSize }: RoomSetting,
): Promise<ViewerCursor> {
  switch (act.act) {
    case "go":
      return cursorAtMount(database, rooms[act.room], { pageSize, limit: null });
    case "return":
      return cursorAtMount(database, cursor.roomId, { pageSize, limit: null });
    case "history":
      return cursorAfterPage(database, cursor);
    default:
      return cursor;
  }
}

/** Null once the reader's list is as the database has it; else how it was when patience ended. */
async function listOf(reader: RoomReader, expected: readonly ExpectedItem[]): Promise<Found | null> {
  const items = await reader.until((list) => compareLists(expected, list) === undefined);
  return differs("the list", expected.map(row), items.map(row));
}

/** A message in a word: its id, its text, and whether it was changed. */
const row = ({ id, fields: { content = "", edited } }: ExpectedItem): string =>
  `${id}=${content}${edited === undefined ? "" : " [edited]"}`;
