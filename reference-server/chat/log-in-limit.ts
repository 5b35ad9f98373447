/** So many failed log-ins in a row ... */
export const MAX_FAILURES = 10;
/** ... within so long close an account to more of them, until the first of them is so long ago. */
export const FAILURE_WINDOW_MS = 15 * 60 * 1000;
const MAX_ACCOUNTS = 10_000;

/** Whether one more attempt may be made. */
export type Attempt =
  | { readonly allowed: true }
  /** Milliseconds since the epoch. */
  | { readonly allowed: false; readonly retryAtMs: number };

/**
 * Counts failed log-ins, by account and not by address: guesses come from many addresses, and many people from one.
 *
 * An attempt counts when it begins, so that guesses at the same time are counted too; one that succeeds is forgotten, with
 * those before it. Held in memory, and bounded: the account whose last attempt is longest ago is forgotten first.
 */
export class LogInLimit {
  readonly #nowMs: () => number;
  readonly #maxAccounts: number;
  /** When attempts were made, oldest first, by account; accounts by their last attempt. */
  readonly #attempts = new Map<string, readonly number[]>();

  /** @param nowMs milliseconds since the epoch. */
  constructor(nowMs: () => number, maxAccounts = MAX_ACCOUNTS) {
    this.#nowMs = nowMs;
    this.#maxAccounts = maxAccounts;
  }

  /** Counts an attempt, if it may be made. */
  begin(account: string): Attempt {
    const nowMs = this.#nowMs();
    const recent = (this.#attempts.get(account) ?? []).filter((atMs) => atMs > nowMs - FAILURE_WINDOW_MS);
    const [first] = recent;
    if (first !== undefined && recent.length >= MAX_FAILURES)
      return { allowed: false, retryAtMs: first + FAILURE_WINDOW_MS };
    this.#attempts.delete(account);
    this.#attempts.set(account, [...recent, nowMs]);
    for (const oldest of this.#attempts.keys()) {
      if (this.#attempts.size <= this.#maxAccounts) break;
      this.#attempts.delete(oldest);
    }
    return { allowed: true };
  }

  /** Forgets the attempts of an account: one has succeeded. */
  succeeded(account: string): void {
    this.#attempts.delete(account);
  }
}
