import type { Member } from "./member.ts";

/** The golden ratio's fraction: steps of that share of a circle visit it most evenly. */
const GOLDEN = 0.618_033_988_75;

/**
 * Whose turn it is to act. Everybody comes once before anybody comes again, and neighbours, who are mostly in one room, do
 * not come one after the other: so rooms have their share of what is done at any time. Who is away is left out, and so is
 * the witness, unless he is alone.
 */
export class Roster {
  readonly #members: readonly Member[];
  readonly #stride: number;
  #turn = 0;

  constructor(members: readonly Member[]) {
    const acting = members.filter(({ isWitness }) => !isWitness);
    this.#members = acting.length === 0 ? members : acting;
    this.#stride = strideFor(this.#members.length);
  }

  /** The next one who is there; undefined where nobody is. */
  next(): Member | undefined {
    const { length } = this.#members;
    for (let tried = 0; tried < length; tried += 1) {
      const member = this.#members[(this.#turn * this.#stride) % length];
      this.#turn = (this.#turn + 1) % length;
      if (member?.isPresent) return member;
    }
    return undefined;
  }
}

/** About the golden share of so many, without a common divisor, so that all are visited. */
function strideFor(length: number): number {
  let stride = Math.max(1, Math.round(length * GOLDEN));
  while (divisor(stride, length) > 1) stride += 1;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
