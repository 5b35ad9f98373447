import type { CaseDifference } from "../core/case-result.ts";
import { actName, type CaseRoom, type RoomAct } from "../core/room-act.ts";
import { roomLink, roomPath, type Site } from "../core/site.ts";
import type { CaseMode } from "../core/stream-case.ts";
import { memberInWords, type ShownMember } from "../crowd/shown-members.ts";
import { compareLists } from "../oracle/compare-lists.ts";
import type { ExpectedItem } from "../oracle/expected-window.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import { cursorAfterPage, cursorAtMount, type ViewerCursor } from "../oracle/viewer-cursor.ts";
import { Windows } from "../oracle/windows.ts";
import { orRefused } from "./do-case.ts";
import { differs, type Found } from "./judge.ts";
import { AT_START, membersIn, presenceAfter, type RoomPresence } from "./room-presence.ts";
import type { RoomReader, Wanted } from "./room-reader.ts";
import type { RoomUser } from "./room-user.ts";

type Cookies = Readonly<Record<string, string>>;

/** Where cases of the room page are done: rooms in which nobody else writes. */
export interface RoomSetting {
  readonly site: Site;
  readonly mode: CaseMode;
  readonly rooms: Readonly<Record<CaseRoom, number>>;
  /** Messages at mount, and in a page of history. */
  readonly pageSize: number;
  readonly database: ReferenceDatabase;
  /** After how much silence the server takes a page for gone. */
  readonly idleTimeoutMs: number;
  /** How long a page may take until it is as it must be. */
  readonly patienceMs: number;
  /** One in each room, so that he has all that he writes. */
  readonly writers: Readonly<Record<CaseRoom, RoomUser>>;
  /** As pages call him who writes. */
  readonly writerName: string;
  readonly readers: readonly {
    readonly reader: RoomReader;
    readonly cookies: Cookies;
    /** As pages call him. */
    readonly name: string;
  }[];
}

type SomeReader = RoomSetting["readers"][number];

/** Does a case of the room page. The first difference of each reader; none where it holds. */
export async function doRoomCase(acts: readonly RoomAct[], setting: RoomSetting): Promise<CaseDifference[]> {
  const { site, mode, rooms, database, readers } = setting;
  const found = new Map<RoomReader, CaseDifference>();
  /** Has each reader do something of whom nothing wrong is known yet. */
  const each = (step: string, act: (one: SomeReader) => Promise<Found | null>) =>
    Promise.all(
      readers.map(async (one) => {
        const { reader } = one;
        if (found.has(reader)) return;
        const difference = await orRefused(act(one));
        if (difference !== null) found.set(reader, { who: reader.who, step, ...difference });
      }),
    );
  let presence = AT_START;
  const look = async (step: string, cursor: ViewerCursor, patienceMs = setting.patienceMs) => {
    const at = { ...setting, patienceMs };
    const expected = presence.first.isThere ? ((await new Windows(database).of(cursor)) ?? []) : null;
    await each(
      step,
      async (one) =>
        (expected && (await listOf(one.reader, expected))) ?? (await whoIsThere(one, presence, at)),
    );
  };

  await each("start", async ({ reader, cookies }) => {
    await reader.open(roomPath(site, mode, rooms.here), cookies);
    return null;
  });
  let cursor = await cursorAtMount(database, rooms.here, { ...setting, limit: null });
  await look("start", cursor);
  let hasAllHistory = false;
  for (const [index, act] of acts.entries()) {
    const step = `step ${index + 1}: ${actName(act)}`;
    const { keeps } = act;
    const wasQuiet = hasAllHistory;
    if (act.act === "history")
      hasAllHistory = (await cursorAfterPage(database, cursor)).oldestId === cursor.oldestId;
    else hasAllHistory &&= !isOfReaders(act);
    await each(step, async ({ reader }) => {
      if (keeps !== undefined) await reader.note(keeps);
      if (hasAllHistory && !wasQuiet) await reader.countRequests();
      await byReader(act, reader, presence, setting);
      return null;
    });
    // What a writer cannot do is wrong for whoever should see it.
    const refused = await orRefused(byWriter(act, setting).then(() => null));
    if (refused !== null) await each(step, async () => refused);
    cursor = await cursorAfter(act, cursor, setting);
    presence = presenceAfter(presence, act);
    const noticedMs = act.act === "fall-silent" ? setting.patienceMs + setting.idleTimeoutMs : undefined;
    await look(step, cursor, noticedMs);
    if (keeps !== undefined) await each(step, ({ reader }) => reader.lost(keeps));
    if (hasAllHistory)
      await each(step, async ({ reader }) =>
        differs("what was asked for where history begins", 0, await reader.requests()),
      );
  }
  await each("the end", async ({ reader }) => differs("errors on the page", [], reader.problems()));
  return readers.flatMap(({ reader }) => found.get(reader) ?? []);
}

