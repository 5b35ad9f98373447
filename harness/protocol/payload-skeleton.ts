/** The bytes of a payload of ASCII characters, from `start` on. */
export interface AsciiPayload {
  readonly bytes: Buffer;
  readonly start: number;
}

/**
 * A part of a payload that differs between payloads of one skeleton: a text without its quotes; the value in a text that is
 * one attribute, as in `" id=\"m-1\""`; or the JSON of the pushed events.
 */
export interface Hole {
  readonly kind: "text" | "attribute" | "events";
  /** Where it stands in the payload that it was found in. */
  readonly start: number;
  readonly end: number;
  /** What the text means in front of an attribute's value; nothing elsewhere. */
  readonly prefix: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);
/** What stands behind an attribute's value, in JSON and as it means. */
const ATTRIBUTE_END = '\\"';
const ATTRIBUTE_CLOSE = '"';
/** A text that is one attribute of which the value is as it is in JSON. */
const ATTRIBUTE = /^( [^\s"'<>/=&\\]+=)\\"[^\\]*\\"$/u;
/** What a JSON text may not hold as it is, or holds in other characters than it means. */
const UNLIKE_ITSELF = /[^ -\uffff]|\\/;

/**
 * The texts of a payload that are no keys, and the value of one key at its top, in order.
 *
 * @param json valid JSON without whitespace between its parts
 */
export function holesIn(json: string, eventsKey: string): readonly Hole[] {
  const holes: Hole[] = [];
  let depth = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (OPENING.has(code)) depth += 1;
    if (CLOSING.has(code)) depth -= 1;
    at += 1;
    if (code !== QUOTE) continue;
    const start = at;
    const end = textEnd(json, start);
    at = end + 1;
    if (json.charCodeAt(at) !== COLON) holes.push(textHole(json, start, end));
    else if (depth === 1 && json.slice(start, end) === eventsKey) {
      const eventsEnd = arrayEnd(json, at + 1);
      if (eventsEnd !== -1) holes.push({ kind: "events", start: at + 1, end: eventsEnd, prefix: "" });
      at = Math.max(at, eventsEnd);
    }
  }
  return holes;
}

function textHole(json: string, start: number, end: number): Hole {
  const name = ATTRIBUTE.exec(json.slice(start, end))?.[1];
  if (name === undefined) return { kind: "text", start, end, prefix: "" };
  const from = start + name.length + ATTRIBUTE_END.length;
  return { kind: "attribute", start: from, end: end - ATTRIBUTE_END.length, prefix: `${name}"` };
}

/** The text that a hole is in, with this in the hole. */
export function textAround({ kind, prefix }: Hole, value: string): string {
  return kind === "attribute" ? prefix + value + ATTRIBUTE_CLOSE : value;
}

/** What stands between holes, and what these are: the same in all payloads of a skeleton. */
export class PayloadSkeleton {
  /** One more than there are holes. */
  readonly #fixed: readonly string[];
  readonly #holes: readonly Hole[];
  /** Where the holes of the payload in hand start and end. */
  readonly #bounds: number[];

  constructor(json: string, holes: readonly Hole[]) {
    const starts = [...holes.map(({ start }) => start), json.length];
    this.#fixed = starts.map((start, i) => json.slice(holes[i - 1]?.end ?? 0, start));
    this.#holes = holes;
    this.#bounds = holes.flatMap(({ start, end }) => [start, end]);
  }

  /**
   * What a payload has in the holes: texts as they mean, events as JSON. Null where it has another skeleton, or is no JSON
   * in one of its texts.
   *
   * @param ascii where the payload is: then texts are copied from there. Null: it is not ASCII, or its bytes are not at hand
   */
  match(json: string, ascii: AsciiPayload | null): string[] | null {
    const holes = this.#holes;
    const bounds = this.#bounds;
    let at = 0;
    for (let i = 0; i < holes.length; i++) {
      const fixed = this.#fixed[i] as string;
      if (!json.startsWith(fixed, at)) return null;
      const start = at + fixed.length;
      at = endOf((holes[i] as Hole).kind, json, start);
      if (at === -1) return null;
      bounds[2 * i] = start;
      bounds[2 * i + 1] = at;
    }
    const last = this.#fixed[holes.length] as string;
    if (json.length !== at + last.length || !json.endsWith(last)) return null;
    const values: string[] = new Array(holes.length);
    for (let i = 0; i < holes.length; i++) {
      const hole = holes[i] as Hole;
      const [start, end] = [bounds[2 * i] as number, bounds[2 * i + 1] as number];
      const value = whatStandsIn(hole, cut(json, hole.kind === "text" ? ascii : null, start, end));
      if (value === null) return null;
      values[i] = value;
    }
    return values;
  }
}

/** Where a hole that starts here has ended; -1 if it does not. */
function endOf(kind: Hole["kind"], json: string, start: number): number {
  if (kind === "text") return textEnd(json, start);
  if (kind === "events") return arrayEnd(json, start);
  const end = json.indexOf('"', start) - 1;
  return end >= start && json.charCodeAt(end) === BACKSLASH ? end : -1;
}

/** From how many characters on V8 has a part of a string refer to the whole one, which then lives as long as the part. */
const SLICED_FROM = 13;

/** A part of a payload; from its bytes, if they are given, one that does not keep all of the payload alive. */
function cut(json: string, ascii: AsciiPayload | null, start: number, end: number): string {
  if (ascii === null || end - start < SLICED_FROM) return json.slice(start, end);
  return ascii.bytes.toString("latin1", ascii.start + start, ascii.start + end);
}

/** What stands in a hole as it means; null where it is no JSON. */
function whatStandsIn(hole: Hole, raw: string): string | null {
  if (hole.kind === "events") return raw;
  const meaning = meaningOf(raw);
  return meaning === null ? null : textAround(hole, meaning);
}

/** Where the quote behind a text stands; -1 if there is none. */
function textEnd(json: string, start: number): number {
  for (let end = json.indexOf('"', start); end !== -1; end = json.indexOf('"', end + 1)) {
    let escapes = end;
    while (json.charCodeAt(escapes - 1) === BACKSLASH && escapes > start) escapes -= 1;
    if ((end - escapes) % 2 === 0) return end;
  }
  return -1;
}

/** Where an array that starts here has ended; -1 if it does not. */
function arrayEnd(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = textEnd(json, at + 1);
      if (at === -1) return -1;
    } else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
    if (depth <= 0) return depth === 0 && at > start ? at + 1 : -1;
  }
  return -1;
}

function meaningOf(raw: string): string | null {
  if (!UNLIKE_ITSELF.test(raw)) return raw;
  try {
    return JSON.parse(`"${raw}"`);
  } catch {
    return null;
  }
}
