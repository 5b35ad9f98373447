/**
 * Rendering: a template, the assigns, what changed in them and what the client has been sent, to the diff that brings
 * the client up to date. State in, state out; the shapes and the rules are those of `lib/phoenix_live_view/diff.ex`.
 */
import { equal } from "./equal.ts";
import { type Path, valueAt } from "./expression.ts";
import { LiveStream } from "./stream.ts";
import type { EachSlot, Slot, Template } from "./template.ts";
import { WIRE } from "./wire-keys.ts";

/** A JSON object of the wire: a rendered tree or a diff, by {@link WIRE} keys and slot numbers. */
export interface Diff {
  [key: string]: DiffValue;
}

/** What a diff may hold. */
export type DiffValue = string | number | boolean | null | Diff | readonly DiffValue[];

/** The assigns that were given another value since the last render, with the value they had at that time. */
export type Changes = ReadonlyMap<string, unknown>;

/** What the client has been sent of a template: its statics, and what its slots hold. */
export interface TemplatePrint {
  readonly statics: readonly string[];
  readonly children: SlotPrints;
}

/** What the client has been sent of a list: an entry's item and slots, by index; of a stream, nothing. */
export interface EachPrint {
  readonly statics: readonly string[];
  readonly entries: readonly EntryPrint[];
}

interface EntryPrint {
  readonly item: unknown;
  readonly children: SlotPrints;
}

type SlotPrint = TemplatePrint | EachPrint | undefined;
type SlotPrints = readonly SlotPrint[];

/** A diff, and what the client will have been sent once it has it. */
export interface Rendered {
  readonly diff: Diff;
  readonly print: TemplatePrint;
}

/**
 * Renders what changed, or everything where nothing has been sent yet.
 *
 * @param changes null renders everything.
 * @param print what the last render returned; undefined renders everything.
 */
export function render(
  template: Template,
  assigns: object,
  changes: Changes | null,
  print: TemplatePrint | undefined,
): Rendered {
  const pass = new RenderPass(assigns as Readonly<Record<string, unknown>>, changes);
  const rendered = pass.template(template, changes === null ? undefined : print, changes !== null);
  if (pass.shared.size === 0) return rendered;
  const statics = Object.fromEntries([...pass.shared].map(([list, index]) => [String(index), list]));
  return { ...rendered, diff: { ...rendered.diff, [WIRE.templates]: statics } };
}

interface SlotsDiff {
  readonly diff: Diff;
  readonly children: SlotPrints;
}

const NO_CHILDREN: SlotPrints = [];

/** One render: the frames of the comprehensions that it is in, and the statics to be shared in its diff. */
class RenderPass {
  readonly shared = new Map<readonly string[], number>();
  readonly #changes: Changes | null;
  readonly #frames: unknown[];
  readonly #previous: unknown[] = [];

  constructor(assigns: Readonly<Record<string, unknown>>, changes: Changes | null) {
    this.#frames = [assigns];
    this.#changes = changes;
  }

  template(template: Template, sent: SlotPrint, tracked: boolean): Rendered {
    const known = sent !== undefined && sent.statics === template.statics && "children" in sent;
    if (known && tracked) {
      const { diff, children } = this.#slots(template.slots, sent.children, true);
      return { diff, print: children === sent.children ? sent : { statics: template.statics, children } };
    }
    const { diff, children } = this.#slots(template.slots, NO_CHILDREN, false);
    if (template.root) diff[WIRE.root] = 1;
    diff[WIRE.statics] = this.#share(template.statics);
    return { diff, print: { statics: template.statics, children } };
  }

