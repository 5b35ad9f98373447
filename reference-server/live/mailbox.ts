/** For a microtask of Promise.then, which costs a third of one of queueMicrotask. */
const SOON = Promise.resolve();

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
    SOON.then(() => this.#drain());
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

  /** Waits only for tasks that take a while: a promise for each would cost as much as the task. */
  #drain(): void {
    try {
      for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
        const result = task();
        if (result instanceof Promise) {
          result.then(
            () => this.#drain(),
            (error) => this.#crash(error),
          );
          return;
        }
      }
    } catch (error) {
      return this.#crash(error);
    }
    this.#rest();
  }

  #crash(error: unknown): void {
    this.close();
    this.#onCrash(error);
    this.#rest();
  }

  #rest(): void {
    this.#draining = false;
    this.#last?.();
    this.#last = undefined;
  }
}
