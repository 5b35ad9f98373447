import { GenerationCache } from "./generation-cache.ts";
import type { Entry, Slot, Statics } from "./rendered.ts";

/** How much text of entries is remembered, in UTF-16 units: some ten thousand chat messages. */
const ENTRY_LIMIT = 8_000_000;

/**
 * Makes equal things one object. Thousands of users hold the same templates and the same messages; held
 * once, they cost once, and whatever was derived from one (its HTML, its text) is known for all users.
 */
export class Interner {
  /** By their first string. Not bounded: an application has as many statics as templates. */
  readonly #statics = new Map<string, Statics[]>();
  readonly #staticsIds = new Map<Statics, number>();
  readonly #entries = new GenerationCache<Entry>(ENTRY_LIMIT);

  /** The one object for these statics. */
  statics(statics: Statics): Statics {
    const first = statics[0] ?? "";
    const alike = this.#statics.get(first) ?? [];
    const known = alike.find((other) => isSame(other, statics));
    if (known !== undefined) return known;
    this.#statics.set(first, [...alike, statics]);
    this.#staticsIds.set(statics, this.#staticsIds.size);
    return statics;
  }

  /** The one object for an entry with these slots, as long as it is remembered. Their statics are interned. */
  entry(entry: Entry): Entry {
    if (entry.mayHoldStreams) return entry;
    const key = this.#keyOf(entry.slots);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    this.#entries.set(key, entry);
    return entry;
  }

  #keyOf(slots: readonly Slot[]): string {
    let key = "";
    for (const slot of slots) {
      if (typeof slot === "string") key += `${slot.length}:${slot}`;
      else if (typeof slot === "number") key += `#${slot},`;
      else if (slot.kind === "rendered") {
        key += `<${this.#staticsIds.get(slot.statics)} ${this.#keyOf(slot.slots)}>`;
      } else {
        key += `[${this.#staticsIds.get(slot.statics)} `;
        for (const entry of slot.entries) key += `${this.#keyOf(entry.slots)};`;
        key += "]";
      }
    }
    return key;
  }
}

function isSame(a: Statics, b: Statics): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
