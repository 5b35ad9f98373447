/** What came of one pair of objects. */
interface Remembered<Value> {
  readonly first: object;
  readonly second: object;
  readonly value: Value;
}

/**
 * Remembers what came of the last few pairs of objects, told apart by identity: a broadcast brings the same pair for
 * one user after the other. The one that was not used for longest is forgotten.
 */
export class RecentPairs<Value> {
  readonly #size: number;
  readonly #pairs: Remembered<Value>[] = [];

  /** @param size how many pairs are remembered: a few, since they are looked through one by one */
  constructor(size: number) {
    this.#size = size;
  }

  get(first: object, second: object): Value | undefined {
    const pairs = this.#pairs;
    const found = pairs.findIndex((pair) => pair.first === first && pair.second === second);
    const pair = pairs[found];
    if (pair === undefined) return undefined;
    if (found > 0) pairs.unshift(...pairs.splice(found, 1));
    return pair.value;
  }

  /** Remembers a pair that is not remembered yet. */
  set(first: object, second: object, value: Value): void {
    if (this.#pairs.length === this.#size) this.#pairs.pop();
    this.#pairs.unshift({ first, second, value });
  }
}
