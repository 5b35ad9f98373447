/** How many pairs that were settled without an arrival are remembered, so that one that comes after all is no duplicate. */
const KEPT_MISSING = 100_000;

const NO_WORDS = new Uint32Array(0);

/**
 * What arrived where, in one bit for a receiver and a message, until it is settled. Numbers of messages are dealt to lanes,
 * one for each process that sends (`sequence % lanes`), since each of them has its own pace.
 */
export class ArrivalLog {
  readonly #receivers: number;
  readonly #lanes: number;
  /** By lane, how many of its numbers are settled: bit 0 is the next one. */
  readonly #settled: number[];
  /** By receiver and lane. */
  readonly #words: Uint32Array[];
  /** By receiver: how often a number came again. */
  readonly #again = new Map<number, Map<number, number>>();
  /** By receiver: how often a number came that was settled. */
  readonly #afterwards = new Map<number, Map<number, number>>();
  /** Pairs that were settled without an arrival, though one would have been right. */
  readonly #missing = new Set<number>();

  constructor(receivers: number, lanes: number) {
    this.#receivers = receivers;
    this.#lanes = lanes;
    this.#settled = Array.from({ length: lanes }, () => 0);
    this.#words = Array.from({ length: receivers * lanes }, () => NO_WORDS);
  }

  /** A message arrived. Called for each frame of each receiver, so it does as little as it can. */
  record(receiver: number, sequence: number): void {
    const lanes = this.#lanes;
    const lane = sequence % lanes;
    const bit = (sequence - lane) / lanes - (this.#settled[lane] ?? 0);
    const at = receiver * lanes + lane;
    let words = this.#words[at];
    if (words === undefined) throw new RangeError(`there is no receiver ${receiver}`);
    if (bit < 0) return this.#recordAfterwards(receiver, sequence);
    const word = bit >>> 5;
    if (word >= words.length) {
      const grown = new Uint32Array(Math.max(word + 1, words.length * 2));
      grown.set(words);
      this.#words[at] = grown;
      words = grown;
    }
    const mask = 1 << (bit & 31);
    const before = words[word] ?? 0;
    if ((before & mask) === 0) words[word] = before | mask;
    else count(this.#again, receiver, sequence);
  }

  /** Whether a message has arrived, as far as is remembered: of what is settled, whether it is not known to be missing. */
  has(receiver: number, sequence: number): boolean {
    const lane = sequence % this.#lanes;
    const bit = (sequence - lane) / this.#lanes - this.settled(lane);
    if (bit < 0) return !this.#missing.has(this.#pair(receiver, sequence));
    return ((this.words(receiver, lane)[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** The number of the first message of a lane that is not settled, counted within the lane. */
  settled(lane: number): number {
    return this.#settled[lane] ?? 0;
  }

  /** What arrived at a receiver in a lane, a bit for each number since {@link settled}; absent words are 0. */
  words(receiver: number, lane: number): Uint32Array {
    return this.#words[receiver * this.#lanes + lane] ?? NO_WORDS;
  }

  /** Numbers that came more than once to a receiver, and how often beyond the first time. */
  again(receiver: number): ReadonlyMap<number, number> {
    return this.#again.get(receiver) ?? NO_COUNTS;
  }

  /** Takes the numbers that came to a receiver after they were settled, and how often. */
  takeAfterwards(receiver: number): ReadonlyMap<number, number> {
    const counts = this.#afterwards.get(receiver) ?? NO_COUNTS;
    this.#afterwards.delete(receiver);
    return counts;
  }

  /** Nothing has arrived for a pair that is being settled. */
  missed(receiver: number, sequence: number): void {
    if (this.#missing.size < KEPT_MISSING) this.#missing.add(this.#pair(receiver, sequence));
  }

  /**
   * Forgets the next `counts[lane]` numbers of each lane, and what was beyond them too, unless it is to be kept for the
   * next time.
   */
  settle(counts: readonly number[], keepBeyond: boolean): void {
    for (const [lane, settled] of counts.entries()) {
      for (let at = lane; at < this.#words.length; at += this.#lanes) {
        const words = this.#words[at] ?? NO_WORDS;
        if (keepBeyond) shiftDown(words, settled);
        else words.fill(0);
      }
      this.#settled[lane] = this.settled(lane) + settled;
    }
    for (const again of this.#again.values()) {
      for (const sequence of again.keys()) {
        const lane = sequence % this.#lanes;
        if (!keepBeyond || (sequence - lane) / this.#lanes < this.settled(lane)) again.delete(sequence);
      }
    }
  }

  #recordAfterwards(receiver: number, sequence: number): void {
    if (!this.#missing.delete(this.#pair(receiver, sequence))) count(this.#afterwards, receiver, sequence);
  }

  #pair(receiver: number, sequence: number): number {
    return sequence * this.#receivers + receiver;
  }
}

const NO_COUNTS: ReadonlyMap<number, number> = new Map();

function count(counts: Map<number, Map<number, number>>, receiver: number, sequence: number): void {
  const ofReceiver = counts.get(receiver) ?? new Map<number, number>();
  counts.set(receiver, ofReceiver);
  ofReceiver.set(sequence, (ofReceiver.get(sequence) ?? 0) + 1);
}

/** Takes away the first bits, and moves the others to the front. */
function shiftDown(words: Uint32Array, bits: number): void {
  const whole = Math.floor(bits / 32);
  const rest = bits % 32;
  for (let at = 0; at < words.length; at += 1) {
    const low = words[at + whole] ?? 0;
    const high = words[at + whole + 1] ?? 0;
    words[at] = rest === 0 ? low : (low >>> rest) | (high << (32 - rest));
  }
}
