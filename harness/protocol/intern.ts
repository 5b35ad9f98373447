import type { Comprehension, Entry, Slot, Statics } from "./rendered.ts";

/** How many entries are remembered of those that came once, and of those that came more often. Powers of two. */
const ONCE = 512;
const OFTEN = 16_384;

/**
 * Makes equal things one object. Thousands of users hold the same templates and the same messages; held
 * once, they cost once, and whatever was derived from one (its HTML, its text) is known for all users.
 */
export class Interner {
  /** By their first string. Not bounded: an application has as many statics as templates. */
  readonly #statics = new Map<string, Statics[]>();
  /** Each in the place that a sample of it gives it, until another one takes that place. */
  readonly #once: (Entry | null)[] = new Array(ONCE).fill(null);
  readonly #often: (Entry | null)[] = new Array(OFTEN).fill(null);

  #lastSerial = 0;

  /** A number that no other diff has got. */
  nextSerial(): number {
    this.#lastSerial += 1;
    return this.#lastSerial;
  }

  /** The one object for these statics. */
  statics(statics: Statics): Statics {
    const first = statics[0] ?? "";
    const alike = this.#statics.get(first) ?? [];
    const known = alike.find((other) => isSameStatics(other, statics));
    if (known !== undefined) return known;
    this.#statics.set(first, [...alike, statics]);
    return statics;
  }

  /**
   * The one object for an entry with these slots, as long as it is remembered. Their statics are interned. One that comes
   * for the first time is soon forgotten: a crowd that gets different ones would have them all kept.
   */
  entry(entry: Entry): Entry {
    if (entry.mayHoldStreams) return entry;
    const sample = sampleOfSlots(entry.slots, 0);
    const often = this.#often[sample & (OFTEN - 1)] ?? null;
    if (often !== null && isSameSlots(often.slots, entry.slots)) return often;
    const once = this.#once[sample & (ONCE - 1)] ?? null;
    if (once !== null && isSameSlots(once.slots, entry.slots)) {
      this.#often[sample & (OFTEN - 1)] = once;
      return once;
    }
    this.#once[sample & (ONCE - 1)] = entry;
    return entry;
  }

  /** Remembers an entry of which it is known that it will come again. */
  remember(entry: Entry): void {
    if (!entry.mayHoldStreams) this.#often[sampleOfSlots(entry.slots, 0) & (OFTEN - 1)] = entry;
  }
}

/** A number that differs for most slots that differ: of each text it has the length and some characters. */
function sampleOfSlots(slots: readonly Slot[], seed: number): number {
  let sample = seed;
  for (const slot of slots) {
    if (typeof slot === "string") {
      sample = mix(sample, slot.length);
      for (let at = slot.length - 1; at >= 0; at -= 4) sample = mix(sample, slot.charCodeAt(at));
    } else if (typeof slot === "number") sample = mix(sample, slot);
    else if (slot.kind === "rendered") sample = sampleOfSlots(slot.slots, sample);
    else for (const entry of slot.entries) sample = sampleOfSlots(entry.slots, sample);
  }
  return sample;
}

const mix = (sample: number, value: number): number => {
  const mixed = Math.imul(sample ^ value, 0x01000193);
  return mixed ^ (mixed >>> 15);
};

function isSameSlots(a: readonly Slot[], b: readonly Slot[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!isSameSlot(a[i] as Slot, b[i] as Slot)) return false;
  return true;
}

function isSameSlot(a: Slot, b: Slot): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a.statics !== b.statics) return false;
  return a.kind === "rendered"
    ? b.kind === "rendered" && isSameSlots(a.slots, b.slots)
    : b.kind === "comprehension" && isSameComprehension(a, b);
}

function isSameComprehension(a: Comprehension, b: Comprehension): boolean {
  return (
    a.entries.length === b.entries.length &&
    a.entries.every((entry, i) => isSameSlots(entry.slots, b.entries[i]?.slots ?? []))
  );
}

function isSameStatics(a: Statics, b: Statics): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
