import { PubSub, type Subscriber } from "../../reference-server/pubsub/pubsub.ts";

/** Knows how many subscriptions there are. */
export class CountingPubSub extends PubSub {
  subscriptions = 0;

  override subscribe(topic: string, subscriber: Subscriber): () => void {
    const unsubscribe = super.subscribe(topic, subscriber);
    this.subscriptions += 1;
    return () => {
      unsubscribe();
      this.subscriptions -= 1;
    };
  }
}
