import type { ComponentReference } from "./diff.ts";
import type { Interner } from "./intern.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Statics } from "./rendered.ts";
import { KEY } from "./wire-keys.ts";

/** Statics by index, as a frame shares them among its templates; null where there are none in scope. */
export type Templates = JsonObject | null;

/** What a parse carries along. */
export interface Parse {
  readonly interner: Interner;
  readonly event: string;
  /** Keys from the payload's top to where the parse is. */
  readonly path: string[];
  /** The components that slots refer to, so far. */
  readonly references: ComponentReference[];
  /** Statics that were checked and interned already: many entries refer to the same template. */
  readonly known: Map<unknown, Statics>;
}

/** How many keys deep a payload may be. A page has some dozens; what has more would overflow the stack. */
const MAX_DEPTH = 500;

/** Goes on to what is under a key; `parse.path.pop()` comes back. */
export function enter(parse: Parse, key: string): void {
  if (parse.path.length === MAX_DEPTH) {
    throw new ProtocolError(
      parse.event,
      parse.path.slice(0, 10).join("."),
      `is nested more than ${MAX_DEPTH} deep`,
    );
  }
  parse.path.push(key);
}

/** The statics of a template: as they are, or as the frame has them under a number. */
export function staticsAt(parse: Parse, raw: unknown, templates: Templates): Statics {
  const statics = typeof raw === "number" ? templates?.[raw] : raw;
  if (statics === undefined) throw problem(parse, `template ${raw} is not in this frame`);
  const known = parse.known.get(statics);
  if (known !== undefined) return known;
  if (!isStatics(statics)) throw problem(parse, "its statics are no array of strings");
  const interned = parse.interner.statics(statics);
  parse.known.set(statics, interned);
  return interned;
}

function isStatics(raw: unknown): raw is Statics {
  return Array.isArray(raw) && raw.length > 0 && raw.every((part) => typeof part === "string");
}

/** The templates that are in scope within an object. */
export function templatesOf(parse: Parse, raw: JsonObject, outer: Templates): Templates {
  const templates = raw[KEY.templates];
  return templates === undefined ? outer : objectAt(parse, templates);
}

export function objectAt(parse: Parse, raw: unknown): JsonObject {
  if (!isJsonObject(raw)) throw problem(parse, `unexpected ${shown(raw)}`);
  return raw;
}

/** The index that a key is: digits only, as JSON's integers are written. */
export function indexAt(parse: Parse, key: string): number {
  const index = Number(key);
  if (!Number.isSafeInteger(index) || index < 0 || String(index) !== key) throw problem(parse, "unknown key");
  return index;
}

export function formerIndex(parse: Parse, raw: unknown): number {
  if (typeof raw !== "number" || !Number.isSafeInteger(raw) || raw < 0) {
    throw problem(parse, `${shown(raw)} is no index of a former entry`);
  }
  return raw;
}

export function problem(parse: Parse, what: string): ProtocolError {
  return new ProtocolError(parse.event, parse.path.join("."), what);
}

/** A value for a message: what may be large or deep by its kind alone. */
function shown(raw: unknown): string {
  if (Array.isArray(raw)) return "array";
  if (isJsonObject(raw)) return "object";
  return typeof raw === "string" && raw.length > 80 ? "long text" : JSON.stringify(raw);
}
