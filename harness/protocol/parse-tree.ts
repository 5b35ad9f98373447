import type { EntryChange, ListDiff, SlotDiff, SlotsDiff } from "./diff.ts";
import { isWhole, slotCount } from "./diff.ts";
import type { JsonObject } from "./json.ts";
import {
  checkDepth,
  formerIndex,
  indexAt,
  objectAt,
  type Parse,
  problem,
  staticsAt,
  type Templates,
  templatesOf,
} from "./parse-context.ts";
import { parseStream } from "./parse-stream.ts";
import { below, pathText } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Comprehension, Entry, Rendered, Slot } from "./rendered.ts";
import { EVENT, KEY } from "./wire-keys.ts";

const NO_SLOTS: readonly Slot[] = [];

function parseSlot(parse: Parse, raw: unknown, templates: Templates): SlotDiff {
  if (typeof raw === "string") return raw;
  checkDepth(parse);
  if (typeof raw === "number" && Number.isSafeInteger(raw) && raw > 0) {
    parse.references.push({ cid: raw, path: parse.path });
    return raw;
  }
  const value = objectAt(parse, raw);
  if (value[KEY.keyed] !== undefined || value[KEY.dynamics] !== undefined) {
    return parseComprehension(parse, value, templates);
  }
  const inner = templatesOf(parse, value, templates);
  if (value[KEY.statics] !== undefined) return parseRendered(parse, value, inner);
  return parseSlots(parse, value, inner, false);
}

/** A template with all of its slots. */
export function parseRendered(
  parse: Parse,
  raw: JsonObject,
  templates: Templates,
  others = INNER_KEYS,
): Rendered {
  const statics = staticsAt(parse, raw[KEY.statics], templates);
  const parsed = parseSlots(parse, raw, templates, true, others);
  const slots = wholeSlots(parse, parsed, slotCount(statics));
  return kept(parse, { kind: "rendered", statics, slots, mayHoldStreams: parsed.mayHoldStreams });
}

/** The keys of a template that are no slots. */
const INNER_KEYS: ReadonlySet<string> = new Set([KEY.statics, KEY.templates, KEY.root]);

/**
 * The slots of a template or entry, one by one.
 *
 * @param whole asks for the entry that they are together
 * @param others the keys that may be there beside the slots
 */
export function parseSlots(
  parse: Parse,
  raw: JsonObject,
  templates: Templates,
  whole: boolean,
  others = INNER_KEYS,
): SlotsDiff {
  const { path } = parse;
  const indices: number[] = [];
  const values: SlotDiff[] = [];
  let mayHoldStreams = false;
  let mayHoldComponents = false;
  for (const key in raw) {
    if (others.has(key)) continue;
    parse.path = below(path, key);
    const value = parseSlot(parse, raw[key], templates);
    indices.push(indexAt(parse, key));
    values.push(value);
    mayHoldComponents ||= holdsComponents(value);
    mayHoldStreams ||= typeof value === "object" && value.mayHoldStreams;
  }
  parse.path = path;
  // Integer keys of a JSON object come in ascending order: the last one tells whether one is missing.
  const complete = whole && (indices.at(-1) ?? -1) === indices.length - 1 && values.every(isWhole);
  // A copy, since a list that was added to keeps room for more.
  const slots = complete ? (values.slice() as Slot[]) : null;
  const entry: Entry | null =
    slots === null ? null : { kind: "entry", slots, mayHoldComponents, mayHoldStreams };
  return { kind: "slots", path, indices, values, entry, mayHoldComponents, mayHoldStreams };
}

function wholeSlots(parse: Parse, parsed: SlotsDiff, count: number): readonly Slot[] {
  if (count === 0 && parsed.indices.length === 0) return NO_SLOTS;
  if (parsed.entry?.slots.length === count) return parsed.entry.slots;
  const partial = parsed.values.findIndex((value) => !isWhole(value));
  if (partial !== -1) {
    throw new ProtocolError(
      parse.event,
      pathText(below(parsed.path, parsed.indices[partial] ?? 0)),
      "has no statics",
    );
  }
  throw problem(parse, `has ${parsed.indices.length} slots where its statics have room for ${count}`);
}

