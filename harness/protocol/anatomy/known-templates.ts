import { templatePrint } from "../../core/anatomy.ts";
import type { Comprehension, Rendered, Slot, Statics, Tree } from "../rendered.ts";

/** What pages have been sent of templates so far. Statics are told apart by identity, as the decoder interns them. */
export class KnownTemplates {
  readonly #statics = new Set<Statics>();
  readonly #prints = new Map<Statics, string>();
  readonly #places = new Map<Statics, string>();

  /** Whether these statics were sent before. */
  has(statics: Statics): boolean {
    return this.#statics.has(statics);
  }

  /** These statics have been sent. */
  add(statics: Statics): void {
    this.#statics.add(statics);
  }

  /** All that a page holds has been sent. */
  addTree({ root, components }: Tree): void {
    this.#addPart(root);
    for (const component of components.values()) this.#addPart(component);
  }

  /** See `templatePrint`. */
  printOf(statics: Statics): string {
    const known = this.#prints.get(statics);
    if (known !== undefined) return known;
    const print = templatePrint(statics);
    this.#prints.set(statics, print);
    return print;
  }

  /**
   * The slot in which components of this template stand; undefined where none was seen there. A diff of a component does not
   * tell, and of a stream's entries the page itself has kept no reference.
   */
  placeOf(statics: Statics): string | undefined {
    return this.#places.get(statics);
  }

  /** A component of this template stands in a slot. What was seen first stays. */
  place(statics: Statics, slot: string): void {
    if (!this.#places.has(statics)) this.#places.set(statics, slot);
  }

  #addPart(part: Rendered | Comprehension): void {
    this.#statics.add(part.statics);
    if (part.kind === "rendered") this.#addSlots(part.slots);
    else for (const { slots } of part.entries) this.#addSlots(slots);
  }

  #addSlots(slots: readonly Slot[]): void {
    for (const slot of slots) if (typeof slot === "object") this.#addPart(slot);
  }
}
