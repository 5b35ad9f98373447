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

test("who takes his copy later gets the message as it was when it was broadcast", () => {
  const pubsub = new PubSub();
  const taken: (() => unknown)[] = [];
  pubsub.listen("room:1", (take) => taken.push(take));
  const message = { text: "before" };
  pubsub.broadcast("room:1", message);
  message.text = "after";
  expect(taken.map((take) => take())).toEqual([{ text: "before" }]);
});

test.each([
  [
    "texts, numbers and lists",
    { text: '\u{1F600} \ud800 "', none: null, list: [1, -2.5, [true]], empty: {} },
  ],
  ["what JSON leaves out or changes", { absent: undefined, zero: -0, endless: Infinity, holes: [undefined] }],
  ["dates and maps", { at: new Date(0), map: new Map([["a", new Set([1])]]), big: 1n }],
])("a copy is as good as the message: %s", (_, message) => {
  const pubsub = new PubSub();
  const got: unknown[] = [];
  pubsub.subscribe("room:1", (copy) => got.push(copy));
  pubsub.broadcast("room:1", message);
  expect(got).toStrictEqual([message]);
  expect(got[0]).not.toBe(message);
});
