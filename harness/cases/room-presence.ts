import type { CaseRoom, RoomAct } from "../core/room-act.ts";
import { memberInWords } from "../crowd/shown-members.ts";

/** Who is in the rooms of a case, and who writes there, as the acts have brought it about: of one reader, and of the writers. */
export interface RoomPresence {
  readonly first: PagePresence & {
    /** False while he is cut off. */
    readonly isThere: boolean;
  };
  /** Null where he has opened none. */
  readonly second: PagePresence | null;
  /** Of each room. */
  readonly writers: Readonly<Record<CaseRoom, { readonly isThere: boolean; readonly writes: boolean }>>;
}

/** What one of a reader's pages tells of him. */
export interface PagePresence {
  readonly room: CaseRoom;
  /** Whether he has begun a message there. */
  readonly writes: boolean;
}

const THERE = { isThere: true, writes: false } as const;

/** When a reader has opened his page. */
export const AT_START: RoomPresence = {
  first: { room: "here", ...THERE },
  second: null,
  writers: { here: THERE, elsewhere: THERE, empty: THERE },
};

/** What an act makes of it. */
export function presenceAfter(presence: RoomPresence, act: RoomAct): RoomPresence {
  const { first, second } = presence;
  const withFirst = (change: Partial<typeof first>): RoomPresence => ({
    ...presence,
    first: { ...first, ...change },
  });
  const withWriter = (room: CaseRoom, change: Partial<RoomPresence["writers"][CaseRoom]>): RoomPresence => ({
    ...presence,
    writers: { ...presence.writers, [room]: { ...presence.writers[room], ...change } },
  });
  switch (act.act) {
    case "send":
      return withWriter(act.room ?? "here", { writes: false });
    case "writer-drafts":
      return withWriter("here", { writes: act.text !== "" });
    case "writer-goes":
      return withWriter("here", { isThere: false, writes: false });
    case "writer-comes":
      return withWriter("here", { isThere: true });
    case "go":
      return withFirst({ room: act.room, writes: false });
    case "cut":
    case "fall-silent":
      return withFirst({ isThere: false, writes: false });
    case "return":
      return withFirst({ isThere: true });
    case "open-second":
      return { ...presence, second: { room: first.room, writes: false } };
    case "close-second":
      return { ...presence, second: null };
    case "draft": {
      const writes = act.text !== "";
      if (act.page !== "second") return withFirst({ writes });
      if (second === null) throw new RangeError("a case writes on a second page that it has not opened");
      return { ...presence, second: { ...second, writes } };
    }
    case "leave-field":
      return withFirst({ writes: false });
    case "edit":
    case "delete":
    case "history":
    case "scroll-up":
      return presence;
    default:
      return act satisfies never;
  }
}

/** Who must be shown in a room, in words, sorted: a reader is one, however many pages he has there. */
export function membersIn(
  { first, second, writers }: RoomPresence,
  room: CaseRoom,
  names: { readonly reader: string; readonly writer: string },
): string[] {
  const own = [first.isThere ? first : null, second].filter((page) => page?.room === room);
  const { [room]: writer } = writers;
  return [
    ...(writer.isThere ? [{ name: names.writer, isTyping: writer.writes }] : []),
    ...(own.length > 0 ? [{ name: names.reader, isTyping: own.some((page) => page?.writes) }] : []),
  ]
    .map(memberInWords)
    .toSorted();
}
