/** Numbers the messages of one process, so that all processes together use each number once, and leave few out. */
export class Sequences {
  readonly #part: number;
  readonly #parts: number;
  #made = 0;

  /** @param part which process it is, from 0 */
  constructor(part: number, parts: number) {
    this.#part = part;
    this.#parts = parts;
  }

  /** How many it has given. */
  get made(): number {
    return this.#made;
  }

  /** The number of the next message. */
  next(): number {
    const sequence = this.#made * this.#parts + this.#part;
    this.#made += 1;
    return sequence;
  }
}
