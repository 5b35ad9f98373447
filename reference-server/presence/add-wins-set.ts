import { CausalContext, type Dot, type Span, spansOf } from "./causal-context.ts";

/** A value of the set, and the change that added it. */
export interface Entry<V> {
  readonly dot: Dot;
  readonly value: V;
}

/**
 * What one replica tells another, as plain data: the changes it is about, and what is left of them. A change without an
 * entry has been removed again, or was the removal.
 */
export interface Delta<V> {
  readonly entries: readonly Entry<V>[];
  readonly context: readonly Span[];
}

/** What a merge changed. */
export interface Merged<V> {
  readonly added: readonly Entry<V>[];
  readonly removed: readonly Entry<V>[];
}

/**
 * A set that many replicas change on their own and that is the same everywhere once all have heard of all: an
 * observed-remove set without tombstones. A removal takes away the additions that it has seen, and no other, so one that
 * is added anew at the same time stays.
 *
 * Deltas may come in any order and more than once. A removal counts as a change, so that one that got lost leaves a gap
 * as well.
 *
 * Sources: Bieniusa et al., "An Optimized Conflict-free Replicated Set"; Almeida, Shoker, Baquero, "Delta State
 * Replicated Data Types"; `Phoenix.Tracker.State`.
 */
export class AddWinsSet<V> {
  readonly #replica: string;
  readonly #entries = new Map<string, Map<number, V>>();
  readonly #context = new CausalContext();

  /** @param replica a name that no other replica has or has had: what was seen of a name is never taken for new. */
  constructor(replica: string) {
    this.#replica = replica;
  }

  /** Adds a value. @returns its entry, and what to tell the others. */
  add(value: V): { readonly entry: Entry<V>; readonly delta: Delta<V> } {
    return this.#added({ dot: this.#dot(1), value }, []);
  }

  /**
   * Puts a value in the place of another one. It is two changes that are told at once: were it one, the removal of the new
   * value would be about that same change, and hide that it was lost. @returns as {@link add} does.
   */
  replace(dot: Dot, value: V): { readonly entry: Entry<V>; readonly delta: Delta<V> } {
    return this.#added({ dot: this.#dot(2), value }, [dot, this.#dot(1)]);
  }

  /** Removes values. @returns what to tell the others. */
  remove(dots: readonly Dot[]): Delta<V> {
    const delta = { entries: [], context: spansOf([...dots, this.#dot(1)]) };
    this.merge(delta);
    return delta;
  }

  /** Takes in what another replica tells. @returns what that changed here. */
  merge({ entries, context }: Delta<V>): Merged<V> {
    const added = entries.filter(({ dot }) => !this.#context.has(dot));
    const removed = context.flatMap((span) => this.#removedBy(span, entries));
    for (const { dot } of removed) this.#entries.get(dot.replica)?.delete(dot.count);
    for (const { dot, value } of added) {
      const values = this.#entries.get(dot.replica) ?? new Map<number, V>();
      this.#entries.set(dot.replica, values.set(dot.count, value));
    }
    this.#context.add(context);
    return { added, removed };
  }

  /** All that this replica knows, or what it knows of one replica's changes. */
  state(of?: string): Delta<V> {
    const concerns = (replica: string) => of === undefined || replica === of;
    const replicas = [...this.#entries.keys()].filter(concerns);
    return {
      entries: replicas.flatMap((replica) => this.entriesOf(replica)),
      context: this.#context.spans().filter(({ replica }) => concerns(replica)),
    };
  }

  /** What a replica has added and nobody removed, as far as is known here. */
  entriesOf(replica: string): Entry<V>[] {
    return [...(this.#entries.get(replica) ?? [])].map(([count, value]) => ({
      dot: { replica, count },
      value,
    }));
  }

  /** How many changes of a replica are known from its first on, without a gap. */
  upTo(replica: string): number {
    return this.#context.upTo(replica);
  }

  /** Forgets all that is known of a replica. @returns what it had added. */
  forget(replica: string): Entry<V>[] {
    const entries = this.entriesOf(replica);
    this.#entries.delete(replica);
    this.#context.forget(replica);
    return entries;
  }

  #added(entry: Entry<V>, instead: readonly Dot[]) {
    const delta = { entries: [entry], context: spansOf([...instead, entry.dot]) };
    this.merge(delta);
    return { entry, delta };
  }

  /** The next change of this replica's own, or the one after it. */
  #dot(ahead: 1 | 2): Dot {
    return { replica: this.#replica, count: this.#context.upTo(this.#replica) + ahead };
  }

  /** The entries here that the other one has seen and has no more. */
  #removedBy({ replica, upTo, beyond }: Span, kept: readonly Entry<V>[]): Entry<V>[] {
    const values = this.#entries.get(replica);
    if (values === undefined) return [];
    const early = upTo === 0 ? [] : [...values.keys()].filter((count) => count <= upTo);
    const stays = new Set(kept.filter(({ dot }) => dot.replica === replica).map(({ dot }) => dot.count));
    const gone = [...early, ...beyond].filter((count) => values.has(count) && !stays.has(count));
    return gone.map((count) => ({ dot: { replica, count }, value: values.get(count) as V }));
  }
}
