/** Calls `tick` every `ms` milliseconds until the function that it returns is called. */
export type Every = (ms: number, tick: () => void) => () => void;

/** The real one, to be injected. */
export const everyInterval: Every = (ms, tick) => {
  const timer = setInterval(tick, ms);
  return () => clearInterval(timer);
};

/** Who is told of passing time. */
export interface WheelMember {
  /** Called every second; `beat` when a heartbeat is due. */
  tick(beat: boolean): void;
}

/** How often a socket says that it is there. Source: `heartbeatIntervalMs` in phoenix/socket.js. */
export const HEARTBEAT_SECONDS = 30;

const TICK_MS = 1_000;

/**
 * One timer for all users of a process, rather than several for each: it ticks every second, tells every
 * member, and spreads the heartbeats of many members over the seconds. It runs only while it has members.
 */
export class Wheel {
  readonly #every: Every;
  readonly #heartbeatSeconds: number;
  readonly #seats = new Map<WheelMember, number>();
  #second = 0;
  #nextSeat = 0;
  #stop: (() => void) | null = null;

  /** @param heartbeatSeconds how often a heartbeat is due, in whole seconds */
  constructor(every: Every, heartbeatSeconds: number = HEARTBEAT_SECONDS) {
    this.#every = every;
    this.#heartbeatSeconds = heartbeatSeconds;
  }

  /** Ticks for this member from now on; its first heartbeat is due no later than any other after the one before. */
  add(member: WheelMember): void {
    this.#seats.set(member, this.#nextSeat);
    this.#nextSeat = (this.#nextSeat + 1) % this.#heartbeatSeconds;
    this.#stop ??= this.#every(TICK_MS, () => this.#tick());
  }

  /** No more ticks for this member. */
  remove(member: WheelMember): void {
    this.#seats.delete(member);
    if (this.#seats.size > 0) return;
    this.#stop?.();
    this.#stop = null;
  }

  #tick(): void {
    this.#second = (this.#second + 1) % this.#heartbeatSeconds;
    for (const [member, seat] of this.#seats) member.tick(seat === this.#second);
  }
}
