import { BenchError } from "../core/errors.ts";
import type { After } from "../core/units.ts";

/** The times that a page waits for before it goes on, so that none is left when it is closed. */
export class Alarms {
  readonly #after: After;
  /** Made when the first wait begins: most users never wait. */
  #waiting: Map<PromiseWithResolvers<void>, () => void> | null = null;
  #isStopped = false;

  constructor(after: After) {
    this.#after = after;
  }

  /** Resolves after so many milliseconds; rejects with code `closed` if that is not waited for any more. */
  wait(ms: number): Promise<void> {
    if (this.#isStopped) return Promise.reject(closed());
    const alarm = Promise.withResolvers<void>();
    const cancel = this.#after(ms, () => {
      this.#waiting?.delete(alarm);
      alarm.resolve();
    });
    this.#waiting ??= new Map();
    this.#waiting.set(alarm, cancel);
    return alarm.promise;
  }

  /** Ends the waits of before, and allows new ones. */
  start(): void {
    this.stop();
    this.#isStopped = false;
  }

  /** Ends every wait, and what would begin to wait after that. */
  stop(): void {
    this.#isStopped = true;
    for (const [alarm, cancel] of this.#waiting ?? []) {
      cancel();
      alarm.reject(closed());
    }
    this.#waiting = null;
  }
}

function closed(): BenchError {
  return new BenchError("the user is closed", { code: "closed" });
}
