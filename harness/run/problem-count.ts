/** How many problems of one kind are told; all of them are counted. */
const TOLD = 3;

/** Counts problems of one kind, and tells the first of them: ten thousand would hide what matters. */
export class ProblemCount {
  readonly #tell: (message: string) => void;
  #count = 0;

  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  /** How many there were so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes one. */
  add(message: string): void {
    this.#count += 1;
    if (this.#count <= TOLD) this.#tell(message);
  }
}
