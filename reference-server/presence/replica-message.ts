import type { Delta } from "./add-wins-set.ts";
import type { Tracked } from "./presence-diff.ts";

/**
 * What replicas tell each other, as plain data. Each tells of the connections that it has itself, and of no others.
 * Messages may be lost, come late, twice and in any order.
 */
export type ReplicaMessage<M> =
  /** Something changed. */
  | { readonly kind: "delta"; readonly from: string; readonly delta: Delta<Tracked<M>> }
  /** It is there, and has made so many changes. */
  | { readonly kind: "heartbeat"; readonly from: string; readonly changes: number }
  /** It lacks changes of this other one. */
  | { readonly kind: "transfer_request"; readonly from: string; readonly to: string };

/** Brings messages to the other replicas; may bring them to the sender as well. */
export interface ReplicaTransport<M> {
  send(message: ReplicaMessage<M>): void;
  /** @returns a function that ends it. */
  receive(receiver: (message: ReplicaMessage<M>) => void): () => void;
}
