/**
 * A map bounded by the cost of what it holds, forgetting what was not asked for lately.
 *
 * Two generations: entries are added to the young one; when it has taken half of the limit it becomes the
 * old one, and the old one is dropped. What is found in the old generation moves to the young one. So
 * everything used within the last half of the limit is kept, at the price of a map lookup and no links.
 */
export class GenerationCache<Value> {
  readonly #half: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #youngCost = 0;
  /** What was asked for or added last: comparing two texts costs less than hashing one. */
  #lastKey: string | null = null;
  #lastValue: Value | undefined;

  /** @param limit the most that the entries may cost together; a key costs its length, in UTF-16 units. */
  constructor(limit: number) {
    this.#half = limit / 2;
  }

  /** How many entries are held. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** What is held under the key, if it is still held. */
  get(key: string): Value | undefined {
    if (key === this.#lastKey) return this.#lastValue;
    const young = this.#young.get(key);
    if (young !== undefined) {
      this.#lastKey = key;
      this.#lastValue = young;
      return young;
    }
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.set(key, old);
    return old;
  }

  /** Holds the value, unless its key alone would fill a generation. */
  set(key: string, value: Value): void {
    if (key.length > this.#half) return;
    if (this.#youngCost + key.length > this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngCost = 0;
    }
    this.#young.set(key, value);
    this.#youngCost += key.length;
    this.#lastKey = key;
    this.#lastValue = value;
  }
}
