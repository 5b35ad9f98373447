import { expect, test } from "vitest";
import { PubSub } from "../../reference-server/pubsub/pubsub.ts";

test("every subscriber of the topic, and no other, gets a copy of its own", () => {
  const pubsub = new PubSub<{ text: string }>();
  const got: Record<string, unknown[]> = { a: [], b: [], other: [] };
  pubsub.subscribe("room:1", (message) => got.a?.push(message));
  pubsub.subscribe("room:1", (message) => got.b?.push(message));
  pubsub.subscribe("room:2", (message) => got.other?.push(message));
  const message = { text: "hello" };
  pubsub.broadcast("room:1", message);
  expect(got).toEqual({ a: [message], b: [message], other: [] });
  expect(new Set([message, got.a?.[0], got.b?.[0]]).size).toBe(3);
});

test("whoever has unsubscribed gets nothing", () => {
  const pubsub = new PubSub<string>();
  const got: unknown[] = [];
  const unsubscribe = pubsub.subscribe("room:1", (message) => got.push(message));
  unsubscribe();
  unsubscribe();
  pubsub.broadcast("room:1", "hello");
  expect(got).toEqual([]);
});
