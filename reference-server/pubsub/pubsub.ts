import { deserialize, serialize } from "node:v8";

/** Receives what is broadcast on a topic: a copy of its own. */
export type Subscriber = (message: unknown) => void;

/** What broadcasters need of {@link PubSub}. */
export interface Broadcaster<M> {
  broadcast(topic: string, message: M): void;
}

/**
 * Topics and their subscribers. Each subscriber gets a copy of the message, as message passing between BEAM processes
 * copies it, so that a view owns what it keeps and memory per connection means what a LiveView developer expects.
 */
export class PubSub<M = unknown> implements Broadcaster<M> {
  readonly #topics = new Map<string, Set<Subscriber>>();

  /** @returns a function that ends the subscription. */
  subscribe(topic: string, subscriber: Subscriber): () => void {
    const subscribers = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, subscribers.add(subscriber));
    return () => {
      subscribers.delete(subscriber);
      if (subscribers.size === 0 && this.#topics.get(topic) === subscribers) this.#topics.delete(topic);
    };
  }

  broadcast(topic: string, message: M): void {
    const subscribers = this.#topics.get(topic);
    if (subscribers === undefined) return;
    const wire = serialize(message);
    for (const subscriber of subscribers) subscriber(deserialize(wire));
  }
}
