/** An insert that waits for the next render: `[dom id, at, limit, update_only]` on the wire, and the item. */
export interface StreamInsert<T> {
  readonly domId: string;
  /** 0 is the front, -1 the end, n the place among the children. */
  readonly at: number;
  readonly item: T;
  /** At most so many items: positive ones prune from the back, negative ones from the front; null for no limit. */
  readonly limit: number | null;
  /** Null where the stream is first defined, as Phoenix sends it. */
  readonly updateOnly: boolean | null;
}

/** What a template iterates: an item and the id of its element. */
export interface StreamEntry<T> {
  readonly domId: string;
  readonly item: T;
}

/** Where and how to insert. Defaults: at the end, no limit. */
export interface InsertOptions {
  readonly at?: number;
  readonly limit?: number;
  /** Change the item if it is on the page, otherwise do nothing. Default: false. */
  readonly updateOnly?: boolean;
}

/** The id that an item's element gets where a stream has no function of its own: `messages-7`. */
export function defaultDomId(name: string): (item: unknown) => string {
  return (item) => {
    if (typeof item !== "object" || item === null || !("id" in item)) {
      throw new TypeError(`the items of stream "${name}" have no id: give the stream a domId function`);
    }
    return `${name}-${String(item.id)}`;
  };
}

/**
 * A stream: what is to be inserted into and deleted from a list that only the page keeps. An immutable value; after
 * each render the view holds a pruned one. The rules are those of `lib/phoenix_live_view/live_stream.ex`.
 */
export class LiveStream<T = unknown> {
  readonly ref: string;
  readonly domId: (item: T) => string;
  /** Newest first. */
  readonly inserts: readonly StreamInsert<T>[];
  /** DOM ids, newest first. */
  readonly deletes: readonly string[];
  readonly reset: boolean;
  readonly #pruned: LiveStream<T>;

  /** @param from the stream that it is another state of; undefined for a new one */
  private constructor(
    { ref, domId }: Pick<LiveStream<T>, "ref" | "domId">,
    from: LiveStream<T> | undefined,
    inserts: readonly StreamInsert<T>[],
    deletes: readonly string[],
    reset: boolean,
  ) {
    this.ref = ref;
    this.domId = domId;
    this.inserts = inserts;
    this.deletes = deletes;
    this.reset = reset;
    const isPruned = inserts.length === 0 && deletes.length === 0 && !reset;
    if (from !== undefined) this.#pruned = from.#pruned;
    else this.#pruned = isPruned ? this : new LiveStream({ ref, domId }, undefined, [], [], false);
  }

  /** A new stream with its first items, in the order of the page. */
  static define<T>(
    ref: string,
    items: readonly T[],
    domId: (item: T) => string,
    limit: number | null,
  ): LiveStream<T> {
    const inserts = items
      .map((item) => ({ domId: domId(item), at: -1, item, limit, updateOnly: null }))
      .reverse();
    return new LiveStream({ ref, domId }, undefined, inserts, [], false);
  }

  insert(item: T, { at = -1, limit, updateOnly = false }: InsertOptions = {}): LiveStream<T> {
    const insert = { domId: this.domId(item), at, item, limit: limit ?? null, updateOnly };
    return new LiveStream(this, this, [insert, ...this.inserts], this.deletes, this.reset);
  }

  insertAll(items: readonly T[], options?: InsertOptions): LiveStream<T> {
    return items.reduce<LiveStream<T>>((stream, item) => stream.insert(item, options), this);
  }

  delete(domId: string): LiveStream<T> {
    return new LiveStream(this, this, this.inserts, [domId, ...this.deletes], this.reset);
  }

  /** The same stream, to be emptied on the page before its inserts are applied. */
  resetting(): LiveStream<T> {
    return new LiveStream(this, this, this.inserts, this.deletes, true);
  }

  /** What is left after a render: nothing. The same value each time. */
  pruned(): LiveStream<T> {
    return this.#pruned;
  }

  /** Whether the next render has something to send. */
  get pending(): boolean {
    return this.inserts.length > 0 || this.deletes.length > 0 || this.reset;
  }

  /** What is rendered: in the order of the inserts, of two with the same id only the later one. */
  entries(): StreamEntry<T>[] {
    const [first] = this.inserts;
    if (first !== undefined && this.inserts.length === 1) return [{ domId: first.domId, item: first.item }];
    const seen = new Set<string>();
    const entries: StreamEntry<T>[] = [];
    for (const { domId, item } of this.inserts) {
      if (!seen.has(domId)) entries.push({ domId, item });
      seen.add(domId);
    }
    return entries.reverse();
  }
}
