import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import type { Messages } from "../../chat/messages.ts";
import type { Room } from "../../chat/rooms.ts";
import type { Flash } from "../../live/flash.ts";
import type { Step } from "../../live/pipeline.ts";
import type { Socket } from "../../live/socket.ts";
import type { ListAssigns, ListMode } from "./list-mode.ts";

/** What every page holds on which messages are read and written. */
export interface ChatAssigns extends ListAssigns {
  readonly flash: Flash;
  readonly pageTitle: string;
  readonly me: User;
  /** Where the messages are. */
  readonly room: Room;
  /** What is looked for in the room; empty: nothing. */
  readonly search: string;
  /** The message whose text is being changed. */
  readonly editing: Message | null;
  /** Why the message as it is written so far could not be sent; empty: it could. */
  readonly draftProblem: string;
}

/** The state of such a page. */
export type ChatSocket = Socket<ChatAssigns>;

/** One purpose of such a page. */
export type ChatStep = Step<ChatSocket>;

/** What such a page is made with. */
export interface ChatParts {
  readonly messages: Messages;
  readonly list: ListMode;
}

/** Nothing written, opened or looked for yet. */
export const NEW_CHAT = {
  editing: null,
  draftProblem: "",
  search: "",
  window: [],
  hasNewer: false,
} satisfies Partial<ChatAssigns>;
