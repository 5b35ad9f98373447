import { type AnatomyPartName, type FramePart, NEAR_CHARACTERS } from "../../core/anatomy.ts";
import type { Statics } from "../rendered.ts";
import type { KnownTemplates } from "./known-templates.ts";

/** Where something was sent: the slot, and the template that the slot is in, or whose statics they are. */
export interface SlotPlace {
  readonly slot: string;
  readonly statics: Statics | null;
  /** The index of the slot in that template; null for the template itself. */
  readonly at: number | null;
}

type Mutable = { -readonly [Key in keyof FramePart]: FramePart[Key] };

/** Adds up the parts of one frame. */
export class PartTally {
  readonly #parts = new Map<string, Mutable>();
  readonly #known: KnownTemplates;

  constructor(known: KnownTemplates) {
    this.#known = known;
  }

  /** Bytes that belong to no slot: of a frame they are one part, sent once. */
  addWhole(part: AnatomyPartName, bytes: number): void {
    const sum = this.#parts.get(part);
    if (sum === undefined) this.#parts.set(part, { part, bytes, times: 1 });
    else sum.bytes += bytes;
  }

  /** Bytes of an event. */
  addEvent(name: string | undefined, bytes: number): void {
    this.#add({ part: "events", ...(name && { slot: name }), bytes, times: 1 }, false);
  }

  /** Bytes in a slot, or of the statics of the template in it. @param again whether the page had them already */
  add(part: AnatomyPartName, { slot, statics, at }: SlotPlace, bytes: number, again = false): void {
    const near = statics === null ? "" : at === null ? headOf(statics) : textBefore(statics, at);
    const template = statics && { print: this.#known.printOf(statics), at };
    this.#add(
      { part, slot, bytes, times: 1, ...(near !== "" && { near }), ...(template && { template }) },
      again,
    );
  }

  /** All parts so far, in no order. */
  parts(): FramePart[] {
    return [...this.#parts.values()];
  }

  #add(one: Mutable, again: boolean): void {
    const key = `${one.part} ${one.slot}`;
    const sum = this.#parts.get(key) ?? { ...one, bytes: 0, times: 0 };
    this.#parts.set(key, sum);
    sum.bytes += one.bytes;
    sum.times += one.times;
    if (again && one.bytes > 0) sum.again = (sum.again ?? 0) + one.bytes;
  }
}

/** The last of what stands in front of a slot: the tag that it is in or behind, `…` for slots in that. */
function textBefore(statics: Statics, at: number): string {
  const text = inOneLine(statics.slice(0, at + 1).join("…")).trimEnd();
  const tag = text.lastIndexOf("<");
  return tag === -1 ? text.slice(-NEAR_CHARACTERS) : text.slice(tag, tag + NEAR_CHARACTERS);
}

/** How a template begins. */
function headOf(statics: Statics): string {
  const first = statics.find((text) => text.trim() !== "") ?? "";
  return inOneLine(first).trim().slice(0, NEAR_CHARACTERS).trim();
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ");
