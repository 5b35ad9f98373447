type Statics = readonly string[];

/** The statics that one diff sends once and refers to by number (`p`), in the order in which they were first needed. */
export class SharedStatics {
  /** A diff has few. */
  readonly #all: Statics[] = [];

  /** The number of these statics; the array's identity is the template's fingerprint. */
  number(statics: Statics): number {
    const known = this.#all.indexOf(statics);
    return known === -1 ? this.#all.push(statics) - 1 : known;
  }

  /** `{"0": [...], ...}`; undefined where nothing was shared. */
  toDiff(): Record<string, Statics> | undefined {
    if (this.#all.length === 0) return undefined;
    const diff: Record<string, Statics> = {};
    for (const [index, statics] of this.#all.entries()) diff[index] = statics;
    return diff;
  }
}
