import { LogInLimit } from "./log-in-limit.ts";
import { verifyPassword } from "./password.ts";

/** What came of proving a password. */
export type Proof<T> =
  | { readonly kind: "proved"; readonly result: T }
  | { readonly kind: "wrong" }
  /** There were too many failures. Milliseconds since the epoch. */
  | { readonly kind: "limited"; readonly retryAtMs: number };

/** An account whose password was given, and its hash then. */
export interface Proved {
  readonly id: number;
  readonly hash: string;
}

/** Who says that he is whom, and how he proves it. */
export interface Claim {
  /** Undefined where there is no such account. */
  readonly account: { readonly id: number; readonly password_hash: string | null } | undefined;
  /** What was asked for: attempts are counted by it where there is no such account. */
  readonly login: string;
  readonly password: string;
}

/** Logins are counted by so many characters: no name or address is longer. */
const COUNTED_LENGTH = 254;

/** Proves passwords, and counts failures. Guesses at accounts that are not there push none that is out of the count. */
export class Prover {
  readonly #known: LogInLimit;
  readonly #unknown: LogInLimit;

  /** @param nowMs milliseconds since the epoch. */
  constructor(nowMs: () => number) {
    this.#known = new LogInLimit(nowMs);
    this.#unknown = new LogInLimit(nowMs);
  }

  /** @param act gives undefined where the password was changed meanwhile: then the proof is none any more. */
  async prove<T>(
    { account, login, password }: Claim,
    act: (proved: Proved) => Promise<T | undefined>,
  ): Promise<Proof<T>> {
    const [limit, counted] =
      account === undefined
        ? [this.#unknown, login.slice(0, COUNTED_LENGTH)]
        : [this.#known, String(account.id)];
    const attempt = limit.begin(counted);
    if (!attempt.allowed) return { kind: "limited", retryAtMs: attempt.retryAtMs };
    const hash = account?.password_hash ?? null;
    if (!(await verifyPassword(password, hash)) || account === undefined || hash === null)
      return { kind: "wrong" };
    limit.succeeded(counted);
    const result = await act({ id: account.id, hash });
    return result === undefined ? { kind: "wrong" } : { kind: "proved", result };
  }
}
