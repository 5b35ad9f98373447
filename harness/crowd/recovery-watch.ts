import type { Clock, Micros } from "../core/units.ts";

/** Waits until users who lose their connection are back, and notes when each of them was. */
export class RecoveryWatch {
  readonly #clock: Clock;
  readonly #waiting = new Set<string>();
  readonly #backUs = new Map<string, Micros>();
  #all = Promise.withResolvers<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** These will lose their connection now. */
  expect(names: readonly string[]): void {
    this.#waiting.clear();
    this.#backUs.clear();
    for (const name of names) this.#waiting.add(name);
    this.#all = Promise.withResolvers();
    if (names.length === 0) this.#all.resolve();
  }

  /** Somebody has joined. */
  joined(name: string): void {
    if (!this.#waiting.delete(name)) return;
    this.#backUs.set(name, this.#clock());
    if (this.#waiting.size === 0) this.#all.resolve();
  }

  /** Resolves when all are back. */
  get all(): Promise<void> {
    return this.#all.promise;
  }

  /** When each of those who are back was; the others are not in it. */
  get backUs(): ReadonlyMap<string, Micros> {
    return this.#backUs;
  }
}