  #slots(slots: readonly Slot[], sent: SlotPrints, tracked: boolean): SlotsDiff {
    const diff: Diff = {};
    let children = sent;
    for (const [index, slot] of slots.entries()) {
      if (tracked && !this.#changed(slot.reads)) continue;
      if (slot.kind === "text") {
        diff[index] = slot.evaluate(this.#frames);
        continue;
      }
      const before = sent[index];
      const [value, print] = this.#nested(slot, before, tracked);
      if (value !== undefined) diff[index] = value;
      if (print !== before) {
        if (children === sent) children = [...sent];
        (children as SlotPrint[])[index] = print;
      }
    }
    return { diff, children };
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
      case "when":
        if (slot.condition.evaluate(this.#frames)) return this.#sub(slot.template, sent, tracked);
        return ["", undefined];
      case "each":
        return this.#each(slot, sent, tracked);
      default:
        return slot satisfies never;
    }
  }

  #sub(template: Template, sent: SlotPrint, tracked: boolean): [DiffValue | undefined, SlotPrint] {
    const { diff, print } = this.template(template, sent, tracked);
    return [isEmpty(diff) ? undefined : diff, print];
  }

  #each(slot: EachSlot, sent: SlotPrint, tracked: boolean): [DiffValue | undefined, SlotPrint] {
    const list = slot.list.evaluate(this.#frames);
    const stream = list instanceof LiveStream ? list : undefined;
    const items = list instanceof LiveStream ? list.entries() : list;
    const known = sent !== undefined && "entries" in sent && sent.statics === slot.entry.statics;
    if (!known && items.length === 0 && stream === undefined) return ["", undefined];

    const before = known ? sent.entries : [];
    const keyed: Diff = {};
    const entries = items.map((item, index) => {
      const entry = this.#entry(
        slot,
        item,
        tracked && known && stream === undefined ? before[index] : undefined,
      );
      if (!isEmpty(entry.diff)) keyed[index] = entry.diff;
      return { item, children: entry.children };
    });

    // An unchanged list of the same length is not sent at all; a stream keeps no entries to compare with.
    const unchanged = known && isEmpty(keyed) && items.length > 0 && items.length === before.length;
    const diff: Diff = {};
    if (!unchanged) diff[WIRE.keyed] = { ...keyed, [WIRE.keyedCount]: items.length };
    if (!known) diff[WIRE.statics] = this.#share(slot.entry.statics);
    if (stream !== undefined) diff[WIRE.stream] = streamOperations(stream);
    const print = { statics: slot.entry.statics, entries: stream === undefined ? entries : [] };
    return [isEmpty(diff) ? undefined : diff, print];
  }

  /** An entry that has been sent is compared with the item it had; a new one is rendered in full, statics included. */
  #entry(slot: EachSlot, item: unknown, sent: EntryPrint | undefined): SlotsDiff {
    this.#frames[slot.frame] = item;
    this.#previous[slot.frame] = sent?.item;
    return this.#slots(slot.entry.slots, sent?.children ?? NO_CHILDREN, sent !== undefined);
  }

  #changed(reads: readonly Path[]): boolean {
    return reads.some(({ frame, keys }) => {
      if (frame > 0) return !equal(valueAt(this.#previous[frame], keys), valueAt(this.#frames[frame], keys));
      const [name, ...rest] = keys;
      if (name === undefined || this.#changes === null) return true;
      if (!this.#changes.has(name)) return false;
      return !equal(valueAt(this.#changes.get(name), rest), valueAt(this.#frames[0], keys));
    });
  }

  #share(statics: readonly string[]): number {
    const known = this.shared.get(statics);
    if (known !== undefined) return known;
    this.shared.set(statics, this.shared.size);
    return this.shared.size - 1;
  }
}

function streamOperations(stream: LiveStream): DiffValue {
  const inserts = stream.inserts.map(({ domId, at, limit, updateOnly }) => [domId, at, limit, updateOnly]);
  return stream.reset ? [stream.ref, inserts, stream.deletes, true] : [stream.ref, inserts, stream.deletes];
}

function isEmpty(diff: Diff): boolean {
  for (const _ in diff) return false;
  return true;
}
