import { equal } from "./equal.ts";
import { type Path, valueAt } from "./expression.ts";
import { type Json, json, type Members, NO_MEMBERS, objectOf, quoted, withMember } from "./json.ts";
import {
  type EachPrint,
  type EntryPrint,
  NO_PRINTS,
  type SlotPrint,
  type SlotPrints,
  type TemplatePrint,
} from "./prints.ts";
import { SharedStatics, staticsJson } from "./shared-statics.ts";
import type { EachSlot, LiveSlot, Slot, Template } from "./slots.ts";
import { LiveStream } from "./stream.ts";
import { WIRE } from "./wire-keys.ts";

/** The assigns that were given another value since the last render, with the value they had at that time. */
export type Changes = ReadonlyMap<string, unknown>;

/** Is told of each live component that a render comes upon, and gives its id. */
export type UseComponent = (
  component: LiveSlot["component"],
  id: unknown,
  attributes: Readonly<Record<string, unknown>>,
) => number;

/** What one pass over a template starts from. */
export interface PassOptions {
  readonly assigns: object;
  /** Null renders everything. */
  readonly changes: Changes | null;
  /** Where statics are sent once for the whole diff; null sends them where they are used. */
  readonly shared: SharedStatics | null;
  readonly useComponent: UseComponent;
}

/** A diff, and what the client will have been sent once it has it. */
export interface Rendered {
  readonly diff: Members;
  readonly print: TemplatePrint;
}

interface SlotsDiff {
  readonly diff: Members;
  readonly children: SlotPrints;
}

/** What a slot sends, undefined where that is nothing; and what the client has been sent of it then. */
interface SlotDiff {
  readonly value: Json | number | undefined;
  readonly print: SlotPrint;
}

const NO_TEXT: SlotDiff = { value: json(""), print: undefined };

/** The entries of a comprehension, and the operations of a stream are still to come. */
interface EachDiff {
  readonly diff: Members;
  readonly print: EachPrint;
}

interface EntriesDiff {
  readonly keyed: Members;
  readonly entries: readonly EntryPrint[];
}

const NO_ENTRIES: readonly EntryPrint[] = [];

/**
 * One pass over the template of a view or live component: template, assigns, what changed in them and what the client
 * has been sent, to the diff that brings the client up to date. The shapes and the rules are those of `traverse` in
 * `lib/phoenix_live_view/diff.ex`.
 */
export class RenderPass {
  readonly #changes: Changes | null;
  /** The assigns, then the items of the comprehensions that the pass is in. */
  readonly #frames: unknown[];
  /** For each of these items, the one that its entry was last rendered from. */
  readonly #previous: unknown[] = [];
  readonly #useComponent: UseComponent;
  #shared: SharedStatics | null;

  constructor({ assigns, changes, shared, useComponent }: PassOptions) {
    this.#frames = [assigns, undefined, undefined];
    this.#changes = changes;
    this.#shared = shared;
    this.#useComponent = useComponent;
  }