/** Whether it is readers who act. */
function isOfReaders({ act }: RoomAct): boolean {
  switch (act) {
    case "send":
    case "edit":
    case "delete":
    case "writer-drafts":
    case "writer-goes":
    case "writer-comes":
      return false;
    default:
      return true;
  }
}

/** What a reader does in an act; nothing in one of a writer. */
async function byReader(
  act: RoomAct,
  reader: RoomReader,
  presence: RoomPresence,
  { site, mode, rooms }: RoomSetting,
): Promise<void> {
  switch (act.act) {
    case "go":
      return void (await reader.follow(roomLink(site, rooms[act.room]) ?? ""));
    case "history":
      return reader.history(act.jump === true);
    case "cut":
      return void (await reader.cut());
    case "fall-silent":
      return reader.fallSilent();
    case "return":
      return reader.comeBack();
    case "open-second":
      return reader.openSecond(roomPath(site, mode, rooms[presence.first.room]));
    case "close-second":
      return reader.closeSecond();
    case "scroll-up":
      return void (await reader.scrollUp(act.px));
    case "draft":
      return reader.draft(act.text, act.caret, act.page ?? "first");
    case "leave-field":
      return void (await reader.leaveField());
    case "send":
    case "edit":
    case "delete":
    case "writer-drafts":
    case "writer-goes":
    case "writer-comes":
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
      return writers[act.room ?? "here"].remove(act.text);
    case "writer-drafts":
      return writers.here.draft(act.text, act.text.length);
    case "writer-goes":
      return writers.here.cut();
    case "writer-comes":
      return writers.here.comeBack();
    default:
      return;
  }
}

/** Null once a reader's pages, and those of the writers, show who is there; else how one of them was when patience ended. */
async function whoIsThere(
  { reader, name }: SomeReader,
  presence: RoomPresence,
  { readers, writers, writerName, patienceMs }: RoomSetting,
): Promise<Found | null> {
  // Of the other readers each is looked for by himself: he may be where a case has gone wrong for him.
  const others = new Set(readers.map((one) => one.name).filter((other) => other !== name));
  const inWords = (shown: readonly ShownMember[]) =>
    shown
      .filter((one) => !others.has(one.name))
      .map(memberInWords)
      .toSorted();
  const see = async (
    what: string,
    room: CaseRoom,
    until: (wanted: Wanted<ShownMember>) => Promise<readonly ShownMember[]>,
  ) => {
    const expected = membersIn(presence, room, { reader: name, writer: writerName });
    const shown = await until((list) => inWords(list).join() === expected.join());
    return differs(what, expected, inWords(shown));
  };
  const { first, second } = presence;
  const own = [
    ...(first.isThere ? [{ page: "first", room: first.room } as const] : []),
    ...(second === null ? [] : [{ page: "second", room: second.room } as const]),
  ];
  for (const { page, room } of own) {
    const found = await see("who is there", room, (wanted) => reader.untilMembers(wanted, page));
    if (found !== null) return found;
  }
  for (const [room, writer] of Object.entries(writers) as [CaseRoom, RoomUser][]) {
    if (!presence.writers[room].isThere) continue;
    const found = await see("who is there for the writer", room, (wanted) =>
      writer.untilMembers(wanted, "first", patienceMs),
    );
    if (found !== null) return found;
  }
  return null;
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
