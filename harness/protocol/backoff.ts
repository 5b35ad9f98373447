/** How long to wait before the attempt of this number, the first being 1: milliseconds. */
export type Backoff = (attempt: number) => number;

const RECONNECT_MS = [10, 50, 100, 150, 200, 250, 500, 1000, 2000];
const REJOIN_MS = [1000, 2000, 5000];

/** Before a socket that dropped is opened again. Source: `reconnectAfterMs` in phoenix/socket.js; no override in live_socket.ts. */
export const reconnectAfterMs: Backoff = (attempt) => RECONNECT_MS[attempt - 1] ?? 5000;

/** Before a channel that crashed joins again. Source: `rejoinAfterMs` in phoenix/socket.js; no override in live_socket.ts. */
export const rejoinAfterMs: Backoff = (attempt) => REJOIN_MS[attempt - 1] ?? 10_000;

const JITTER_MIN_MS = 5_000;
const JITTER_MAX_MS = 10_000;

/**
 * Before a page is loaded anew because its view cannot be joined.
 *
 * Source: `reloadWithJitter` in live_socket.ts, `RELOAD_JITTER_MIN` and `RELOAD_JITTER_MAX` in constants.ts.
 *
 * @param random from 0 up to 1, so that users do not come back all at once
 */
export function reloadAfterMs(random: number): number {
  return Math.floor(random * (JITTER_MAX_MS - JITTER_MIN_MS + 1)) + JITTER_MIN_MS;
}

/** How often a page is loaded anew without a join in between. Source: `MAX_RELOADS` in constants.ts. */
export const MOST_RELOADS = 10;

/** How often a view that is not the main one tries to join. Source: `MAX_CHILD_JOIN_ATTEMPTS` in constants.ts. */
export const MOST_CHILD_JOINS = 3;
