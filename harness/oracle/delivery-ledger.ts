import type { CounterMetric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { Micros } from "../core/units.ts";
import { ArrivalLog } from "./arrival-log.ts";
import type { CheckLedger } from "./check-ledger.ts";
import type { Checkpoint } from "./check-viewers.ts";
import { type ExpectedArrivals, expectArrivals, sendsByRoom } from "./expected-arrivals.ts";
import { eventsOf, type MembershipEvent, type Send, stintsOf } from "./room-membership.ts";

/** Pairs of an insert and a receiver, of all that was settled. */
export interface DeliveryCounts {
  /** Acknowledged inserts, times the receivers who were in their room from before they were sent until after that. */
  readonly expected: number;
  /** Of these, how many arrived, once or more often. */
  readonly received: number;
  readonly lost: number;
  /** Arrivals beyond the first of their pair, where one was right. */
  readonly duplicated: number;
  /** Arrivals where none was right: of another room, or of an insert that nobody made. */
  readonly unexpected: number;
  /** Pairs where one arrival and none are both right: the receiver came or went, or nobody acknowledged the insert. */
  readonly uncertain: number;
}

/** What is settled. */
export interface Settlement {
  readonly checkpoint: Checkpoint;
  readonly checks: CheckLedger;
  /** Inserts that were made elsewhere; one may have been told before. */
  readonly sends?: readonly Send[];
  /**
   * Whether there are more inserts on their way. Then what arrived beyond the last insert of each lane waits for the next
   * settlement, and none of them may be told that were made after one that is still without an answer. Default: no,
   * all is at rest, and what nobody made has no right to be there.
   */
  readonly inFlight?: boolean;
}

/**
 * Tells whether each insert reached each receiver who was in its room, once. Inserts are told by the sequence of their
 * due token. What is expected comes from what the senders and the receivers saw, never from the server. Until it is settled a pair
 * takes one bit; then it is judged, counted and forgotten.
 *
 * A receiver may be in another process than a sender: then every process is told of all sends when it settles.
 */
export class DeliveryLedger {
  readonly #receivers: readonly string[];
  readonly #lanes: number;
  readonly #arrivals: ArrivalLog;
  /** By receiver. */
  readonly #membership: MembershipEvent[][];
  readonly #sends = new Map<number, Send>();
  readonly #counts = { expected: 0, received: 0, lost: 0, duplicated: 0, unexpected: 0, uncertain: 0 };
  /** Who was gone before this has no part in what is not settled. */
  #forgetBeforeUs = Number.NEGATIVE_INFINITY;

  /**
   * @param receivers who may get inserts: `user 17`, `Chrome 2`
   * @param lanes how many processes send: number `w` of them gives its inserts the sequences `k * lanes + w`
   */
  constructor(receivers: readonly string[], lanes = 1) {
    this.#receivers = receivers;
    this.#lanes = lanes;
    this.#arrivals = new ArrivalLog(receivers.length, lanes);
    this.#membership = receivers.map(() => []);
  }

  /** The receiver begins to join a room. Where it is not told, he cannot get anything before he has joined. */
  joining(receiver: number, roomId: number, atUs: Micros): void {
    this.#tell(receiver, { kind: "joining", roomId, atUs });
  }

  /** The receiver has joined a room: its join was answered. In any order with the other calls. */
  joined(receiver: number, roomId: number, atUs: Micros): void {
    this.#tell(receiver, { kind: "joined", roomId, atUs });
  }

  /** The receiver begins to leave a room, or was cut off. */
  left(receiver: number, roomId: number, atUs: Micros): void {
    this.#tell(receiver, { kind: "left", roomId, atUs });
  }

  /** Nothing can come any more: the leave was answered. Where it is not told, nothing may come from when it was begun. */
  gone(receiver: number, roomId: number, atUs: Micros): void {
    this.#tell(receiver, { kind: "gone", roomId, atUs });
  }

  /**
   * An insert was made, or may have been: it was not acknowledged.
   *
   * @throws RangeError where its number was settled: it comes too late to be judged
   */
  sent(send: Send): void {
    const { lane, index } = this.#placeOf(send.sequence);
    if (index < this.#arrivals.settled(lane)) {
      throw new RangeError(`insert ${send.sequence} was told after it was settled`);
    }
    this.#sends.set(send.sequence, send);
  }

  /** The receiver with this number got an insert; he may hear of it before the sender does. */
  received(receiver: number, sequence: number): void {
    this.#arrivals.record(receiver, sequence);
  }

  /** The receiver got something again. Where it was no insert that he has had, it was an edit: no delivery. */
  receivedAgain(receiver: number, sequence: number): void {
    if (this.#arrivals.has(receiver, sequence)) this.received(receiver, sequence);
  }

  /**
   * Judges all pairs so far: adds them to the counts, makes one check a receiver, whose message names the first insert that
   * is wrong, and forgets them. What is lost stays so, even if it comes later; whatever else comes later that was
   * settled counts as a duplicate in the next settlement.
   */
  settle({ checkpoint, checks, sends = [], inFlight = false }: Settlement): void {
    for (const send of sends) this.sent(send);
    const known = [...this.#sends.values()];
    const lanes = Array.from({ length: this.#lanes }, (_, lane) => {
      const first = this.#arrivals.settled(lane);
      const ofLane = known.filter(({ sequence }) => sequence % this.#lanes === lane);
      const places = ofLane.map((send) => ({ bit: this.#placeOf(send.sequence).index - first, send }));
      const count = places.reduce((most, { bit }) => Math.max(most, bit + 1), 0);
      return { lane, count, rooms: sendsByRoom(places, count), scratch: scratchFor(count) };
    });
    for (const [receiver, who] of this.#receivers.entries()) {
      const stints = stintsOf(this.#membership[receiver] ?? []);
      const problems = [this.#problemAfterwards(receiver)];
      for (const { lane, count, rooms, scratch } of lanes) {
        expectArrivals(stints, rooms, scratch);
        problems.push(this.#judge(receiver, lane, inFlight ? count : Infinity, scratch));
      }
      const problem = problems.filter((one) => one !== null).toSorted((a, b) => a.sequence - b.sequence)[0];
      if (problem === undefined) {
        checks.pass("delivery", checkpoint.mode);
      } else {
        const { sequence, expected, actual } = problem;
        const message = `${who}: insert ${sequence} arrived ${actual}, expected ${expected}`;
        checks.fail({ kind: "delivery", ...checkpoint, who, expected, actual, message });
      }
      const kept = stints.filter(({ goneUs }) => goneUs >= this.#forgetBeforeUs);
      if (kept.length < stints.length) this.#membership[receiver] = eventsOf(kept);
    }
    this.#arrivals.settle(
      lanes.map(({ count }) => count),
      inFlight,
    );
    this.#sends.clear();
    // One settlement later than it seems: a lane may be behind another.
    this.#forgetBeforeUs = known.reduce(
      (latest, { startUs }) => Math.max(latest, startUs),
      this.#forgetBeforeUs,
    );
  }

  /** All pairs that were settled. */
  counts(): DeliveryCounts {
    return { ...this.#counts };
  }

  /** Adds what another process' ledger counted, of its own receivers. */
  addCounts(counts: DeliveryCounts): void {
    for (const key of Object.keys(this.#counts) as (keyof DeliveryCounts)[]) this.#counts[key] += counts[key];
  }

  /** The counts as metrics of a mode. */
  metrics(mode: string): CounterMetric[] {
    const { expected, received, lost, duplicated, unexpected, uncertain } = this.#counts;
    const named = [
      [METRIC_NAMES.deliveryExpected, expected],
      [METRIC_NAMES.deliveryReceived, received],
      [METRIC_NAMES.deliveryLost, lost],
      [METRIC_NAMES.deliveryDuplicated, duplicated],
      [METRIC_NAMES.deliveryUnexpected, unexpected],
      [METRIC_NAMES.deliveryUncertain, uncertain],
    ] as const;
    return named.map(([name, value]) => ({
      name,
      mode,
      operation: "insert",
      unit: "count",
      kind: "counter",
      values: { value },
    }));
  }

  #tell(receiver: number, event: MembershipEvent): void {
    const events = this.#membership[receiver];
    if (events === undefined) throw new RangeError(`there is no receiver ${receiver}`);
    events.push(event);
  }

  #placeOf(sequence: number): { readonly lane: number; readonly index: number } {
    const lane = sequence % this.#lanes;
    return { lane, index: (sequence - lane) / this.#lanes };
  }

  /** Counts what a receiver got of a lane, up to a number of bits, and gives the first that is wrong. */
  #judge(
    receiver: number,
    lane: number,
    bits: number,
    { expected, uncertain }: ExpectedArrivals,
  ): Problem | null {
    const counts = this.#counts;
    const words = this.#arrivals.words(receiver, lane);
    const first = this.#arrivals.settled(lane);
    const sequenceOf = (bit: number) => (first + bit) * this.#lanes + lane;
    const length = Math.min(Math.max(words.length, expected.length), Math.ceil(bits / 32));
    const again = this.#arrivals.again(receiver);
    let problem: Problem | null = null;
    for (let word = 0; word < length; word += 1) {
      const beyond = bits - word * 32;
      const got = (words[word] ?? 0) & (beyond >= 32 ? -1 : (1 << beyond) - 1);
      const must = expected[word] ?? 0;
      const may = uncertain[word] ?? 0;
      const lost = must & ~got;
      const unexpected = got & ~(must | may);
      counts.expected += ones(must);
      counts.received += ones(must & got);
      counts.lost += ones(lost);
      counts.unexpected += ones(unexpected);
      counts.uncertain += ones(may);
      for (let rest = (must | may) & ~got; rest !== 0; rest &= rest - 1) {
        this.#arrivals.missed(receiver, sequenceOf(word * 32 + lowest(rest)));
      }
      const wrong = lost | unexpected;
      if (wrong === 0 || problem !== null) continue;
      const sequence = sequenceOf(word * 32 + lowest(wrong));
      const arrived = 1 + (again.get(sequence) ?? 0);
      problem =
        (lost & -lost) === (wrong & -wrong)
          ? { sequence, expected: "once", actual: "never" }
          : { sequence, expected: "never", actual: times(arrived) };
    }
    for (const [sequence, more] of again) {
      const place = this.#placeOf(sequence);
      const bit = place.index - first;
      if (place.lane !== lane || bit >= bits) continue;
      const allowed = (((expected[bit >>> 5] ?? 0) | (uncertain[bit >>> 5] ?? 0)) >>> (bit & 31)) & 1;
      if (allowed === 1) counts.duplicated += more;
      else counts.unexpected += more;
      if (problem !== null && problem.sequence <= sequence) continue;
      problem = { sequence, expected: allowed === 1 ? "once" : "never", actual: times(1 + more) };
    }
    return problem;
  }

  #problemAfterwards(receiver: number): Problem | null {
    let problem: Problem | null = null;
    for (const [sequence, more] of this.#arrivals.takeAfterwards(receiver)) {
      this.#counts.duplicated += more;
      if (problem !== null && problem.sequence <= sequence) continue;
      problem = { sequence, expected: "never", actual: `${times(more)} after it was settled` };
    }
    return problem;
  }
}

/** The first insert that is wrong at a receiver. */
interface Problem {
  readonly sequence: number;
  readonly expected: string;
  readonly actual: string;
}

function scratchFor(bits: number): ExpectedArrivals {
  const words = Math.ceil(bits / 32);
  return { expected: new Uint32Array(words), uncertain: new Uint32Array(words) };
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** How many bits of a word are set: Hacker's Delight, section 5-1. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The number of the lowest bit that is set. */
function lowest(word: number): number {
  return 31 - Math.clz32(word & -word);
}
