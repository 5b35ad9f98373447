import { isDeepStrictEqual } from "node:util";
import type { Broadcaster } from "../pubsub/pubsub.ts";
import { AddWinsSet, type Delta, type Entry } from "./add-wins-set.ts";
import { NewestEntries } from "./newest-entries.ts";
import {
  diffsByTopic,
  type PresenceDiff,
  type PresenceMeta,
  type Present,
  presenceTopic,
  type Tracked,
} from "./presence-diff.ts";
import type { ReplicaMessage, ReplicaTransport } from "./replica-message.ts";
import { type ReplicaPatience, ReplicaTable } from "./replica-table.ts";
import { TopicIndex } from "./topic-index.ts";

/** How a replica hears of the others. */
export interface Replication<M> extends ReplicaPatience {
  readonly transport: ReplicaTransport<M>;
  /** Milliseconds of a clock that never goes back. */
  nowMs(): number;
}

/** What presence needs of its server. */
export interface PresenceOptions<M> {
  readonly pubsub: Broadcaster<PresenceDiff<M>>;
  /** The name of this replica: one that no other has or has had, also not this server before a restart. */
  readonly replica: string;
  /** Default: this is the only replica. */
  readonly replication?: Replication<M>;
}

/**
 * Who is in a topic, by the connections that he has to it, on this server and on others. Joins and leaves are broadcast
 * on {@link presenceTopic}. `M` is plain data.
 */
export class Presence<M> {
  readonly #options: PresenceOptions<M>;
  readonly #set: AddWinsSet<Tracked<M>>;
  readonly #newest = new NewestEntries<M>();
  readonly #shown = new TopicIndex<M>();
  /** The connections of this server, by ref. */
  readonly #own = new Map<string, Entry<Tracked<M>>>();
  readonly #replicas = new ReplicaTable();
  readonly #stopReceiving: () => void;
  #nextRef = 1;

  constructor(options: PresenceOptions<M>) {
    const { replica, replication } = options;
    this.#options = options;
    this.#set = new AddWinsSet(replica);
    const stop = replication?.transport.receive((message) => this.#receive(message, replication.nowMs()));
    this.#stopReceiving = stop ?? (() => {});
    this.#tellHeartbeat();
  }

  /** Tracks a connection. @returns its ref, by which it is changed and untracked. */
  track(topic: string, key: string, meta: M): string {
    const ref = `${this.#options.replica}:${this.#nextRef++}`;
    const { entry, delta } = this.#set.add({ topic, key, ref, meta });
    this.#own.set(ref, entry);
    this.#changed([entry], [], delta);
    return ref;
  }

  /** Gives a connection another meta; nothing is told where it is an equal one, or the connection is not tracked. */
  update(ref: string, meta: M): void {
    const before = this.#own.get(ref);
    if (before === undefined || isDeepStrictEqual(before.value.meta, meta)) return;
    const { entry, delta } = this.#set.replace(before.dot, { ...before.value, meta });
    this.#own.set(ref, entry);
    this.#changed([entry], [before], delta);
  }

  /** Ends the tracking of a connection; without effect where it has ended. */
  untrack(ref: string): void {
    const before = this.#own.get(ref);
    if (before === undefined) return;
    this.#own.delete(ref);
    this.#changed([], [before], this.#set.remove([before.dot]));
  }

  /** Everybody in a topic, in no order. */
  list(topic: string): Present<M>[] {
    return this.#shown.list(topic);
  }

  /** The connections of somebody to a topic; none where he is not there. */
  metasOf(topic: string, key: string): PresenceMeta<M>[] {
    return this.#shown.metasOf(topic, key);
  }

  /**
   * Tells the other replicas that this one is there, and sees which of them are not. To be called several times within
   * `downAfterMs`; without effect where there is no other replica.
   */
  beat(): void {
    const { replication } = this.#options;
    if (replication === undefined) return;
    this.#tellHeartbeat();
    const { down, forgotten } = this.#replicas.silent(replication.nowMs(), replication);
    for (const replica of down) this.#show([], this.#set.entriesOf(replica));
    for (const replica of forgotten) this.#set.forget(replica);
  }

  /** Takes leave of the other replicas: nobody is connected here any more. */
  stop(): void {
    const entries = [...this.#own.values()];
    this.#own.clear();
    if (entries.length > 0) this.#changed([], entries, this.#set.remove(entries.map(({ dot }) => dot)));
    this.#stopReceiving();
  }

  #receive(message: ReplicaMessage<M>, nowMs: number): void {
    const { from } = message;
    if (from === this.#options.replica) return;
    this.#heard(from, nowMs);
    switch (message.kind) {
      case "delta": {
        const { added, removed } = this.#set.merge(message.delta);
        return this.#show(added, removed);
      }
      case "heartbeat":
        if (this.#set.upTo(from) < message.changes) {
          this.#tell({ kind: "transfer_request", from: this.#options.replica, to: from });
        }
        return;
      case "transfer_request":
        if (message.to === this.#options.replica) this.#tellDelta(this.#set.state(message.to));
        return;
      default:
        return message satisfies never;
    }
  }

  #heard(from: string, nowMs: number): void {
    const before = this.#replicas.heard(from, nowMs);
    if (before === "down") this.#show(this.#set.entriesOf(from), []);
    // Who comes anew is told at once what there is to ask for.
    if (before === "unknown") this.#tellHeartbeat();
  }

  #changed(
    joined: readonly Entry<Tracked<M>>[],
    left: readonly Entry<Tracked<M>>[],
    delta: Delta<Tracked<M>>,
  ) {
    this.#tellDelta(delta);
    this.#show(joined, left);
  }

  /** Changes what is listed, then tells of it: who hears of a change may read the list. */
  #show(joined: readonly Entry<Tracked<M>>[], left: readonly Entry<Tracked<M>>[]): void {
    const { joins, leaves } = this.#newest.change(joined, left);
    this.#shown.change(joins, leaves);
    for (const [topic, diff] of diffsByTopic(joins, leaves)) {
      this.#options.pubsub.broadcast(presenceTopic(topic), diff);
    }
  }

  #tellHeartbeat(): void {
    const { replica } = this.#options;
    this.#tell({ kind: "heartbeat", from: replica, changes: this.#set.upTo(replica) });
  }

  #tellDelta(delta: Delta<Tracked<M>>): void {
    this.#tell({ kind: "delta", from: this.#options.replica, delta });
  }

  #tell(message: ReplicaMessage<M>): void {
    this.#options.replication?.transport.send(message);
  }
}