function parseComprehension(parse: Parse, raw: JsonObject, templates: Templates): Comprehension | ListDiff {
  // Before 1.1 a comprehension brings templates of its own, unless the frame has some already.
  const inner = templates ?? templatesOf(parse, raw, null);
  const stream = raw[KEY.stream] === undefined ? null : parseStream(parse.event, parse.path, raw[KEY.stream]);
  const [changes, count] =
    raw[KEY.keyed] === undefined ? parseDynamics(parse, raw, inner) : parseKeyed(parse, raw, inner);
  const mayHoldStreams = stream !== null || changes.some((change) => change.diff?.mayHoldStreams === true);
  for (const key in raw) {
    if (!COMPREHENSION_KEYS.has(key)) throw problem(parse, `unknown key ${JSON.stringify(key)}`);
  }
  if (raw[KEY.statics] === undefined) {
    return {
      kind: "list",
      path: parse.path,
      count,
      changes,
      stream,
      mayHoldStreams,
      serial: parse.interner.nextSerial(),
    };
  }
  const statics = staticsAt(parse, raw[KEY.statics], inner);
  const entries = changes.map(({ index, from, diff }, position) => {
    if (index !== position || from !== null || diff?.entry?.slots.length !== slotCount(statics)) {
      throw problem(parse, `entry ${index} is not whole in a comprehension that is sent as a whole`);
    }
    return diff.entry;
  });
  if (entries.length !== count)
    throw problem(parse, `${entries.length} entries where ${count} are announced`);
  return kept(parse, { kind: "comprehension", statics, entries, stream, mayHoldStreams });
}

/** Answers bring pages, which users keep; of what is pushed most is gone with the next push. */
function kept<Part extends Rendered | Comprehension>(parse: Parse, part: Part): Part {
  return parse.event === EVENT.reply ? parse.interner.part(part) : part;
}

const COMPREHENSION_KEYS: ReadonlySet<string> = new Set([
  KEY.statics,
  KEY.templates,
  KEY.keyed,
  KEY.dynamics,
  KEY.stream,
]);

function parseKeyed(parse: Parse, raw: JsonObject, templates: Templates): [EntryChange[], number] {
  const { path } = parse;
  const inside = below(path, KEY.keyed);
  parse.path = inside;
  const keyed = objectAt(parse, raw[KEY.keyed]);
  const count = keyed[KEY.keyedCount];
  if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0) {
    throw problem(parse, `"${KEY.keyedCount}" is no count`);
  }
  const changes: EntryChange[] = [];
  for (const key in keyed) {
    if (key === KEY.keyedCount || key === KEY.keyedMoved) continue;
    parse.path = below(inside, key);
    const index = indexAt(parse, key);
    if (index >= count) throw problem(parse, `is beyond the ${count} entries that are announced`);
    changes.push(parseEntryChange(parse, index, keyed[key], templates));
  }
  parse.path = inside;
  // The official client reads former entries only where it is told that some moved.
  if (!keyed[KEY.keyedMoved] && changes.some(({ from }) => from !== null)) {
    throw problem(parse, `moves entries without "${KEY.keyedMoved}"`);
  }
  parse.path = path;
  return [changes, count];
}

function parseEntryChange(parse: Parse, index: number, raw: unknown, templates: Templates): EntryChange {
  if (typeof raw === "number") return { index, from: formerIndex(parse, raw), diff: null };
  if (Array.isArray(raw)) {
    if (raw.length !== 2) throw problem(parse, "a moved entry is not [index, slots]");
    const diff = parseSlots(parse, objectAt(parse, raw[1]), templates, false);
    return { index, from: formerIndex(parse, raw[0]), diff };
  }
  return { index, from: null, diff: internEntry(parse, objectAt(parse, raw), templates) };
}

/** Before 1.1: all entries, each an array of slots. */
function parseDynamics(parse: Parse, raw: JsonObject, templates: Templates): [EntryChange[], number] {
  const dynamics = raw[KEY.dynamics];
  if (!Array.isArray(dynamics)) throw problem(parse, `"${KEY.dynamics}" is no array`);
  const { path } = parse;
  const inside = below(path, KEY.dynamics);
  parse.path = inside;
  const changes = dynamics.map((slots: unknown, index): EntryChange => {
    if (!Array.isArray(slots)) throw problem(parse, `entry ${index} is no array of slots`);
    parse.path = below(inside, index);
    const diff = internEntry(parse, { ...slots }, templates);
    if (diff.entry === null) throw problem(parse, "is not whole");
    parse.path = inside;
    return { index, from: null, diff };
  });
  parse.path = path;
  return [changes, dynamics.length];
}

function internEntry(parse: Parse, raw: JsonObject, templates: Templates): SlotsDiff {
  const parsed = parseSlots(parse, raw, templates, true);
  return parsed.entry === null ? parsed : { ...parsed, entry: parse.interner.entry(parsed.entry) };
}

function holdsComponents(value: SlotDiff): boolean {
  if (typeof value === "number") return true;
  if (typeof value === "string") return false;
  switch (value.kind) {
    case "slots":
      return value.mayHoldComponents;
    case "rendered":
      return value.slots.some(holdsComponents);
    case "comprehension":
      return value.entries.some((entry) => entry.mayHoldComponents);
    case "list":
      return value.changes.some((change) => change.diff?.mayHoldComponents === true);
  }
}
