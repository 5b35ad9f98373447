import type { ComponentReference } from "./diff.ts";
import type { Interner } from "./intern.ts";
import { describeJson, isJsonObject, type JsonObject } from "./json.ts";
import { depthOf, type Path, pathText } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Statics } from "./rendered.ts";
import { KEY } from "./wire-keys.ts";

/** Statics by index, as a frame shares them among its templates; null where there are none in scope. */
export type Templates = JsonObject | null;

/** What a parse carries along. */
export interface Parse {
  readonly interner: Interner;
  readonly event: string;
  /** Where in the payload the parse is. */
  path: Path | null;
  /** The components that slots refer to, so far. */
  readonly references: ComponentReference[];
  /** Statics that were checked and interned already: many entries refer to the same template. */
  readonly known: Map<unknown, Statics>;
}

/** Deeper than any template is nested, and far from the end of the stack. */
const DEEPEST = 256;

/** @throws ProtocolError where the parse is deeper than what it could come back from */
export function checkDepth(parse: Parse): void {
  if (depthOf(parse.path) > DEEPEST) throw problem(parse, `is nested deeper than ${DEEPEST} levels`);
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
  if (!isJsonObject(raw)) throw problem(parse, `unexpected ${describeJson(raw)}`);
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
    throw problem(parse, `${describeJson(raw)} is no index of a former entry`);
  }
  return raw;
}

export function problem(parse: Parse, what: string): ProtocolError {
  return new ProtocolError(parse.event, pathText(parse.path), what);
}
