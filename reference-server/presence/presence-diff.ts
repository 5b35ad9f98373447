/** Somebody's one connection to a topic, and what is told of it. */
export interface PresenceMeta<M> {
  /** Of the connection: the same when its `meta` is another one. */
  readonly ref: string;
  readonly meta: M;
}

/** Somebody in a topic, by all of his connections. */
export interface Present<M> {
  readonly key: string;
  readonly metas: readonly PresenceMeta<M>[];
}

/** A connection that is tracked, with the topic and the key that it is tracked under. */
export interface Tracked<M> extends PresenceMeta<M> {
  readonly topic: string;
  readonly key: string;
}

/**
 * Who came to a topic and who left it. Who leaves with one of two connections is told as a leave of that one, and a
 * `meta` that changes as a leave and a join of the same connection, as `Phoenix.Presence` has it. So who is there and
 * what he does is told by {@link Presence.metasOf} alone.
 */
export interface PresenceDiff<M> {
  readonly kind: "presence_diff";
  readonly joins: readonly Present<M>[];
  readonly leaves: readonly Present<M>[];
}

/** Where the diffs of a topic are broadcast. */
export function presenceTopic(topic: string): string {
  return `presence:${topic}`;
}

/** What a change is to each of the topics that it concerns. */
export function diffsByTopic<M>(
  joined: readonly Tracked<M>[],
  left: readonly Tracked<M>[],
): Map<string, PresenceDiff<M>> {
  const joins = Map.groupBy(joined, ({ topic }) => topic);
  const leaves = Map.groupBy(left, ({ topic }) => topic);
  const topics = new Set([...joins.keys(), ...leaves.keys()]);
  return new Map(
    [...topics].map((topic) => [
      topic,
      {
        kind: "presence_diff",
        joins: byKey(joins.get(topic) ?? []),
        leaves: byKey(leaves.get(topic) ?? []),
      },
    ]),
  );
}

function byKey<M>(tracked: readonly Tracked<M>[]): Present<M>[] {
  return [...Map.groupBy(tracked, ({ key }) => key)].map(([key, connections]) => ({
    key,
    metas: connections.map(({ ref, meta }) => ({ ref, meta })),
  }));
}
