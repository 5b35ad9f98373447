import type { User } from "../../chat/accounts.ts";
import type { Contacts } from "../../chat/contacts.ts";
import type { Conversation } from "../../chat/conversation.ts";
import type { Conversations } from "../../chat/conversations.ts";
import type { Sessions } from "../../chat/sessions.ts";
import type { Flash } from "../../live/flash.ts";
import type { Step } from "../../live/pipeline.ts";
import type { Socket } from "../../live/socket.ts";
import type { Permission } from "../messenger/notifications.ts";

/** How a half-made conversation survives a cut: by the client's own recovery of forms, or by a hook. */
export type Recovery = "auto" | "hook";

/** A conversation that is being made. */
export interface Draft {
  readonly title: string;
  /** Who is to be in it beside its owner. */
  readonly contacts: readonly User[];
}

/** What the dashboard holds. */
export interface DashboardAssigns {
  readonly flash: Flash;
  readonly me: User;
  /** One's own, newest first. */
  readonly conversations: readonly Conversation[];
  readonly draft: Draft;
  /** A part of a nickname that is looked for, and who has it. */
  readonly query: string;
  readonly found: readonly User[];
  readonly recovery: Recovery;
  readonly permission: Permission;
}

/** The state of a dashboard. */
export type DashboardSocket = Socket<DashboardAssigns>;

/** One purpose of a dashboard. */
export type DashboardStep = Step<DashboardSocket>;

/** What a dashboard needs of the chat. */
export interface DashboardContext {
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  readonly sessions: Sessions;
}

/** No conversation begun, nobody looked for. */
export const NOTHING_BEGUN = {
  draft: { title: "", contacts: [] },
  query: "",
  found: [],
} satisfies Partial<DashboardAssigns>;
