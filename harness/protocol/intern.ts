import type {
  Comprehension,
  Entry,
  Rendered,
  Slot,
  Statics,
  StreamInsert,
  StreamOperations,
} from "./rendered.ts";

/** How many entries are remembered of those that came once, and of those that came more often. Powers of two. */
const ONCE = 512;
const OFTEN = 16_384;
/** How many templates and lists are remembered. A power of two. */
const PARTS = 1024;

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

  readonly #parts: (Rendered | Comprehension | null)[] = new Array(PARTS).fill(null);
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

  /**
   * The one object for a template or list with all that is in it, as long as it is remembered. What it holds is interned.
   * Worth it for what users keep: the page that they join, most of which is the same for all of them.
   */
  part<Part extends Rendered | Comprehension>(part: Part): Part {
    const place = sampleOfSlot(part, 0) & (PARTS - 1);
    const known = this.#parts[place] ?? null;
    if (known !== null && isSameSlot(known, part)) return known as Part;
    this.#parts[place] = part;
    return part;
  }

  /** Remembers an entry of which it is known that it will come again. */
  remember(entry: Entry): void {
    if (!entry.mayHoldStreams) this.#often[sampleOfSlots(entry.slots, 0) & (OFTEN - 1)] = entry;
  }
}

/** A number that differs for most slots that differ: of each text it has the length and some characters. */
function sampleOfSlots(slots: readonly Slot[], seed: number): number {
  let sample = seed;
  for (const slot of slots) sample = sampleOfSlot(slot, sample);
  return sample;
}

function sampleOfSlot(slot: Slot, seed: number): number {
  if (typeof slot === "number") return mix(seed, slot);
  if (typeof slot === "string") {
    let sample = mix(seed, slot.length);
    for (let at = slot.length - 1; at >= 0; at -= 4) sample = mix(sample, slot.charCodeAt(at));
    return sample;
  }
  if (slot.kind === "rendered") return sampleOfSlots(slot.slots, seed);
  let sample = mix(seed, slot.entries.length);
  for (const entry of slot.entries) sample = sampleOfSlots(entry.slots, sample);
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
  if (a.kind === "rendered") return b.kind === "rendered" && isSameSlots(a.slots, b.slots);
  return (
    b.kind === "comprehension" && isSameStream(a.stream, b.stream) && isSameEntries(a.entries, b.entries)
  );
}

function isSameEntries(a: readonly Entry[], b: readonly Entry[]): boolean {
  return (
    a.length === b.length &&
    a.every((entry, i) => entry === b[i] || isSameSlots(entry.slots, b[i]?.slots ?? []))
  );
}

function isSameStream(a: StreamOperations | null, b: StreamOperations | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.ref === b.ref &&
    a.reset === b.reset &&
    isSameStatics(a.deletes, b.deletes) &&
    a.inserts.length === b.inserts.length &&
    a.inserts.every((insert, i) => isSameInsert(insert, b.inserts[i]))
  );
}

function isSameInsert(a: StreamInsert, b: StreamInsert | undefined): boolean {
  return a.id === b?.id && a.at === b.at && a.limit === b.limit && a.updateOnly === b.updateOnly;
}

function isSameStatics(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
