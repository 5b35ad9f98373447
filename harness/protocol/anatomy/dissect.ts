import { type FramePart, ROOT_SLOT } from "../../core/anatomy.ts";
import type { Comprehension, Entry, Rendered, Slot, Statics, Tree } from "../rendered.ts";
import { EVENT, KEY, VIEW_TOPIC } from "../wire-keys.ts";
import { type ArraySpan, jsonSpans, numberOf, type ObjectSpan, type Span, stringOf } from "./json-spans.ts";
import type { KnownTemplates } from "./known-templates.ts";
import { PartTally, type SlotPlace } from "./part-tally.ts";
import { sameEntry } from "./same-slot.ts";

/** What a view had rendered before a frame, and has after it; null where it had or has nothing. */
export interface PageAround {
  readonly before: Tree | null;
  readonly after: Tree | null;
}

/**
 * Where the bytes of a text frame went: parts that add up to its length in UTF-8, to the byte. Texts count without their quotes, as
 * they are escaped; quotes, keys, braces and commas are `punctuation`. A template that several slots share (`p`) counts for the one
 * that comes first.
 *
 * What the page had already is told as well: values that stood in their slot, templates that stood in theirs, and of what is within
 * an entry of a comprehension templates that were sent before.
 *
 * @param known the templates that were sent before. Those of this frame are added to it
 * @throws ProtocolError where the frame is no JSON
 */
export function dissect(frame: string, page: PageAround, known: KnownTemplates): FramePart[] {
  const whole = jsonSpans(frame);
  const tally = new PartTally(known);
  const diff = page.after === null ? undefined : diffIn(whole);
  tally.addWhole("envelope", whole.bytes - (diff?.bytes ?? 0));
  if (diff !== undefined && page.after !== null)
    new Dissection(tally, known, { before: page.before, after: page.after }).diff(diff);
  return tally.parts();
}

/** The tree or diff in a frame of a view; undefined where there is none. */
function diffIn(whole: Span): ObjectSpan | undefined {
  if (whole.kind !== "array") return undefined;
  const [, , topic, event, payload] = whole.items;
  if (topic === undefined || event === undefined || payload?.kind !== "object") return undefined;
  if (stringOf(topic)?.startsWith(VIEW_TOPIC) !== true) return undefined;
  if (stringOf(event) === EVENT.diff) return payload;
  const response = payload.members.get("response");
  if (stringOf(event) !== EVENT.reply || response?.kind !== "object") return undefined;
  const diff = response.members.get("rendered") ?? response.members.get("diff");
  return diff?.kind === "object" ? diff : undefined;
}

/** Where a template is. */
interface TemplateAt extends SlotPlace {
  /** Whether the page had the same one there before. */
  readonly stood: boolean;
}

/** Templates that are sent once and referred to by number, and who refers to them first. */
interface Scope {
  readonly users: Map<number, TemplateAt>;
}

type Part = Rendered | Comprehension | undefined;

const INDEX = /^\d+$/;

class Dissection {
  readonly #tally: PartTally;
  readonly #known: KnownTemplates;
  readonly #before: Tree | null;
  readonly #after: Tree;
  readonly #sent = new Set<Statics>();

  constructor(
    tally: PartTally,
    known: KnownTemplates,
    { before, after }: PageAround & { readonly after: Tree },
  ) {
    this.#tally = tally;
    this.#known = known;
    this.#before = before;
    this.#after = after;
  }

