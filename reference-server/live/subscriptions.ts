import type { Listener, PubSub } from "../pubsub/pubsub.ts";

/** The topics that one process listens to. */
export class Subscriptions {
  readonly #pubsub: PubSub;
  readonly #receive: Listener;
  readonly #ends = new Map<string, (() => void)[]>();
  #ended = false;

  constructor(pubsub: PubSub, receive: Listener) {
    this.#pubsub = pubsub;
    this.#receive = receive;
  }

  /** Receives what is broadcast on a topic: once more with each call, as in Phoenix. */
  add(topic: string): void {
    if (this.#ended) return;
    const end = this.#pubsub.listen(topic, (take) => this.#receive(take));
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