  /** @param tracked whether to send only what changed, where the client has this template already. */
  template(template: Template, sent: SlotPrint, tracked = this.#changes !== null): Rendered {
    const { statics } = template;
    if (sent?.statics === statics && "children" in sent) {
      const { diff, children } = this.#slots(template.slots, sent.children, tracked);
      return { diff, print: children === sent.children ? sent : { statics, children } };
    }
    const { diff, children } = this.#slots(template.slots, NO_PRINTS, false);
    const rooted = template.root ? withMember(diff, WIRE.root, 1) : diff;
    const inFull = withMember(rooted, WIRE.statics, this.#share(statics));
    return { diff: inFull, print: { statics, children } };
  }

  #slots(slots: readonly Slot[], sent: SlotPrints, tracked: boolean): SlotsDiff {
    let diff = NO_MEMBERS;
    let children = sent;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as Slot;
      if (tracked && !this.#changed(slot.reads)) continue;
      if (slot.kind === "text") {
        diff = withMember(diff, index, slot.evaluate(this.#frames));
        continue;
      }
      const before = sent[index];
      const { value, print } = this.#nested(slot, before, tracked);
      if (value !== undefined) diff = withMember(diff, index, value);
      if (print !== before) {
        if (children === sent) children = [...sent];
        (children as SlotPrint[])[index] = print;
      }
    }
    return { diff, children };
  }

  #nested(slot: Exclude<Slot, { kind: "text" }>, sent: SlotPrint, tracked: boolean): SlotDiff {
    switch (slot.kind) {
      case "template":
        return this.#sub(slot, sent, tracked);
      case "when": {
        const chosen = slot.condition.evaluate(this.#frames) ? slot.body : slot.otherwise;
        return chosen === undefined ? NO_TEXT : this.#sub(chosen, sent, tracked);
      }
      case "each":
        return this.#each(slot, sent, tracked);
      case "live":
        return { value: this.#live(slot), print: undefined };
      default:
        return slot satisfies never;
    }
  }

  #sub(template: Template, sent: SlotPrint, tracked: boolean): SlotDiff {
    const { diff, print } = this.template(template, sent, tracked);
    return { value: diff === NO_MEMBERS ? undefined : objectOf(diff), print };
  }

  #live({ component, id, attributes }: LiveSlot): number {
    const given = Object.fromEntries(
      attributes.map(([name, value]) => [name, value.evaluate(this.#frames)] as const),
    );
    return this.#useComponent(component, id.evaluate(this.#frames), given);
  }

  /** Entries share statics with the diff that they are in, or, in a live component, with each other. */
  #each(slot: EachSlot, sent: SlotPrint, tracked: boolean): SlotDiff {
    const { statics } = slot.entry;
    const items = slot.list.evaluate(this.#frames);
    const known = sent?.statics === statics && "entries" in sent ? sent : undefined;
    const isStream = items instanceof LiveStream;
    if (!isStream && known === undefined && items.length === 0) return NO_TEXT;

    const around = this.#shared;
    const shared = around ?? new SharedStatics();
    this.#shared = shared;
    const { diff, print } = isStream
      ? this.#stream(slot, items, known)
      : this.#comprehension(slot, items, known, tracked);
    this.#shared = around;

    let members = diff;
    if (known === undefined) {
      const own = around === null ? staticsJson(statics) : shared.number(statics);
      members = withMember(members, WIRE.statics, own);
    }
    if (isStream) members = withMember(members, WIRE.stream, streamOperations(items));
    if (around === null) members = shared.addTo(members);
    return { value: members === NO_MEMBERS ? undefined : objectOf(members), print };
  }

  #comprehension(
    slot: EachSlot,
    items: readonly unknown[],
    known: EachPrint | undefined,
    tracked: boolean,
  ): EachDiff {
    const before = known?.entries ?? NO_ENTRIES;
    const comparable = tracked && slot.tracking.by !== "nothing" ? before : NO_ENTRIES;
    const { keyed, entries } = this.#entries(slot, items, comparable);
    const kept = slot.tracking.by === "nothing" ? NO_ENTRIES : entries;
    // An unchanged list of the same length is not sent at all.
    const isSame = keyed === NO_MEMBERS && items.length > 0 && items.length === before.length;
    return { diff: isSame ? NO_MEMBERS : counted(keyed, items.length), print: printOf(slot, known, kept) };
  }

  /** What is inserted is sent in full, and no entry is kept to compare with. */
  #stream(slot: EachSlot, stream: LiveStream, known: EachPrint | undefined): EachDiff {
    const entries = stream.entries();
    let keyed = NO_MEMBERS;
    for (let index = 0; index < entries.length; index++)
      keyed = withMember(keyed, index, objectOf(this.#entry(slot, entries[index], undefined).diff));
    return { diff: counted(keyed, entries.length), print: printOf(slot, known, NO_ENTRIES) };
  }

  /** The entries that have something to send, by index, and what the client will have been sent of each. */
  #entries(slot: EachSlot, items: readonly unknown[], before: readonly EntryPrint[]): EntriesDiff {
    let keyed = NO_MEMBERS;
    let anyMoved = false;
    const find = finder(slot, items, before);
    // Where nothing around the list changed, an entry with the same item has nothing to send.
    const outerChanged = before.length > 0 && this.#changed(slot.outer);
    const entries = items.map((item, index) => {
      const [key, former] = find(item, index);
      const sent = before[former];
      if (sent === undefined) {
        const { diff, children } = this.#entry(slot, item, undefined);
        keyed = withMember(keyed, index, objectOf(diff));
        return { key, item, children };
      }
      const moved = former !== index;
      if (moved) anyMoved = true;
      if (!outerChanged && equal(item, sent.item)) {
        if (moved) keyed = withMember(keyed, index, former);
        return sent.item === item ? sent : { key, item, children: sent.children };
      }
      const { diff, children } = this.#entry(slot, item, sent);
      if (diff === NO_MEMBERS) {
        if (moved) keyed = withMember(keyed, index, former);
      } else {
        const inPlace = objectOf(diff);
        keyed = withMember(keyed, index, moved ? (`[${former},${inPlace}]` as Json) : inPlace);
      }
      return { key, item, children };
    });
    return { keyed: anyMoved ? withMember(keyed, WIRE.keyedMoved, json(true)) : keyed, entries };
  }

  /** An entry that has been sent is compared with the item it had; a new one is rendered in full, statics included. */
  #entry({ frame, entry }: EachSlot, item: unknown, sent: EntryPrint | undefined): SlotsDiff {
    this.#frames[frame] = item;
    if (sent !== undefined) this.#previous[frame] = sent.item;
    return this.#slots(entry.slots, sent?.children ?? NO_PRINTS, sent !== undefined);
  }

  /** An assign counts as changed once it was set to another value; a path below it, only where its own value differs. */
  #changed(reads: readonly Path[]): boolean {
    for (const path of reads) if (this.#differs(path)) return true;
    return false;
  }

  #differs({ frame, keys }: Path): boolean {
    if (frame > 0) return !equal(valueAt(this.#previous[frame], keys), valueAt(this.#frames[frame], keys));
    const [name] = keys;
    if (name === undefined || this.#changes === null) return true;
    if (!this.#changes.has(name)) return false;
    return (
      keys.length === 1 || !equal(valueAt(this.#changes.get(name), keys, 1), valueAt(this.#frames[0], keys))
    );
  }

  #share(statics: readonly string[]): Json | number {
    return this.#shared === null ? staticsJson(statics) : this.#shared.number(statics);
  }
}

/**
 * Finds the former entry of an item: its key, and the index that the entry had (-1: it is new).
 *
 * @throws Error where two items have the same key
 */
function finder(
  { tracking }: EachSlot,
  items: readonly unknown[],
  before: readonly EntryPrint[],
): (item: unknown, index: number) => readonly [key: unknown, former: number] {
  if (tracking.by !== "key") return (_, index) => [undefined, index];
  const keys = new Set<unknown>();
  let formerIndex: Map<unknown, number> | undefined;
  return (item, index) => {
    const key = tracking.key(item);
    if (keys.size === keys.add(key).size) {
      throw new Error(
        `found duplicate key ${JSON.stringify(key)} among ${items.length} items of a comprehension`,
      );
    }
    if (before[index]?.key === key) return [key, index];
    formerIndex ??= new Map(before.map((entry, at) => [entry.key, at]));
    return [key, formerIndex.get(key) ?? -1];
  };
}

function printOf(slot: EachSlot, known: EachPrint | undefined, entries: readonly EntryPrint[]): EachPrint {
  const isSame =
    known?.entries.length === entries.length &&
    entries.every((entry, index) => entry === known.entries[index]);
  return known !== undefined && isSame ? known : { statics: slot.entry.statics, entries };
}

function counted(keyed: Members, count: number): Members {
  return withMember(NO_MEMBERS, WIRE.keyed, objectOf(withMember(keyed, WIRE.keyedCount, count)));
}

function streamOperations({ ref, inserts, deletes, reset }: LiveStream): Json {
  let inserted = "";
  for (const { domId, at, limit, updateOnly } of inserts) {
    const insert = `[${quoted(domId)},${at},${limit},${updateOnly}]`;
    inserted = inserted === "" ? insert : `${inserted},${insert}`;
  }
  const deleted = deletes.length === 0 ? "[]" : json(deletes);
  return `[${quoted(ref)},[${inserted}],${deleted}${reset ? ",true" : ""}]` as Json;
}
