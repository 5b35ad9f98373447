import type { Accounts } from "../../chat/accounts.ts";

/** What the pages of accounts need of the chat. */
export interface AccountContext {
  readonly accounts: Accounts;
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
}
