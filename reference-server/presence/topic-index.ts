import type { PresenceMeta, Present, Tracked } from "./presence-diff.ts";

/** Who is shown in which topic: the entries of replicas that are up, by topic, key and connection. */
export class TopicIndex<M> {
  readonly #topics = new Map<string, Map<string, Map<string, M>>>();

  /** Takes entries away, then puts others in: one that is replaced keeps its connection. */
  change(joined: readonly Tracked<M>[], left: readonly Tracked<M>[]): void {
    for (const tracked of left) this.#drop(tracked);
    for (const tracked of joined) this.#put(tracked);
  }

  /** Everybody in a topic, in no order. */
  list(topic: string): Present<M>[] {
    const keys = this.#topics.get(topic)?.keys() ?? [];
    return [...keys].map((key) => ({ key, metas: this.metasOf(topic, key) }));
  }

  /** Somebody's connections to a topic; none where he is not there. */
  metasOf(topic: string, key: string): PresenceMeta<M>[] {
    const metas = this.#topics.get(topic)?.get(key) ?? [];
    return [...metas].map(([ref, meta]) => ({ ref, meta }));
  }

  #put({ topic, key, ref, meta }: Tracked<M>): void {
    const keys = this.#topics.get(topic) ?? new Map<string, Map<string, M>>();
    const metas = keys.get(key) ?? new Map<string, M>();
    this.#topics.set(topic, keys.set(key, metas.set(ref, meta)));
  }

  #drop({ topic, key, ref }: Tracked<M>): void {
    const keys = this.#topics.get(topic);
    const metas = keys?.get(key);
    metas?.delete(ref);
    if (metas?.size === 0) keys?.delete(key);
    if (keys?.size === 0) this.#topics.delete(topic);
  }
}
