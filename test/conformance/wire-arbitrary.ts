import fc from "fast-check";
import {
  holdsComponent,
  holdsStream,
  type List,
  listStatics,
  merged,
  type Sent,
  type Slot,
  states,
  type Template,
  type Templates,
  type Wire,
  wires,
  withTemplates,
} from "./wire-slots.ts";

/** How comprehensions are sent: by index since 1.1 (`k`), as arrays of all slots before (`d`). */
export type WireFormat = "k" | "d";

const TEXTS = ["", "a", "b c", "&lt;é&gt;", "🎉"];
const TAGS = ["p", "div", "b"];
const TEXT: Slot = { kind: "text" };

/**
 * What a LiveView server may say to a page: a join and diffs after it, as JSON. Nested templates, comprehensions
 * whose entries come, change, move and go, streams, components that share statics with each other.
 */
export function wireFrames(format: WireFormat): fc.Arbitrary<readonly string[]> {
  return fc.gen().map((g) => {
    const server = new RandomServer(format, (count) => g(fc.nat, count - 1));
    const frames = [server.join()];
    for (let left = server.pick(6); left > 0; left--) frames.push(server.diff());
    return frames.map((frame) => JSON.stringify(frame));
  });
}

class RandomServer {
  readonly #format: WireFormat;
  /** A whole number from 0, less than `count`. */
  readonly pick: (count: number) => number;
  #root: Template = { kind: "template", slots: [] };
  /** The components on the page, as they were before this frame. */
  #before = new Map<number, Template>();
  /** Those that are new in this frame. */
  #added = new Map<number, Template>();
  #cids = 0;
  #refs = 0;
  #sentComponents: Wire = {};

  constructor(format: WireFormat, pick: (count: number) => number) {
    this.#format = format;
    this.pick = pick;
  }

  join(): Wire {
    this.#before = new Map();
    return this.#frame((templates) => this.#template(3, templates, false));
  }

  diff(): Wire {
    if (this.pick(12) === 0) return this.join();
    return this.#frame((templates) => this.#changedTemplate(this.#root, 3, templates));
  }

