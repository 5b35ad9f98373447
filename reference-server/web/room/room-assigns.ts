import type { Room } from "../../chat/rooms.ts";
import type { ChatAssigns } from "../chat/chat-assigns.ts";
import type { HistoryBy } from "../chat/history-marker.ts";
import type { ModeName } from "../chat/modes.ts";
import type { AfterRender } from "./after-render.ts";

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
}
