/** The statics that one diff sends once and refers to by number (`p`), in the order in which they were first needed. */
export class SharedStatics {
  readonly #numbers = new Map<readonly string[], number>();

  /** The number of these statics; the array's identity is the template's fingerprint. */
  number(statics: readonly string[]): number {
    let number = this.#numbers.get(statics);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(statics, number);
    }
    return number;
  }

  /** `{"0": [...], ...}`; undefined where nothing was shared. */
  toDiff(): Record<string, readonly string[]> | undefined {
    if (this.#numbers.size === 0) return undefined;
    return Object.fromEntries([...this.#numbers].map(([statics, number]) => [String(number), statics]));
  }
}
