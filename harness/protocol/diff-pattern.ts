import type { Diff, EntryChange, ListDiff, SlotDiff, SlotsDiff } from "./diff.ts";
import { Interner } from "./intern.ts";
import { parseDiff, parseEvents } from "./parse-diff.ts";
import { type AsciiPayload, type Hole, holesIn, PayloadSkeleton, textAround } from "./payload-skeleton.ts";
import type { Entry, Slot, StreamInsert, StreamOperations } from "./rendered.ts";
import { EVENT, KEY } from "./wire-keys.ts";

/** Diffs that differ only in the texts of slots, in ids of streams, and in the events that they push. */
export interface DiffPattern {
  /**
   * What a payload says, without parsing it; null where it does not follow the pattern, or may be malformed.
   *
   * @param ascii where the payload is, if it is ASCII: then hardly anything of what is read keeps its text alive. Default: null
   */
  read(payloadText: string, ascii?: AsciiPayload | null): Diff | null;
}

/** Makes a part of a diff of the texts in the holes of its payload. */
type Make<Part> = (texts: readonly string[]) => Part;

const NOTHING: readonly never[] = [];

/** The number of the hole that a text of the probed diff stands for; null where what stands there is the same in all. */
type HoleOf = (probed: unknown) => number | null;

/**
 * The pattern of a payload. Which of its texts may differ is found out by parsing it once more with a probe in place of
 * each: where one comes out as a slot, or as an id of a stream, nothing else depends on it. All else is the
 * pattern, byte for byte: keys, numbers, statics.
 *
 * @param diff what the payload says
 * @returns null where nothing may differ, or the diff is none that only changes the root's slots
 */
export function patternOf(interner: Interner, payloadText: string, diff: Diff): DiffPattern | null {
  const { root, components, references, reply, title } = diff;
  if (root?.kind !== "slots" || components.length + references.length > 0 || reply !== undefined) return null;
  const candidates = holesIn(payloadText, KEY.events);
  const probed = parseProbed(payloadText, candidates);
  if (probed?.kind !== "slots") return null;
  const found = new Set<unknown>();
  makeSlots(interner, root, probed, (text) => {
    found.add(text);
    return null;
  });
  const holes = candidates.filter(
    (hole) => hole.kind === "events" || found.has(textAround(hole, probeOf(hole))),
  );
  const eventsAt = holes.findIndex(({ kind }) => kind === "events");
  const lastEventsAt = holes.findLastIndex(({ kind }) => kind === "events");
  if (eventsAt !== lastEventsAt || holes.every(({ kind }) => kind === "events")) return null;
  const numbers = new Map<unknown, number>(
    holes.map((hole, number) => [textAround(hole, probeOf(hole)), number]),
  );
  const rootOf = makeSlots(interner, root, probed, (text) => numbers.get(text) ?? null);
  const skeleton = new PayloadSkeleton(payloadText, holes);
  return {
    read(text, ascii = null) {
      const texts = skeleton.match(text, ascii);
      if (texts === null) return null;
      const events = eventsAt === -1 ? diff.events : readEvents(texts[eventsAt] as string);
      if (events === null) return null;
      return { event: diff.event, root: rootOf(texts), components, references, events, title, reply };
    },
  };
}

/** A text that no other hole has. */
const probeOf = ({ start }: Hole): string => `\uE000${start}\uE000`;

/** What a payload says with probes in its texts. */
function parseProbed(payloadText: string, holes: readonly Hole[]): Diff["root"] {
  let json = "";
  let at = 0;
  for (const hole of holes) {
    if (hole.kind === "events") continue;
    json += payloadText.slice(at, hole.start) + probeOf(hole);
    at = hole.end;
  }
  json += payloadText.slice(at);
  // Its statics are probed as well, and of no use to anybody.
  return parseDiff(new Interner(), EVENT.diff, null, JSON.parse(json)).root;
}

/** What is wrong with events is said by who parses the whole payload. */
function readEvents(json: string): Diff["events"] | null {
  try {
    return parseEvents(EVENT.diff, JSON.parse(json));
  } catch {
    return null;
  }
}