  #frame(render: (templates: Templates) => Sent<Template, Wire>): Wire {
    this.#added = new Map();
    this.#sentComponents = {};
    const templates: Templates = this.#format === "k" ? [] : null;
    const { state, wire } = render(templates);
    this.#root = state;
    const known = new Map(this.#before);
    for (const cid of this.#onPage(known)) {
      const component = known.get(cid);
      // One that came off the page by a change of the component around it is not rendered any more.
      if (component === undefined || this.pick(3) > 0 || !this.#onPage(known).has(cid)) continue;
      const changed = this.#changedTemplate(component, 2, null);
      known.set(cid, changed.state);
      this.#sentComponents[cid] = changed.wire;
    }
    const all = new Map([...known, ...this.#added]);
    const onPage = this.#onPage(all);
    this.#before = new Map([...all].filter(([cid]) => onPage.has(cid)));
    return {
      ...wire,
      ...(Object.keys(this.#sentComponents).length > 0 && { c: this.#sentComponents }),
      ...withTemplates(templates),
      ...(this.pick(4) === 0 && { t: "title", e: [["event", {}]] }),
    };
  }

  /** The components that the root refers to, in one way or another. */
  #onPage(components: ReadonlyMap<number, Template>): Set<number> {
    const found = new Set<number>();
    const walk = (slot: Slot): void => {
      if (slot.kind === "template") slot.slots.forEach(walk);
      else if (slot.kind === "list") slot.entries.flat().forEach(walk);
      else if (slot.kind === "component") {
        found.add(slot.cid);
        const component = components.get(slot.cid) ?? this.#added.get(slot.cid);
        if (component !== undefined) walk(component);
      }
    };
    walk(this.#root);
    return found;
  }

  #slot(depth: number, templates: Templates): Sent<Slot> {
    switch (depth > 0 ? this.pick(7) : 0) {
      case 1:
      case 2:
        return this.#template(depth - 1, templates, this.pick(2) === 0);
      case 3:
      case 4:
        return this.#list(depth - 1, templates);
      case 5:
        return this.#stream(templates);
      case 6:
        return this.#component(depth - 1);
      default:
        return { state: TEXT, wire: this.#oneOf(TEXTS) };
    }
  }

  #template(depth: number, templates: Templates, isRoot: boolean): Sent<Template, Wire> {
    const slots = this.#many(this.pick(4), () => this.#slot(depth, templates));
    const tag = this.#oneOf(TAGS);
    const between = slots.map(() => this.#oneOf(TEXTS)).slice(1);
    const statics = slots.length === 0 ? [`<${tag}></${tag}>`] : [`<${tag}>`, ...between, `</${tag}>`];
    const s = this.#statics(statics, templates);
    return {
      state: { kind: "template", slots: states(slots) },
      wire: { ...wires(slots), s, ...(isRoot && { r: 1 }) },
    };
  }

  #list(depth: number, outer: Templates): Sent<List, Wire> {
    const width = 1 + this.pick(2);
    const templates = outer ?? [];
    const entries = this.#many(this.pick(4), () => this.#entry(width, depth, templates));
    return {
      state: { kind: "list", width, entries: entries.map(({ state }) => state) },
      wire: {
        ...this.#entries(entries.map(({ wire }) => wire)),
        s: this.#statics(listStatics(width), outer),
        ...(outer === null && withTemplates(templates)),
      },
    };
  }

  #entry(width: number, depth: number, templates: Templates): Sent<readonly Slot[], Wire> {
    const slots = this.#many(width, () => this.#slot(depth, templates));
    return { state: states(slots), wire: wires(slots) };
  }

  #entries(wire: readonly Wire[]): Wire {
    if (this.#format === "d") return { d: wire.map((entry) => Object.values(entry)) };
    return { k: { ...wire, kc: wire.length } };
  }

  #stream(outer: Templates): Sent<Slot, Wire> {
    const width = 1 + this.pick(2);
    const ref = String(this.#refs++);
    const s = this.#statics(listStatics(width), outer);
    return { state: { kind: "stream", ref, width }, wire: { ...this.#streamed(ref, width, outer), s } };
  }

  /** One render of a stream: without statics, as an update has it. */
  #streamed(ref: string, width: number, outer: Templates): Wire {
    const templates = outer ?? [];
    const count = this.pick(3);
    // An item of a stream is a text or a template: it has no state that a later frame could change.
    const items = this.#many(count, () => {
      const slots = this.#many(width, () =>
        this.pick(2) === 0 ? this.#slot(0, templates) : this.#template(0, templates, this.pick(2) === 0),
      );
      return wires(slots);
    });
    const inserts = items.map((_, i) => [
      `i${i}`,
      this.pick(3) - 1,
      null,
      ...(this.#format === "k" ? [false] : []),
    ]);
    const deletes = this.#many(this.pick(2), () => `i${this.pick(9)}`);
    return {
      ...this.#entries(items),
      stream: [ref, inserts, deletes, ...(this.pick(4) === 0 ? [true] : [])],
      ...(outer === null && withTemplates(templates)),
    };
  }

  #component(depth: number): Sent<Slot, number> {
    const shared = this.#shareable();
    this.#cids += 1;
    const cid = this.#cids;
    let sent: Sent<Template, Wire>;
    if (shared !== null && this.pick(2) === 0) {
      const { state, wire } = this.#sharingTemplate(shared.template, depth);
      sent = { state, wire: { ...wire, s: shared.s } };
    } else {
      sent = this.#template(depth, null, true);
    }
    this.#added.set(cid, sent.state);
    this.#sentComponents[cid] = sent.wire;
    return { state: { kind: "component", cid }, wire: cid };
  }

  /** A component whose statics another may share: from before (negative), or from this frame. */
  #shareable(): { readonly template: Template; readonly s: number } | null {
    const former = [...this.#before].map(([cid, template]) => ({ template, s: -cid }));
    const added = [...this.#added].map(([cid, template]) => ({ template, s: cid }));
    const candidates = [...former, ...added].filter(({ template }) => !holdsStream(template));
    return candidates.length === 0 ? null : this.#oneOf(candidates);
  }

  /** A component like another one: what stays away is as in that one, which shares no component with it. */
  #sharingTemplate({ slots }: Template, depth: number): Sent<Template, Wire> {
    const changed = slots.map((slot): Sent<Slot> | null => {
      if (slot.kind === "template") return this.#sharingTemplate(slot, depth);
      if (holdsComponent(slot)) return this.#slot(depth, null);
      return slot.kind === "text" && this.pick(2) === 0 ? this.#slot(0, null) : null;
    });
    return merged(slots, changed);
  }

  #changedTemplate({ slots }: Template, depth: number, templates: Templates): Sent<Template, Wire> {
    return merged(slots, this.#changedSlots(slots, depth, templates));
  }

  #changedSlots(slots: readonly Slot[], depth: number, templates: Templates): (Sent<Slot> | null)[] {
    return slots.map((slot) => (this.pick(2) === 0 ? null : this.#changed(slot, depth, templates)));
  }

  #changed(slot: Slot, depth: number, templates: Templates): Sent<Slot> {
    if (this.pick(4) > 0) {
      if (slot.kind === "template") return this.#changedTemplate(slot, depth - 1, templates);
      if (slot.kind === "list") return this.#changedList(slot, depth - 1, templates);
      if (slot.kind === "stream")
        return { state: slot, wire: this.#streamed(slot.ref, slot.width, templates) };
    }
    return this.#slot(depth, templates);
  }

  #changedList({ width, entries: former }: List, depth: number, outer: Templates): Sent<List, Wire> {
    const templates = outer ?? [];
    const p = () => (outer === null ? withTemplates(templates) : {});
    if (this.#format === "d") {
      const entries = this.#many(this.pick(4), () => this.#entry(width, depth, templates));
      const state: List = { kind: "list", width, entries: entries.map(({ state }) => state) };
      return { state, wire: { ...this.#entries(entries.map(({ wire }) => wire)), ...p() } };
    }
    const moves = this.pick(2) === 0;
    const left = new Set(former.keys());
    const k: Wire = {};
    const entries = this.#many(this.pick(6), (i): readonly Slot[] => {
      const from = moves ? [...left][this.pick(left.size + 1)] : left.has(i) ? i : undefined;
      const target = from === undefined ? undefined : former[from];
      if (from === undefined || target === undefined) {
        const entry = this.#entry(width, depth, templates);
        k[i] = entry.wire;
        return entry.state;
      }
      left.delete(from);
      if (this.pick(2) === 0) {
        if (from !== i) k[i] = from;
        return target;
      }
      const changed = merged(target, this.#changedSlots(target, depth, templates));
      k[i] = from === i ? changed.wire : [from, changed.wire];
      return changed.state.slots;
    });
    const wire = { k: { ...k, kc: entries.length, ...(moves && { km: 1 }) }, ...p() };
    return { state: { kind: "list", width, entries }, wire };
  }

  #statics(statics: readonly string[], templates: Templates): unknown {
    if (templates === null || this.pick(3) === 0) return statics;
    const known = templates.findIndex((template) => JSON.stringify(template) === JSON.stringify(statics));
    return known === -1 ? templates.push(statics) - 1 : known;
  }

  #many<Value>(count: number, make: (i: number) => Value): Value[] {
    return Array.from({ length: count }, (_, i) => make(i));
  }

  #oneOf<Value>(values: readonly Value[]): Value {
    return values[this.pick(values.length)] as Value;
  }
}
