import { expect, test } from "vitest";
import { Subscriptions } from "../../../reference-server/live/subscriptions.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";

function listening() {
  const pubsub = new PubSub();
  const heard: unknown[] = [];
  const subscriptions = new Subscriptions(pubsub, (take) => heard.push(take()));
  const tell = (topic: string) => {
    pubsub.broadcast(topic, topic);
    return heard.splice(0);
  };
  return { subscriptions, tell };
}

test("a topic that was left is heard no more, others are", () => {
  const { subscriptions, tell } = listening();
  subscriptions.add("room:1");
  subscriptions.add("room:2");
  subscriptions.remove("room:1");
  expect([tell("room:1"), tell("room:2")]).toEqual([[], ["room:2"]]);
});

test("a topic that was added twice is heard twice, and left at once", () => {
  const { subscriptions, tell } = listening();
  subscriptions.add("room:1");
  subscriptions.add("room:1");
  expect(tell("room:1")).toEqual(["room:1", "room:1"]);
  subscriptions.remove("room:1");
  expect(tell("room:1")).toEqual([]);
});

test("after the end nothing is heard, and nothing can be added", () => {
  const { subscriptions, tell } = listening();
  subscriptions.add("room:1");
  subscriptions.end();
  subscriptions.add("room:2");
  expect([tell("room:1"), tell("room:2")]).toEqual([[], []]);
});
