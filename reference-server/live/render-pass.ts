import { type Diff, type DiffValue, isEmpty } from "./diff.ts";
import { equal } from "./equal.ts";
import { type Path, valueAt } from "./expression.ts";
import {
  type EachPrint,
  type EntryPrint,
  NO_PRINTS,
  type SlotPrint,
  type SlotPrints,
  type TemplatePrint,
} from "./prints.ts";
import { SharedStatics } from "./shared-statics.ts";
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
  readonly diff: Diff;
  readonly isEmpty: boolean;
  readonly print: TemplatePrint;
}

interface SlotsDiff {
  readonly diff: Diff;
  /** Whether there is nothing in it: to ask the object takes longer than to know. */
  readonly isEmpty: boolean;
  readonly children: SlotPrints;
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
    this.#frames = [assigns];
    this.#changes = changes;
    this.#shared = shared;
    this.#useComponent = useComponent;
  }

  /** @param tracked whether to send only what changed, where the client has this template already. */
  template(template: Template, sent: SlotPrint, tracked = this.#changes !== null): Rendered {
    const { statics } = template;
    if (sent?.statics === statics && "children" in sent) {
      const { diff, isEmpty, children } = this.#slots(template.slots, sent.children, tracked);
      return { diff, isEmpty, print: children === sent.children ? sent : { statics, children } };
    }
    const { diff, children } = this.#slots(template.slots, NO_PRINTS, false);
    if (template.root) diff[WIRE.root] = 1;
    diff[WIRE.statics] = this.#share(statics);
    return { diff, isEmpty: false, print: { statics, children } };
  }

  #slots(slots: readonly Slot[], sent: SlotPrints, tracked: boolean): SlotsDiff {
    const diff: Diff = {};
    let children = sent;
    let isEmpty = true;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as Slot;
      if (tracked && !this.#changed(slot.reads)) continue;
      if (slot.kind === "text") {
        diff[index] = slot.evaluate(this.#frames);
        isEmpty = false;
        continue;
      }
      const before = sent[index];
      const [value, print] = this.#nested(slot, before, tracked);
      if (value !== undefined) {
        diff[index] = value;
        isEmpty = false;
      }
      if (print !== before) {
        if (children === sent) children = [...sent];
        (children as SlotPrint[])[index] = print;
      }
    }
    return { diff, isEmpty, children };
  }

  /** The value of a slot that is no text, undefined where there is nothing to send; and its new print. */
  #nested(
    slot: Exclude<Slot, { kind: "text" }>,
    sent: SlotPrint,
    tracked: boolean,
  ): [DiffValue | undefined, SlotPrint] {
    switch (slot.kind) {
      case "template":
        return this.#sub(slot, sent, tracked);
      case "when": {
        const chosen = slot.condition.evaluate(this.#frames) ? slot.body : slot.otherwise;
        return chosen === undefined ? ["", undefined] : this.#sub(chosen, sent, tracked);
      }
      case "each":
        return this.#each(slot, sent, tracked);
      case "live":
        return [this.#live(slot), undefined];
      default:
        return slot satisfies never;
    }
  }

  #sub(template: Template, sent: SlotPrint, tracked: boolean): [DiffValue | undefined, SlotPrint] {
    const { diff, isEmpty, print } = this.template(template, sent, tracked);
    return [isEmpty ? undefined : diff, print];
  }

  #live({ component, id, attributes }: LiveSlot): number {
    const given = Object.fromEntries(
      attributes.map(([name, value]) => [name, value.evaluate(this.#frames)] as const),
    );
    return this.#useComponent(component, id.evaluate(this.#frames), given);
  }

  /** Entries share statics with the diff that they are in, or, in a live component, with each other. */
  #each(slot: EachSlot, sent: SlotPrint, tracked: boolean): [DiffValue | undefined, SlotPrint] {
    if (this.#shared !== null) return this.#comprehension(slot, sent, tracked, this.#shared);
    const own = new SharedStatics();
    this.#shared = own;
    const [value, print] = this.#comprehension(slot, sent, tracked, null);
    this.#shared = null;
    const statics = own.toDiff();
    if (statics !== undefined) (value as Diff)[WIRE.templates] = statics;
    return [value, print];
  }

  /** @param around where the comprehension's own statics are shared; null: they are sent in it. */
  #comprehension(
    slot: EachSlot,
    sent: SlotPrint,
    tracked: boolean,
    around: SharedStatics | null,
  ): [DiffValue | undefined, SlotPrint] {
    const { statics } = slot.entry;
    const items = slot.list.evaluate(this.#frames);
    const known = sent?.statics === statics && "entries" in sent ? sent : undefined;
    if (items instanceof LiveStream) return this.#stream(slot, items, known, around);
    if (known === undefined && items.length === 0) return ["", undefined];

    const before = known?.entries ?? NO_ENTRIES;
    const comparable = tracked && slot.tracking.by !== "nothing" ? before : NO_ENTRIES;
    const [keyed, entries] = this.#entries(slot, items, comparable);
    const diff: Diff = {};
    // An unchanged list of the same length is not sent at all.
    if (!isEmpty(keyed) || items.length === 0 || items.length !== before.length) {
      keyed[WIRE.keyedCount] = items.length;
      diff[WIRE.keyed] = keyed;
    }
    if (known === undefined) diff[WIRE.statics] = around === null ? statics : around.number(statics);
    const kept = slot.tracking.by === "nothing" ? NO_ENTRIES : entries;
    return [isEmpty(diff) ? undefined : diff, printOf(slot, known, kept)];
  }

  /** What is inserted is sent in full, and no entry is kept to compare with. */
  #stream(
    slot: EachSlot,
    stream: LiveStream,
    known: EachPrint | undefined,
    around: SharedStatics | null,
  ): [DiffValue, SlotPrint] {
    const { statics } = slot.entry;
    const entries = stream.entries();
    const keyed: Diff = {};
    for (let index = 0; index < entries.length; index++)
      keyed[index] = this.#entry(slot, entries[index], undefined).diff;
    keyed[WIRE.keyedCount] = entries.length;
    const diff: Diff = { [WIRE.keyed]: keyed };
    if (known === undefined) diff[WIRE.statics] = around === null ? statics : around.number(statics);
    diff[WIRE.stream] = streamOperations(stream);
    return [diff, printOf(slot, known, NO_ENTRIES)];
  }

  /** The entries that have something to send, by index, and what the client will have been sent of each. */
  #entries(
    slot: EachSlot,
    items: readonly unknown[],
    before: readonly EntryPrint[],
  ): [Diff, readonly EntryPrint[]] {
    const keyed: Diff = {};
    const find = finder(slot, items, before);
    // Where nothing around the list changed, an entry with the same item has nothing to send.
    const outerChanged = before.length > 0 && this.#changed(slot.outer);
    const entries = items.map((item, index) => {
      const [key, former] = find(item, index);
      const sent = before[former];
      if (sent === undefined) {
        const { diff, children } = this.#entry(slot, item, undefined);
        keyed[index] = diff;
        return { key, item, children };
      }
      const moved = former !== index;
      if (moved) keyed[WIRE.keyedMoved] = true;
      if (!outerChanged && equal(item, sent.item)) {
        if (moved) keyed[index] = former;
        return sent.item === item ? sent : { key, item, children: sent.children };
      }
      const { diff, isEmpty, children } = this.#entry(slot, item, sent);
      if (isEmpty) {
        if (moved) keyed[index] = former;
      } else {
        keyed[index] = moved ? [former, diff] : diff;
      }
      return { key, item, children };
    });
    return [keyed, entries];
  }

  /** An entry that has been sent is compared with the item it had; a new one is rendered in full, statics included. */
  #entry({ frame, entry }: EachSlot, item: unknown, sent: EntryPrint | undefined): SlotsDiff {
    this.#frames[frame] = item;
    this.#previous[frame] = sent?.item;
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

  #share(statics: readonly string[]): DiffValue {
    return this.#shared === null ? statics : this.#shared.number(statics);
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

function streamOperations(stream: LiveStream): DiffValue {
  const inserts = stream.inserts.map(({ domId, at, limit, updateOnly }) => [domId, at, limit, updateOnly]);
  return stream.reset ? [stream.ref, inserts, stream.deletes, true] : [stream.ref, inserts, stream.deletes];
}
