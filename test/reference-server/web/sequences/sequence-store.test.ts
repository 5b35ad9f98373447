import { expect, test } from "vitest";
import { PubSub } from "../../../../reference-server/pubsub/pubsub.ts";
import {
  type SequenceMessage,
  SequenceStores,
} from "../../../../reference-server/web/sequences/sequence-store.ts";
import { caseOperations } from "../../../../reference-server/web/stream-cases/case-operation.ts";

const item = (id: string, text = id) => ({ id, text, mark: null });
const ids = ({ items }: { readonly items: readonly { readonly id: string; readonly text: string }[] }) =>
  items.map(({ id, text }) => (text === id ? id : `${id}=${text}`)).join(" ");

function begun() {
  const pubsub = new PubSub<SequenceMessage>();
  const stores = new SequenceStores(pubsub);
  return { pubsub, stores, store: stores.begin("1", "a", [item("a"), item("b")]) };
}

test("a store keeps each list as a database does, whatever pages prune", () => {
  const { store } = begun();
  store.perform(
    caseOperations.parse([
      { kind: "insert", item: { id: "c" }, at: 0, limit: 1 },
      { kind: "insert", item: { id: "b", text: "B" }, at: 0 },
      { kind: "insertAll", items: [{ id: "d" }, { id: "e" }], at: 1 },
      { kind: "insert", item: { id: "x" }, updateOnly: true },
      { kind: "delete", id: "a" },
    ]),
  );
  expect(ids(store)).toBe("c e d b=B");
  store.show("b");
  store.perform(caseOperations.parse([{ kind: "reset", items: [{ id: "z" }] }]));
  expect(ids(store)).toBe("z");
  store.show("a");
  expect(ids(store)).toBe("c e d b=B");
  expect(store.version).toBe(4);
});

test("what is pushed is told to the pages of that sequence, with how much was done by then", () => {
  const { pubsub, stores, store } = begun();
  const told: unknown[] = [];
  pubsub.subscribe(store.topic, (message) => told.push(message));
  const operations = caseOperations.parse([{ kind: "delete", id: "a" }]);
  store.push(operations);
  stores.begin("2", "a", []).push(operations);
  expect(told).toEqual([{ operations, version: 1 }]);
});

test("who waits until so much was done goes on then, and not before", async () => {
  const { store } = begun();
  const seen: string[] = [];
  const waiting = store.reached(2).then(() => seen.push("reached"));
  store.show("b");
  await store.reached(1);
  seen.push("once");
  store.show("c");
  await waiting;
  expect(seen).toEqual(["once", "reached"]);
});

test("a sequence that has begun goes on for a page that comes again, until there are too many others", () => {
  const { stores, store } = begun();
  expect(stores.begin("1", "b", [])).toBe(store);
  for (let id = 2; id <= 64; id++) stores.begin(String(id), "a", []);
  expect(stores.find("1")).toBe(store);
  stores.begin("65", "a", []);
  expect(stores.find("1")).toBeUndefined();
});
