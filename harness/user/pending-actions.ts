import { BenchError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import { describeJson, type JsonObject } from "../protocol/json.ts";

/** What came of an action that the server answered. */
export interface ActionResult {
  /** When its (last) push was handed to the socket. */
  readonly sentAt: Micros;
  /** When the answer was merged into the page. */
  readonly repliedAt: Micros;
  /** The payload that the event was answered with (`{:reply, payload, socket}`); null without. */
  readonly reply: unknown;
}

/** A push that was answered. */
export interface PushAnswer extends ActionResult {
  /** What the answer says beside what it changes on the page. */
  readonly response: JsonObject;
}

/** An action that waits for its answer. */
interface Pending {
  /** The event that was pushed. */
  readonly event: string;
  /** For errors: `event "send"`. */
  readonly what: string;
  readonly sentAt: Micros;
  readonly settle: PromiseWithResolvers<PushAnswer>;
}

/** The pushes of one user that were not answered yet, by ref. */
export class PendingActions {
  /** Null while nothing waits, as mostly nothing does. */
  #byRef: Map<string, Pending> | null = null;

  /** Waits for the answer to a push; rejects with a BenchError. */
  wait(ref: string, { event, what, sentAt }: Omit<Pending, "settle">): Promise<PushAnswer> {
    const settle = Promise.withResolvers<PushAnswer>();
    this.#byRef ??= new Map();
    this.#byRef.set(ref, { event, what, sentAt, settle });
    return settle.promise;
  }

  /** The event of the push with this ref, if it waits for its answer. */
  eventOf(ref: string): string | null {
    return this.#byRef?.get(ref)?.event ?? null;
  }

  /** Ends the wait for a push well. A push that nobody waits for any more is let be. */
  resolve(ref: string, repliedAt: Micros, reply: unknown, response: JsonObject): void {
    this.#take(ref, ({ sentAt, settle }) => settle.resolve({ sentAt, repliedAt, reply, response }));
  }

  /** Ends the wait for a push that the server answered with an error. */
  refuse(ref: string, response: unknown): void {
    this.#take(ref, ({ what, settle }) =>
      settle.reject(
        new BenchError(`${what} was answered with an error: ${describeJson(response)}`, {
          code: "push-refused",
        }),
      ),
    );
  }

  /** Ends every wait with this error. */
  rejectAll(error: BenchError): void {
    const waiting = this.#byRef;
    this.#byRef = null;
    for (const { settle } of waiting?.values() ?? []) settle.reject(error);
  }

  /** Ends the waits that have lasted for longer than `timeout`. */
  expire(now: Micros, timeout: Micros): void {
    for (const [ref, { what, sentAt, settle }] of this.#byRef ?? []) {
      if (now - sentAt < timeout) continue;
      this.#remove(ref);
      settle.reject(
        new BenchError(`${what} was not answered within ${timeout / 1_000_000} s`, { code: "push-timeout" }),
      );
    }
  }

  #take(ref: string, settle: (pending: Pending) => void): void {
    const pending = this.#byRef?.get(ref);
    if (pending === undefined) return;
    this.#remove(ref);
    settle(pending);
  }

  #remove(ref: string): void {
    this.#byRef?.delete(ref);
    if (this.#byRef?.size === 0) this.#byRef = null;
  }
}
