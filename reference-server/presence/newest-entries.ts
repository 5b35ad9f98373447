import type { Entry } from "./add-wins-set.ts";
import type { Tracked } from "./presence-diff.ts";

/**
 * The entries by connection. As long as the removal of what a connection was is not heard of, it has several: it is what
 * was added last.
 */
export class NewestEntries<M> {
  readonly #byRef = new Map<string, readonly Entry<Tracked<M>>[]>();

  /** @returns what the connections that this is about are from now on, and what they no longer are. */
  change(
    joined: readonly Entry<Tracked<M>>[],
    left: readonly Entry<Tracked<M>>[],
  ): { readonly joins: readonly Tracked<M>[]; readonly leaves: readonly Tracked<M>[] } {
    const refs = [...new Set([...joined, ...left].map(({ value }) => value.ref))];
    const before = refs.map((ref) => this.#newest(ref));
    for (const ref of refs) {
      const gone = left.filter(({ value }) => value.ref === ref).map(({ dot }) => dot.count);
      const stay = (this.#byRef.get(ref) ?? []).filter(({ dot }) => !gone.includes(dot.count));
      const entries = [...stay, ...joined.filter(({ value }) => value.ref === ref)];
      if (entries.length > 0) this.#byRef.set(ref, entries);
      else this.#byRef.delete(ref);
    }
    const after = refs.map((ref) => this.#newest(ref));
    const other = (these: typeof before, those: typeof after) =>
      these.flatMap((entry, at) => (entry && entry.dot.count !== those[at]?.dot.count ? [entry.value] : []));
    return { joins: other(after, before), leaves: other(before, after) };
  }

  #newest(ref: string): Entry<Tracked<M>> | undefined {
    return this.#byRef
      .get(ref)
      ?.reduce((newest, entry) => (entry.dot.count > newest.dot.count ? entry : newest));
  }
}
