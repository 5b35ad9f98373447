import type { ComponentDiff, Diff, SlotsDiff } from "./diff.ts";
import type { Interner } from "./intern.ts";
import type { JsonObject } from "./json.ts";
import { indexAt, objectAt, type Parse, problem, type Templates, templatesOf } from "./parse-context.ts";
import { parseRendered, parseSlots } from "./parse-tree.ts";
import { below, type Path, pathText } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { Rendered } from "./rendered.ts";
import { KEY } from "./wire-keys.ts";

/** The keys of a diff that are no slots: at its top "r" is a reply's payload rather than the flag of a root element. */
const TOP_KEYS: ReadonlySet<string> = new Set([
  KEY.statics,
  KEY.templates,
  KEY.reply,
  KEY.components,
  KEY.events,
  KEY.title,
]);

/**
 * Reads a diff as sent: checks it, resolves its templates, interns its statics and entries. Done once for
 * all users who are sent the same.
 *
 * @param event the frame's event, and `path` where in its payload the diff stands: for errors
 * @throws ProtocolError where the format does not allow it, or this client does not know it
 */
export function parseDiff(interner: Interner, event: string, path: Path | null, raw: unknown): Diff {
  const parse: Parse = { interner, event, path, references: [], known: new Map() };
  const diff = objectAt(parse, raw);
  const title = diff[KEY.title];
  const templates = templatesOf(parse, diff, null);
  if (title !== undefined && typeof title !== "string") throw problem(parse, "the title is no string");
  return {
    event,
    root: parseRoot(parse, diff, templates),
    components: parseComponents(parse, diff[KEY.components]),
    events: parseEvents(event, diff[KEY.events], path),
    references: parse.references,
    title: title ?? null,
    reply: diff[KEY.statics] === undefined ? diff[KEY.reply] : undefined,
  };
}

function parseRoot(parse: Parse, raw: JsonObject, templates: Templates): Rendered | SlotsDiff | null {
  if (raw[KEY.statics] !== undefined) return parseRendered(parse, raw, templates, TOP_KEYS);
  const slots = parseSlots(parse, raw, templates, false, TOP_KEYS);
  return slots.indices.length === 0 ? null : slots;
}

function parseComponents(parse: Parse, raw: unknown): readonly ComponentDiff[] {
  if (raw === undefined) return [];
  const { path } = parse;
  const inside = below(path, KEY.components);
  const components = Object.entries(objectAt(parse, raw)).map(([key, value]) => {
    parse.path = below(inside, key);
    return parseComponent(parse, indexAt(parse, key), objectAt(parse, value));
  });
  parse.path = path;
  return components;
}

/** Source: `cachedFindComponent` in rendered.js. A component sees its own templates only. */
function parseComponent(parse: Parse, cid: number, raw: JsonObject): ComponentDiff {
  const templates = templatesOf(parse, raw, null);
  const statics = raw[KEY.statics];
  if (typeof statics === "number") {
    return { kind: "share", cid, base: statics, diff: parseSlots(parse, raw, templates, false) };
  }
  if (statics === undefined) return { kind: "change", cid, diff: parseSlots(parse, raw, templates, false) };
  return { kind: "replace", cid, rendered: parseRendered(parse, raw, templates) };
}

/**
 * Reads the events that a diff pushes.
 *
 * @param event as {@link parseDiff}, and `path`
 * @throws ProtocolError where they are none
 */
export function parseEvents(event: string, raw: unknown, path: Path | null = null): Diff["events"] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) throw new ProtocolError(event, pathText(path), "the events are no array");
  return raw.map((pushed) => {
    if (!Array.isArray(pushed) || typeof pushed[0] !== "string") {
      throw new ProtocolError(event, pathText(path), "an event is not [name, payload]");
    }
    return [pushed[0], pushed[1]];
  });
}
