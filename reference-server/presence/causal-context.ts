/** One change that a replica made: its how-manieth, from 1. */
export interface Dot {
  readonly replica: string;
  readonly count: number;
}

/** Changes of one replica, as plain data: all up to a count, and these beyond it. */
export interface Span {
  readonly replica: string;
  readonly upTo: number;
  readonly beyond: readonly number[];
}

interface Seen {
  upTo: number;
  readonly beyond: Set<number>;
}

/**
 * Which changes of each replica have been seen: a version vector, and what came before its turn. So a change that is
 * lost shows as a gap, and one that comes twice as old.
 *
 * Source: Almeida, Shoker, Baquero, "Delta State Replicated Data Types", 7.2.
 */
export class CausalContext {
  readonly #replicas = new Map<string, Seen>();

  has({ replica, count }: Dot): boolean {
    const seen = this.#replicas.get(replica);
    return seen !== undefined && (count <= seen.upTo || seen.beyond.has(count));
  }

  /** How many changes of a replica have been seen from its first on, without a gap. */
  upTo(replica: string): number {
    return this.#replicas.get(replica)?.upTo ?? 0;
  }

  /** Adds what another one has seen. */
  add(spans: readonly Span[]): void {
    for (const { replica, upTo, beyond } of spans) {
      const seen = this.#replicas.get(replica) ?? { upTo: 0, beyond: new Set<number>() };
      this.#replicas.set(replica, seen);
      seen.upTo = Math.max(seen.upTo, upTo);
      for (const count of beyond) seen.beyond.add(count);
      while (seen.beyond.delete(seen.upTo + 1)) seen.upTo += 1;
      for (const count of seen.beyond) if (count <= seen.upTo) seen.beyond.delete(count);
    }
  }

  /** All that has been seen. */
  spans(): Span[] {
    return [...this.#replicas].map(([replica, { upTo, beyond }]) => ({ replica, upTo, beyond: [...beyond] }));
  }

  /** Forgets a replica, as if nothing of it had ever been seen. */
  forget(replica: string): void {
    this.#replicas.delete(replica);
  }
}

/** These changes alone. */
export function spansOf(dots: readonly Dot[]): Span[] {
  const counts = new Map<string, number[]>();
  for (const { replica, count } of dots) counts.set(replica, [...(counts.get(replica) ?? []), count]);
  return [...counts].map(([replica, beyond]) => ({ replica, upTo: 0, beyond }));
}