  diff(span: ObjectSpan): void {
    const { root } = this.#after;
    const isWhole = span.members.has(KEY.statics);
    this.#inScope(span, null, ROOT_SLOT, (scope) => {
      for (const [key, value] of this.#members(span)) {
        if (key === KEY.templates || key === KEY.components) continue;
        if (key === KEY.events) this.#events(value);
        else if (key === KEY.title) this.#tally.addWhole("title", value.bytes);
        else if (key === KEY.root && !isWhole) this.#tally.addWhole("reply", value.bytes);
        else this.#member(key, value, { slot: null, before: this.#before?.root, after: root, scope });
      }
    });
    const components = span.members.get(KEY.components);
    if (components?.kind === "object") this.#components(components);
    else if (components !== undefined) this.#punctuation(components.bytes);
    for (const statics of this.#sent) this.#known.add(statics);
  }

  /** A key of a template, and its value. @param slot where the template is; null for the page's own */
  #member(
    key: string,
    value: Span,
    place: {
      readonly slot: string | null;
      readonly before: Part;
      readonly after: Rendered | undefined;
      readonly scope: Scope | null;
    },
  ): void {
    const { slot, before, after, scope } = place;
    if (key === KEY.statics) return this.#statics(value, templateAt(slot ?? ROOT_SLOT, before, after), scope);
    if (!INDEX.test(key)) return this.#punctuation(value.bytes);
    const at = Number(key);
    const former = before?.kind === "rendered" ? before.slots[at] : undefined;
    const path = slot === null ? key : `${slot}.${key}`;
    this.#value(value, { slot: path, statics: after?.statics ?? null, at }, former, after?.slots[at], scope);
  }

  #template(
    span: ObjectSpan,
    slot: string,
    before: Part,
    after: Slot | undefined,
    outer: Scope | null,
  ): void {
    const rendered = typeof after === "object" && after.kind === "rendered" ? after : undefined;
    this.#inScope(span, outer, slot, (scope) => {
      for (const [key, value] of this.#members(span))
        if (key !== KEY.templates) this.#member(key, value, { slot, before, after: rendered, scope });
    });
  }

  #value(
    span: Span,
    place: SlotPlace,
    before: Slot | undefined,
    after: Slot | undefined,
    scope: Scope | null,
    again?: boolean,
  ): void {
    if (span.kind === "object") {
      const part = typeof before === "object" ? before : undefined;
      if (span.members.has(KEY.keyed) || span.members.has(KEY.dynamics))
        return this.#comprehension(span, place, part, after, scope);
      return this.#template(span, place.slot, part, after, scope);
    }
    const text = stringOf(span);
    const quotes = text === undefined ? 0 : 2;
    this.#punctuation(quotes);
    const isSame = again ?? (before !== undefined && before === (text ?? numberOf(span)));
    this.#tally.add("dynamics", place, span.bytes - quotes, isSame);
    const component = text === undefined ? this.#after.components.get(numberOf(span) ?? 0) : undefined;
    if (component !== undefined) this.#known.place(component.statics, place.slot);
  }

  #comprehension(
    span: ObjectSpan,
    place: SlotPlace,
    before: Part,
    after: Slot | undefined,
    outer: Scope | null,
  ): void {
    const list = typeof after === "object" && after.kind === "comprehension" ? after : undefined;
    const former = before?.kind === "comprehension" && before.stream === null ? before.entries : [];
    const entries = `${place.slot}.*`;
    this.#inScope(span, outer, entries, (scope) => {
      const entryAt = (value: Span, index: number, from: number) =>
        this.#entry(value, {
          slot: entries,
          statics: list?.statics ?? null,
          before: former[from],
          after: list?.entries[index],
          scope,
        });
      for (const [key, value] of this.#members(span)) {
        if (key === KEY.templates) continue;
        if (key === KEY.statics) this.#statics(value, templateAt(entries, before, list), scope);
        else if (key === KEY.stream) this.#tally.add("stream", place, value.bytes);
        else if (key === KEY.keyed && value.kind === "object") this.#keyed(value, place, entryAt);
        else if (key === KEY.dynamics && value.kind === "array")
          for (const [index, entry] of this.#items(value).entries()) entryAt(entry, index, index);
        else this.#punctuation(value.bytes);
      }
    });
  }

  #keyed(
    span: ObjectSpan,
    place: SlotPlace,
    entryAt: (value: Span, index: number, from: number) => void,
  ): void {
    for (const [key, value] of this.#members(span)) {
      const index = Number(key);
      if (value.kind === "object") entryAt(value, index, index);
      else if (value.kind === "scalar") this.#tally.add("entries", place, value.bytes);
      else {
        // An entry that moved and changed: `[former index, slots]`.
        const [from, slots, ...others] = this.#items(value);
        if (from !== undefined) this.#tally.add("entries", place, from.bytes);
        if (slots !== undefined) entryAt(slots, index, numberOf(from) ?? index);
        for (const other of others) this.#punctuation(other.bytes);
      }
    }
  }

  #entry(
    span: Span,
    entry: {
      readonly slot: string;
      readonly statics: Statics | null;
      readonly before: Entry | undefined;
      readonly after: Entry | undefined;
      readonly scope: Scope | null;
    },
  ): void {
    const { slot, statics, before, after, scope } = entry;
    if (span.kind === "scalar") return this.#punctuation(span.bytes);
    const slots: (readonly [string, Span])[] =
      span.kind === "object"
        ? [...this.#members(span)]
        : this.#items(span).map((value, at) => [String(at), value]);
    // A new entry may stand where another one stood: only as a whole it is the same.
    const isWhole = slots.length === after?.slots.length;
    const isSame = isWhole ? sameEntry(before, after) : undefined;
    for (const [key, value] of slots) {
      const at = Number(key);
      const former = isSame === false ? undefined : before?.slots[at];
      this.#value(value, { slot: `${slot}.${key}`, statics, at }, former, after?.slots[at], scope, isSame);
    }
  }

  /** Components stand where they are referred to. Of several in each other, the outer one tells where the inner one is. */
  #components(span: ObjectSpan): void {
    let open = [...this.#members(span)];
    const take = (cid: string, value: Span, slot: string): void => {
      if (value.kind !== "object") return this.#punctuation(value.bytes);
      const id = Number(cid);
      this.#template(value, slot, this.#before?.components.get(id), this.#after.components.get(id), null);
    };
    while (open.length > 0) {
      const left: typeof open = [];
      for (const [cid, value] of open) {
        const component = this.#after.components.get(Number(cid));
        const slot = component && this.#known.placeOf(component.statics);
        if (slot === undefined) left.push([cid, value]);
        else take(cid, value, slot);
      }
      if (left.length === open.length) {
        for (const [cid, value] of left) take(cid, value, UNPLACED);
        return;
      }
      open = left;
    }
  }

  #events(span: Span): void {
    if (span.kind !== "array") return this.#tally.addEvent(undefined, span.bytes);
    for (const event of this.#items(span)) {
      const name = event.kind === "array" ? event.items[0] : undefined;
      this.#tally.addEvent(name && stringOf(name), event.bytes);
    }
  }

  #statics(span: Span, place: TemplateAt, scope: Scope | null): void {
    if (span.kind === "array") return this.#texts(span, place);
    const number = numberOf(span);
    if (number !== undefined && scope !== null && !scope.users.has(number)) scope.users.set(number, place);
    this.#punctuation(span.bytes);
  }

  #texts(span: ArraySpan, place: TemplateAt): void {
    let bytes = 0;
    for (const text of this.#items(span)) {
      const quotes = stringOf(text) === undefined ? 0 : 2;
      this.#punctuation(quotes);
      bytes += text.bytes - quotes;
    }
    const { slot, statics, stood } = place;
    // What comes and goes in an entry was sent for another one; elsewhere only what is there is had. Who joins has nothing.
    const isHad = slot.includes("*.")
      ? this.#before !== null && statics !== null && this.#known.has(statics)
      : stood;
    this.#tally.add("statics", place, bytes, isHad);
    if (statics !== null) this.#sent.add(statics);
  }

  /**
   * Does something with the templates that an object shares, or, where it shares none, with those around it; and then
   * takes the templates themselves.
   */
  #inScope(span: ObjectSpan, outer: Scope | null, slot: string, within: (scope: Scope | null) => void): void {
    const templates = span.members.get(KEY.templates);
    if (templates?.kind !== "object") {
      if (templates !== undefined) this.#punctuation(templates.bytes);
      return within(outer);
    }
    const scope: Scope = { users: new Map() };
    within(scope);
    for (const [key, value] of this.#members(templates)) {
      const place = scope.users.get(Number(key)) ?? { slot, statics: null, at: null, stood: false };
      if (value.kind === "array") this.#texts(value, place);
      else this.#punctuation(value.bytes);
    }
  }

  /** The members of an object, whose own characters are punctuation. */
  #members(span: ObjectSpan): ReadonlyMap<string, Span> {
    let inside = 0;
    for (const value of span.members.values()) inside += value.bytes;
    this.#punctuation(span.bytes - inside);
    return span.members;
  }

  /** The items of an array, whose own characters are punctuation. */
  #items(span: ArraySpan): readonly Span[] {
    this.#punctuation(span.bytes - span.items.reduce((sum, { bytes }) => sum + bytes, 0));
    return span.items;
  }

  #punctuation(bytes: number): void {
    this.#tally.addWhole("punctuation", bytes);
  }
}

function templateAt(slot: string, before: Part, after: Part): TemplateAt {
  const statics = after?.statics ?? null;
  return { slot, statics, at: null, stood: statics !== null && before?.statics === statics };
}

/** Where a component is that nobody has referred to. */
const UNPLACED = "component";
