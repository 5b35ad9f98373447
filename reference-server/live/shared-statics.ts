/** The statics that one diff sends once and refers to by number (`p`), in the order in which they were first needed. */
export class SharedStatics {
  /** A diff has few. */
  readonly #all: (readonly string[])[] = [];

  /** The number of these statics; the array's identity is the template's fingerprint. */
  number(statics: readonly string[]): number {
    const known = this.#all.indexOf(statics);
    return known === -1 ? this.#all.push(statics) - 1 : known;
  }

  /** `{"0": [...], ...}`; undefined where nothing was shared. */
  toDiff(): Record<string, readonly string[]> | undefined {
    return this.#all.length === 0 ? undefined : Object.fromEntries(this.#all.entries());
  }
}
