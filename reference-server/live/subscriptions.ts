import type { PubSub } from "../pubsub/pubsub.ts";

/** The topics that one process listens to. */
export class Subscriptions {
  readonly #pubsub: PubSub;
  readonly #receive: (message: unknown) => void;
  readonly #ends = new Map<string, (() => void)[]>();
  #ended = false;

  constructor(pubsub: PubSub, receive: (message: unknown) => void) {
    this.#pubsub = pubsub;
    this.#receive = receive;
  }

  /** Receives what is broadcast on a topic: once more with each call, as in Phoenix. */
  add(topic: string): void {
    if (this.#ended) return;
    const end = this.#pubsub.subscribe(topic, (message) => this.#receive(message));
    this.#ends.set(topic, [...(this.#ends.get(topic) ?? []), end]);
  }

  /** Ends all subscriptions to a topic. */
  remove(topic: string): void {
    for (const end of this.#ends.get(topic) ?? []) end();
    this.#ends.delete(topic);
  }

  /** Ends everything, for good. */
  end(): void {
    this.#ended = true;
    for (const topic of [...this.#ends.keys()]) this.remove(topic);
  }
}
