import { copiesOf } from "./copies.ts";

/** Receives what is broadcast on a topic: a copy of its own. */
export type Subscriber = (message: unknown) => void;

/** Is told of each broadcast on a topic, and takes its copy when its turn comes. */
export type Listener = (take: () => unknown) => void;

/** What broadcasters need of {@link PubSub}. */
export interface Broadcaster<M> {
  broadcast(topic: string, message: M): void;
}

/**
 * Topics and their subscribers. Each subscriber gets a copy of the message, as message passing between BEAM processes
 * copies it, so that a view owns what it keeps and memory per connection means what a LiveView developer expects.
 */
export class PubSub<M = unknown> implements Broadcaster<M> {
  readonly #topics = new Map<string, Set<Listener>>();

  /** @returns a function that ends the subscription. */
  subscribe(topic: string, subscriber: Subscriber): () => void {
    return this.listen(topic, (take) => subscriber(take()));
  }

  /** The same for who handles the message later: it is copied then. @returns a function that ends it. */
  listen(topic: string, listener: Listener): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#topics.get(topic) === listeners) this.#topics.delete(topic);
    };
  }

  broadcast(topic: string, message: M): void {
    const listeners = this.#topics.get(topic);
    if (listeners === undefined) return;
    const take = copiesOf(message);
    for (const listener of listeners) listener(take);
  }
}
