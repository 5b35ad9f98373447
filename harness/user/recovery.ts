/** What a user does by himself when something goes wrong, or when the server sends him elsewhere. */
export interface RecoveryOptions {
  /**
   * `none`: whatever is lost cuts the user off, who is told and may connect anew. `backoff`: as the official client,
   * a dropped socket is opened again, a crashed view joined again, a page whose view cannot be joined loaded again.
   * Default: `none`.
   */
  readonly reconnect?: "none" | "backoff";
  /**
   * `refuse`: a server that sends the user elsewhere cuts him off. `follow`: he goes there, and loads the page again
   * where the server asks for that. Patches of the URL are followed in any case. Default: `refuse`.
   */
  readonly redirects?: "refuse" | "follow";
  /** How often in a row a socket is opened, or a view joined, before the user gives up. Default: 10. */
  readonly mostAttempts?: number;
}

/** The options with what is left out. */
export type Recovery = Required<RecoveryOptions>;

export function recoveryOf(options: RecoveryOptions): Recovery {
  const { reconnect = "none", redirects = "refuse", mostAttempts = 10 } = options;
  return { reconnect, redirects, mostAttempts };
}

const LOSSES: ReadonlySet<string> = new Set([
  "socket-closed",
  "socket-error",
  "socket-refused",
  "connect-timeout",
  "heartbeat-timeout",
]);

/** Whether this code says that a socket was lost, rather than that what came on it was wrong. */
export function isLoss(code: string): boolean {
  return LOSSES.has(code);
}
