/**
 * Runs tasks one after the other, in the order in which they came, each one finished before the next begins: what a
 * BEAM process's mailbox gives a view. A task that throws empties the mailbox and closes it.
 */
export class Mailbox {
  #tasks: (() => unknown)[] = [];
  #draining = false;
  #closed = false;
  #last: (() => void) | undefined;
  readonly #onCrash: (error: unknown) => void;

  constructor(onCrash: (error: unknown) => void) {
    this.#onCrash = onCrash;
  }

  /** Adds a task. It runs after the caller has finished, never within. Without effect once closed. */
  post(task: () => unknown): void {
    if (this.#closed) return;
    this.#tasks.push(task);
    if (this.#draining) return;
    this.#draining = true;
    queueMicrotask(() => this.#drain());
  }

  /**
   * Drops what is waiting, and whatever comes.
   *
   * @param last runs once a task that is under way has finished; at once where there is none.
   */
  close(last?: () => void): void {
    this.#closed = true;
    this.#tasks = [];
    if (this.#draining) this.#last = last ?? this.#last;
    else last?.();
  }

  async #drain(): Promise<void> {
    try {
      for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
        const result = task();
        if (result instanceof Promise) await result;
      }
    } catch (error) {
      this.close();
      this.#onCrash(error);
    }
    this.#draining = false;
    this.#last?.();
    this.#last = undefined;
  }
}
