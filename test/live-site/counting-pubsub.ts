import { type Listener, PubSub } from "../../reference-server/pubsub/pubsub.ts";

/** Knows how many subscriptions there are. */
export class CountingPubSub extends PubSub {
  subscriptions = 0;

  override listen(topic: string, listener: Listener): () => void {
    const unsubscribe = super.listen(topic, listener);
    this.subscriptions += 1;
    return () => {
      unsubscribe();
      this.subscriptions -= 1;
    };
  }
}