function makeSlots(interner: Interner, known: SlotsDiff, probed: SlotsDiff, holeOf: HoleOf): Make<SlotsDiff> {
  const { kind, path, indices, mayHoldComponents, mayHoldStreams } = known;
  const valuesOf = makeAll(known.values, probed.values, (a, b) => makeSlot(interner, a, b, holeOf));
  const isWhole = known.entry !== null;
  return (texts) => {
    const values = valuesOf(texts);
    const entry: Entry | null = isWhole
      ? { kind: "entry", slots: values as Slot[], mayHoldComponents, mayHoldStreams }
      : null;
    return { kind, path, indices, values, entry, mayHoldComponents, mayHoldStreams };
  };
}

function makeSlot(interner: Interner, known: SlotDiff, probed: SlotDiff, holeOf: HoleOf): Make<SlotDiff> {
  if (typeof known === "string") return makeText(known, probed, holeOf);
  if (typeof known !== "object" || typeof probed !== "object") return () => known;
  if (known.kind === "slots" && probed.kind === "slots") return makeSlots(interner, known, probed, holeOf);
  if (known.kind === "list" && probed.kind === "list") return makeList(interner, known, probed, holeOf);
  if (known.kind === "rendered" && probed.kind === "rendered") {
    const { kind, statics, mayHoldStreams } = known;
    const slotsOf = makeAll(known.slots, probed.slots, (a, b) => makeSlot(interner, a, b, holeOf));
    return (texts) => ({ kind, statics, slots: slotsOf(texts) as Slot[], mayHoldStreams });
  }
  // A list that is sent as a whole: a page of it, of which the next one will hardly be like it.
  return () => known;
}

function makeList(interner: Interner, known: ListDiff, probed: ListDiff, holeOf: HoleOf): Make<ListDiff> {
  const { kind, path, count, mayHoldStreams } = known;
  const changesOf = makeAll(known.changes, probed.changes, (a, b) => makeChange(interner, a, b, holeOf));
  const streamOf = makeStream(known.stream, probed.stream, holeOf);
  return (texts) => {
    const changes = changesOf(texts);
    const stream = streamOf(texts);
    return { kind, path, count, changes, stream, mayHoldStreams, serial: interner.nextSerial() };
  };
}

function makeChange(
  interner: Interner,
  known: EntryChange,
  probed: EntryChange,
  holeOf: HoleOf,
): Make<EntryChange> {
  const { index, from } = known;
  if (known.diff === null || probed.diff === null) return () => known;
  const slotsOf = makeSlots(interner, known.diff, probed.diff, holeOf);
  return (texts) => {
    const diff = slotsOf(texts);
    const entry = diff.entry && interner.entry(diff.entry);
    return { index, from, diff: entry === diff.entry ? diff : { ...diff, entry } };
  };
}

function makeStream(
  known: StreamOperations | null,
  probed: StreamOperations | null,
  holeOf: HoleOf,
): Make<StreamOperations | null> {
  if (known === null || probed === null) return () => null;
  const { ref, reset } = known;
  const insertsOf = makeAll(known.inserts, probed.inserts, (a, b) => makeInsert(a, b, holeOf));
  const deletesOf = makeAll(known.deletes, probed.deletes, (a, b) => makeText(a, b, holeOf));
  return (texts) => ({ ref, inserts: insertsOf(texts), deletes: deletesOf(texts), reset });
}

function makeInsert(known: StreamInsert, probed: StreamInsert, holeOf: HoleOf): Make<StreamInsert> {
  const { at, limit, updateOnly } = known;
  const idOf = makeText(known.id, probed.id, holeOf);
  return (texts) => ({ id: idOf(texts), at, limit, updateOnly });
}

function makeText(known: string, probed: unknown, holeOf: HoleOf): Make<string> {
  const number = holeOf(probed);
  return number === null ? () => known : (texts) => texts[number] as string;
}

function makeAll<Part, Made>(
  known: readonly Part[],
  probed: readonly Part[],
  makeOne: (known: Part, probed: Part) => Make<Made>,
): Make<readonly Made[]> {
  const makes = known.map((part, i) => makeOne(part, probed[i] as Part));
  if (makes.length === 0) return () => NOTHING;
  return (texts) => {
    const all: Made[] = new Array(makes.length);
    for (let i = 0; i < makes.length; i++) all[i] = (makes[i] as Make<Made>)(texts);
    return all;
  };
}
