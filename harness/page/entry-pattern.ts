import type { Slot, Statics } from "../protocol/rendered.ts";
import { isPlain } from "./plain-value.ts";

/**
 * What entries of one shape have in a slot. Everything but the values is the same in all of them, statics by identity:
 *
 * - `value`: one value;
 * - `attributes`: ` name="value"`, once or more often, as LiveView renders a dynamic attribute; each prefix goes up to the
 *   value, quote included;
 * - `template` and `list`: templates in the slot, which have slots of their own. A list has as many entries.
 */
export type SlotPattern =
  | { readonly kind: "value" }
  | { readonly kind: "attributes"; readonly prefixes: readonly string[] }
  | { readonly kind: "template"; readonly statics: Statics; readonly slots: readonly SlotPattern[] }
  | {
      readonly kind: "list";
      readonly statics: Statics;
      readonly entries: readonly (readonly SlotPattern[])[];
    };

/** An entry taken apart: its pattern, and its values in the order in which they stand. */
export interface TakenApart {
  readonly pattern: readonly SlotPattern[];
  readonly values: readonly string[];
}

const VALUE: SlotPattern = { kind: "value" };
const ATTRIBUTES = /^(?: [^\s"'<>/=&]+="[^"]*")+$/u;
const ATTRIBUTE = /( [^\s"'<>/=&]+=")([^"]*)"/gu;

/** Takes slots apart; null where one holds markup of its own, or a component: these have no pattern. */
export function takeApart(slots: readonly Slot[]): TakenApart | null {
  const values: string[] = [];
  const pattern = patternsOf(slots, values);
  return pattern === null ? null : { pattern, values };
}

function patternsOf(slots: readonly Slot[], values: string[]): readonly SlotPattern[] | null {
  return allOf(slots, (slot) => patternOf(slot, values));
}

function patternOf(slot: Slot, values: string[]): SlotPattern | null {
  if (typeof slot === "number") return null;
  if (typeof slot === "string") return patternOfString(slot, values);
  const { statics } = slot;
  if (slot.kind === "rendered") {
    const slots = patternsOf(slot.slots, values);
    return slots && { kind: "template", statics, slots };
  }
  const entries = allOf(slot.entries, (entry) => patternsOf(entry.slots, values));
  return entries && { kind: "list", statics, entries };
}

function patternOfString(html: string, values: string[]): SlotPattern | null {
  if (isPlain(html)) {
    values.push(html);
    return VALUE;
  }
  if (!ATTRIBUTES.test(html)) return null;
  const attributes = [...html.matchAll(ATTRIBUTE)];
  const found = attributes.map(([, , value = ""]) => value);
  if (!found.every(isPlain)) return null;
  values.push(...found);
  return { kind: "attributes", prefixes: attributes.map(([, prefix = ""]) => prefix) };
}

/** What becomes of each one; null as soon as that is null for one. */
function allOf<From, To>(list: readonly From[], map: (one: From) => To | null): readonly To[] | null {
  const all: To[] = [];
  for (const one of list) {
    const mapped = map(one);
    if (mapped === null) return null;
    all.push(mapped);
  }
  return all;
}

/**
 * Whether slots follow a pattern. What {@link takeApart} makes of them is their values then.
 *
 * @param accepts whether the value may be the one with this number
 * @param values gets the values; worth nothing where this is false
 */
export function follows(
  slots: readonly Slot[],
  patterns: readonly SlotPattern[],
  accepts: (value: string, index: number) => boolean,
  values: string[],
): boolean {
  if (slots.length !== patterns.length) return false;
  for (let i = 0; i < slots.length; i++) {
    if (!slotFollows(slots[i] as Slot, patterns[i] as SlotPattern, accepts, values)) return false;
  }
  return true;
}

function slotFollows(
  slot: Slot,
  pattern: SlotPattern,
  accepts: (value: string, index: number) => boolean,
  values: string[],
): boolean {
  if (typeof slot === "number") return false;
  if (typeof slot === "string") {
    if (pattern.kind === "attributes") return attributesFollow(slot, pattern.prefixes, accepts, values);
    return pattern.kind === "value" && accepts(slot, values.length) && values.push(slot) > 0;
  }
  if (slot.kind === "rendered") {
    return (
      pattern.kind === "template" &&
      pattern.statics === slot.statics &&
      follows(slot.slots, pattern.slots, accepts, values)
    );
  }
  return (
    pattern.kind === "list" &&
    pattern.statics === slot.statics &&
    pattern.entries.length === slot.entries.length &&
    slot.entries.every((entry, i) =>
      follows(entry.slots, pattern.entries[i] as readonly SlotPattern[], accepts, values),
    )
  );
}

function attributesFollow(
  html: string,
  prefixes: readonly string[],
  accepts: (value: string, index: number) => boolean,
  values: string[],
): boolean {
  let position = 0;
  for (const prefix of prefixes) {
    if (!html.startsWith(prefix, position)) return false;
    const start = position + prefix.length;
    const end = html.indexOf('"', start);
    if (end === -1) return false;
    const value = html.slice(start, end);
    if (!accepts(value, values.length)) return false;
    values.push(value);
    position = end + 1;
  }
  return position === html.length;
}

/**
 * The HTML of an entry with this pattern.
 *
 * @param valueAt the value with this number, given the HTML in front of it
 */
export function patternToHtml(
  statics: Statics,
  pattern: readonly SlotPattern[],
  valueAt: (index: number, before: string) => string,
): string {
  let html = "";
  let count = 0;
  const addValue = () => {
    html += valueAt(count, html);
    count += 1;
  };
  const addTemplate = (around: Statics, slots: readonly SlotPattern[]) => {
    html += around[0] as string;
    slots.forEach((slot, i) => {
      addSlot(slot);
      html += around[i + 1] as string;
    });
  };
  const addSlot = (slot: SlotPattern) => {
    switch (slot.kind) {
      case "value":
        return addValue();
      case "attributes":
        for (const prefix of slot.prefixes) {
          html += prefix;
          addValue();
          html += '"';
        }
        return;
      case "template":
        return addTemplate(slot.statics, slot.slots);
      case "list":
        for (const entry of slot.entries) addTemplate(slot.statics, entry);
    }
  };
  addTemplate(statics, pattern);
  return html;
}
