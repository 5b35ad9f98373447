import { textContent } from "domutils";
import type { Entry, Slot, Statics } from "../protocol/rendered.ts";
import { follows, patternToHtml, type SlotPattern, type TakenApart, takeApart } from "./entry-pattern.ts";
import { childElements, collapsed, parseHtml } from "./html.ts";
import type { FieldQueries, Reading } from "./item-reading.ts";
import { isPlain, unescapePlain } from "./plain-value.ts";
import { mayHoldProbe, probe, probesBelow, type ValueText, valueText } from "./probe.ts";

/** Where the entries of one pattern have what is read from an item: found out once, by parsing one of them. */
export interface ItemShape {
  readonly pattern: readonly SlotPattern[];
  /** Values that must be exactly these, by number, as more than text depends on them. */
  readonly fixed: ReadonlyMap<number, string>;
  readonly id: ValueText;
  readonly hidden: boolean;
  readonly text: ValueText;
  readonly fields: readonly (readonly [name: string, text: ValueText])[];
}

/**
 * Finds out the shape of an entry: its template is parsed with probes in place of its values. Where a probe is lost, or a
 * selector looks at one, the value is fixed, and the template examined again.
 *
 * @returns null if the entry has no pattern, or is not one element with an id
 */
export function shapeOf(statics: Statics, entry: Entry, fields: FieldQueries): ItemShape | null {
  const apart = takeApart(entry.slots);
  if (apart === null) return null;
  const { pattern, values } = apart;
  if (mayHoldProbe(patternToHtml(statics, pattern, (index) => values[index] as string))) return null;
  const fixed = new Map<number, string>();
  for (;;) {
    const found = examine(statics, apart, fixed, fields);
    if (found === null) return null;
    if (found.kind === "parts") return { pattern, fixed, ...found.parts };
    for (const index of found.indices) fixed.set(index, values[index] as string);
  }
}

/** What a look at a template brings: where things are, or the values on which that depends; at least one of these. */
type Found =
  | { readonly kind: "parts"; readonly parts: Omit<ItemShape, "pattern" | "fixed"> }
  | { readonly kind: "unsure"; readonly indices: readonly number[] };

function examine(
  statics: Statics,
  { pattern, values }: TakenApart,
  fixed: ReadonlyMap<number, string>,
  queries: FieldQueries,
): Found | null {
  const unsure = new Set<number>();
  const html = patternToHtml(statics, pattern, (index, before) => {
    const exact = fixed.get(index);
    if (exact !== undefined) return exact;
    if (endsWithinReference(before)) unsure.add(index);
    return probe(index);
  });
  const document = parseHtml(html);
  const sound = new Set(probesBelow(document, html));
  for (const index of values.keys()) if (!fixed.has(index) && !sound.has(index)) unsure.add(index);
  if (unsure.size > 0) return { kind: "unsure", indices: [...unsure] };

  const [element, ...others] = childElements(document);
  if (element === undefined || others.length > 0 || !element.attribs.id) return null;
  const fields: [name: string, text: ValueText][] = [];
  for (const [name, { findProbed }] of queries) {
    const { found, decisive } = findProbed(element);
    for (const index of decisive) unsure.add(index);
    if (found !== null) fields.push([name, valueText(textContent(found))]);
  }
  if (unsure.size > 0) return { kind: "unsure", indices: [...unsure] };
  const id = valueText(element.attribs.id);
  const hidden = element.attribs.hidden !== undefined;
  const text = withCollapsedSpace(valueText(textContent(element)));
  return { kind: "parts", parts: { id, hidden, text, fields } };
}

/** What is read from an entry if it has the shape; null if it has another one, or no id. */
export function readByShape(shape: ItemShape, slots: readonly Slot[]): Reading | null {
  const { pattern, fixed } = shape;
  const accepts = (value: string, index: number) => {
    const wanted = fixed.get(index);
    return wanted === undefined ? isPlain(value) : value === wanted;
  };
  const values: string[] = [];
  if (!follows(slots, pattern, accepts, values)) return null;
  const id = joined(shape.id, values);
  if (id === "") return null;
  const fields: Record<string, string> = {};
  for (const [name, text] of shape.fields) fields[name] = joined(text, values);
  return {
    id,
    hidden: shape.hidden,
    text: joinedText(shape.text, values),
    fields,
  };
}

function joined(text: ValueText, values: readonly string[]): string {
  let whole = "";
  for (const piece of text) {
    whole += typeof piece === "number" ? unescapePlain(values[piece] as string) : piece;
  }
  return whole;
}

/** All that is read, with whitespace collapsed: mostly there is none to collapse but between the pieces. */
function joinedText(text: ValueText, values: readonly string[]): string {
  let whole = "";
  let endsInSpace = true;
  for (const piece of text) {
    const next = typeof piece === "number" ? unescapePlain(values[piece] as string) : piece;
    if (next === "") continue;
    whole += endsInSpace && next.startsWith(" ") ? next.slice(1) : next;
    endsInSpace = next.endsWith(" ");
  }
  return collapsed(whole);
}

/** Whether HTML ends in what may be the start of a character reference, which a value would go on with. */
function endsWithinReference(html: string): boolean {
  return /^&#?[0-9a-z]*$/iu.test(html.slice(html.lastIndexOf("&")));
}

/** What stands around the values, shortened as far as it will be anyway. */
function withCollapsedSpace(text: ValueText): ValueText {
  return text.map((piece) => (typeof piece === "string" ? piece.replace(/\s+/gu, " ") : piece));
}
