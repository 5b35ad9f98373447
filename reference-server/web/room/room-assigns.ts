import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import type { Room } from "../../chat/rooms.ts";
import type { ListAssigns } from "./list-mode.ts";
import type { ModeName } from "./modes.ts";

/** What the room page holds. */
export interface RoomAssigns extends ListAssigns {
  readonly pageTitle: string;
  readonly mode: ModeName;
  readonly me: User;
  readonly rooms: readonly Room[];
  readonly room: Room;
  /** The message whose text is being changed. */
  readonly editing: Message | null;
}
