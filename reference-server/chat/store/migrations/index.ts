import type { Migration } from "kysely";
import { chat } from "./0001-chat.ts";
import { accounts } from "./0002-accounts.ts";
import { conversations } from "./0003-conversations.ts";

/** All migrations, in their order. One that was released is never changed: one more is one file and one line. */
export const MIGRATIONS = {
  "0001-chat": chat,
  "0002-accounts": accounts,
  "0003-conversations": conversations,
} as const satisfies Record<string, Migration>;
