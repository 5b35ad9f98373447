import { BenchError } from "../core/errors.ts";
import type { After } from "./timer.ts";

/** The times that a page waits for before it goes on, so that none is left when it is closed. */
export class Alarms {
  readonly #after: After;
  readonly #waiting = new Map<PromiseWithResolvers<void>, () => void>();

  constructor(after: After) {
    this.#after = after;
  }

  /** Resolves after so many milliseconds; rejects with code `closed` if that is not waited for any more. */
  wait(ms: number): Promise<void> {
    const alarm = Promise.withResolvers<void>();
    const cancel = this.#after(ms, () => {
      this.#waiting.delete(alarm);
      alarm.resolve();
    });
    this.#waiting.set(alarm, cancel);
    return alarm.promise;
  }

  /** Ends every wait. */
  stop(): void {
    for (const [alarm, cancel] of this.#waiting) {
      cancel();
      alarm.reject(new BenchError("the user is closed", { code: "closed" }));
    }
    this.#waiting.clear();
  }
}
