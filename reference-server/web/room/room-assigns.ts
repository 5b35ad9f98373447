import type { Room } from "../../chat/rooms.ts";
import type { Step } from "../../live/pipeline.ts";
import type { Socket } from "../../live/socket.ts";
import type { ChatAssigns } from "../chat/chat-assigns.ts";
import type { HistoryBy } from "../chat/history-marker.ts";
import type { ModeName } from "../chat/modes.ts";
import type { AfterRender } from "./after-render.ts";
import type { Member } from "./members.ts";

/** What the room page holds. */
export interface RoomAssigns extends ChatAssigns {
  readonly mode: ModeName;
  readonly rooms: readonly Room[];
  readonly historyBy: HistoryBy;
  readonly after: AfterRender;
  /** What stands in front of `/rooms/1` in the page's address. */
  readonly prefix: string;
  /** What stands behind it: how the page was asked for, and so all rooms that are gone to from it. */
  readonly query: string;
  /** Whether the page has to do with who is in the room: it shows it, and is counted. */
  readonly showsMembers: boolean;
  /** Who is in the room, by name. */
  readonly members: readonly Member[];
  /** Where the page itself is counted: the topic of its room, and the ref that {@link Presence.track} gave. */
  readonly tracked: { readonly topic: string; readonly ref: string } | undefined;
}

/** One purpose of the room page. */
export type RoomStep = Step<Socket<RoomAssigns>>;
