import fc from "fast-check";
import { expect, test } from "vitest";
import { Presence } from "../../../reference-server/presence/presence.ts";
import { type PresenceDiff, presenceTopic } from "../../../reference-server/presence/presence-diff.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { LossyTransport } from "./lossy-transport.ts";

const ROOM = "room:1";
const DOWN_AFTER_MS = 30_000;
const FORGET_AFTER_MS = 1_200_000;

/** Servers with a presence each, a clock that is set by hand, and wires that lose what they are told to lose. */
function cluster() {
  const wires = new LossyTransport<string>();
  const clock = { nowMs: 0 };
  const start = (replica: string) => {
    const pubsub = new PubSub();
    const diffs: PresenceDiff<string>[] = [];
    pubsub.subscribe(presenceTopic(ROOM), (diff) => diffs.push(diff as PresenceDiff<string>));
    const presence = new Presence<string>({
      pubsub,
      replica,
      replication: {
        transport: wires.of(replica),
        nowMs: () => clock.nowMs,
        downAfterMs: DOWN_AFTER_MS,
        forgetAfterMs: FORGET_AFTER_MS,
      },
    });
    return { presence, diffs };
  };
  return { wires, clock, start };
}

/** Who is in the room, and the metas of his connections. */
function inRoom(presence: Presence<string>): Record<string, string[]> {
  const entries = presence.list(ROOM).map(({ key, metas }) => [key, metas.map(({ meta }) => meta).sort()]);
  return Object.fromEntries(entries.sort());
}

/** What a list of diffs says was joined and left, by key and meta. */
function told(diffs: readonly PresenceDiff<string>[]) {
  const metas = (present: PresenceDiff<string>["joins"]) =>
    present.flatMap(({ key, metas }) => metas.map(({ meta }) => `${key} ${meta}`));
  return diffs.map(({ joins, leaves }) => ({ joins: metas(joins), leaves: metas(leaves) }));
}

test("who joins, changes and leaves on one server does so on the other, and is told there", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  const ref = a.presence.track(ROOM, "ann", "still");
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["still"] });
  a.presence.update(ref, "typing");
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["typing"] });
  a.presence.untrack(ref);
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({});
  expect(told(b.diffs)).toEqual([
    { joins: ["ann still"], leaves: [] },
    { joins: ["ann typing"], leaves: ["ann still"] },
    { joins: [], leaves: ["ann typing"] },
  ]);
});

test("a key with a connection to each of two servers is one, and stays while one of them does", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  const there = a.presence.track(ROOM, "ann", "at a");
  b.presence.track(ROOM, "ann", "at b");
  wires.deliverAll();
  expect([inRoom(a.presence), inRoom(b.presence)]).toEqual([
    { ann: ["at a", "at b"] },
    { ann: ["at a", "at b"] },
  ]);
  a.presence.untrack(there);
  wires.deliverAll();
  expect([inRoom(a.presence), inRoom(b.presence)]).toEqual([{ ann: ["at b"] }, { ann: ["at b"] }]);
});

test("a server that starts late is told at once who is on the others", () => {
  const { wires, start } = cluster();
  const a = start("a");
  a.presence.track(ROOM, "ann", "at a");
  wires.deliverAll();
  const b = start("b");
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["at a"] });
});

test("what was lost is asked for at the next heartbeat: additions, changes and removals", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  const ann = a.presence.track(ROOM, "ann", "still");
  const bea = a.presence.track(ROOM, "bea", "still");
  wires.deliverAll();
  a.presence.untrack(ann);
  a.presence.update(bea, "typing");
  a.presence.track(ROOM, "cem", "still");
  wires.lose();
  expect(inRoom(b.presence)).toEqual({ ann: ["still"], bea: ["still"] });
  a.presence.beat();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ bea: ["typing"], cem: ["still"] });
});

test("a change that was lost is asked for, also where what it brought is gone again", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  const ann = a.presence.track(ROOM, "ann", "still");
  wires.deliverAll();
  a.presence.update(ann, "typing");
  wires.lose();
  a.presence.untrack(ann);
  wires.deliverAll();
  a.presence.beat();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({});
});

test("a connection is what was told of it last, also where the change in between was lost", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  const ann = a.presence.track(ROOM, "ann", "first");
  wires.deliverAll();
  a.presence.update(ann, "second");
  wires.lose();
  a.presence.update(ann, "third");
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["third"] });
  a.presence.beat();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["third"] });
  expect(told(b.diffs)).toEqual([
    { joins: ["ann first"], leaves: [] },
    { joins: ["ann third"], leaves: ["ann first"] },
  ]);
});

test("servers that know all of each other send nothing but heartbeats", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  a.presence.track(ROOM, "ann", "still");
  wires.deliverAll();
  a.presence.beat();
  b.presence.beat();
  // Each reaches both, the sender as well.
  expect(wires.waiting).toBe(4);
  wires.lose({ kind: "heartbeat" });
  expect(wires.waiting).toBe(0);
});

test("a server that is silent is down: who is there is hidden, and shown again when it is heard", () => {
  const { wires, clock, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  a.presence.track(ROOM, "ann", "at a");
  b.presence.track(ROOM, "bea", "at b");
  wires.deliverAll();
  clock.nowMs = DOWN_AFTER_MS - 1;
  b.presence.beat();
  expect(inRoom(b.presence)).toEqual({ ann: ["at a"], bea: ["at b"] });
  clock.nowMs = DOWN_AFTER_MS;
  b.presence.beat();
  b.presence.beat();
  expect(inRoom(b.presence)).toEqual({ bea: ["at b"] });
  wires.lose();
  a.presence.beat();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["at a"], bea: ["at b"] });
  expect(told(b.diffs).slice(2)).toEqual([
    { joins: [], leaves: ["ann at a"] },
    { joins: ["ann at a"], leaves: [] },
  ]);
});

test("what happened on a server while it was down is known when it is up again", () => {
  const { wires, clock, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  const ann = a.presence.track(ROOM, "ann", "at a");
  wires.deliverAll();
  clock.nowMs = DOWN_AFTER_MS;
  b.presence.beat();
  a.presence.untrack(ann);
  a.presence.track(ROOM, "cem", "at a");
  wires.lose();
  a.presence.beat();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ cem: ["at a"] });
});

test("a server that was forgotten is heard anew as one that starts", () => {
  const { wires, clock, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  a.presence.track(ROOM, "ann", "at a");
  wires.deliverAll();
  clock.nowMs = FORGET_AFTER_MS;
  b.presence.beat();
  wires.lose();
  expect(inRoom(b.presence)).toEqual({});
  a.presence.beat();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({ ann: ["at a"] });
});

test("a server that stops takes leave: nobody waits until it is down", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  a.presence.track(ROOM, "ann", "at a");
  wires.deliverAll();
  a.presence.stop();
  wires.deliverAll();
  expect(inRoom(b.presence)).toEqual({});
});

test("a server that has stopped hears no more", () => {
  const { wires, start } = cluster();
  const [a, b] = [start("a"), start("b")];
  wires.deliverAll();
  a.presence.stop();
  b.presence.track(ROOM, "bea", "at b");
  wires.deliverAll();
  expect(inRoom(a.presence)).toEqual({});
});

test("only the server that changes are lacking of answers", () => {
  const { wires, start } = cluster();
  const [a] = [start("a"), start("b"), start("c")];
  wires.deliverAll();
  a.presence.track(ROOM, "ann", "at a");
  wires.lose();
  a.presence.beat();
  wires.deliver(1, false);
  wires.lose({ kind: "heartbeat" });
  const asked = wires.waiting;
  wires.deliver(0, false);
  wires.deliver(0, false);
  wires.deliver(0, false);
  const answered = wires.waiting;
  // One message to each of three.
  expect([asked, answered]).toEqual([3, 3]);
});

/** What happens on a server or to a message. */
type Step =
  | { readonly kind: "track"; readonly at: number; readonly key: string }
  | { readonly kind: "update"; readonly at: number; readonly which: number; readonly meta: string }
  | { readonly kind: "untrack"; readonly at: number; readonly which: number }
  | { readonly kind: "beat"; readonly at: number }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "deliver"; readonly which: number; readonly again: boolean }
  | { readonly kind: "lose"; readonly which: number };

const at = fc.nat(2);
const which = fc.nat(50);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("track" as const), at, key: fc.constantFrom("ann", "bea", "cem") }),
  fc.record({ kind: fc.constant("update" as const), at, which, meta: fc.constantFrom("still", "typing") }),
  fc.record({ kind: fc.constant("untrack" as const), at, which }),
  fc.record({ kind: fc.constant("beat" as const), at }),
  fc.record({
    kind: fc.constant("pass" as const),
    ms: fc.constantFrom(1000, DOWN_AFTER_MS, FORGET_AFTER_MS),
  }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("deliver" as const), which, again: fc.boolean() }) },
  fc.record({ kind: fc.constant("lose" as const), which }),
);

test("whatever is lost, late or repeated, after a round of heartbeats all servers list the same, and told the way to it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { wires, clock, start } = cluster();
      const servers = ["a", "b", "c"].map(start);
      const [a] = servers;
      // The model: the connections of each server.
      const own = servers.map(() => new Map<string, { key: string; meta: string }>());
      for (const step of steps) {
        switch (step.kind) {
          case "track": {
            const ref = servers[step.at]?.presence.track(ROOM, step.key, "still") as string;
            own[step.at]?.set(ref, { key: step.key, meta: "still" });
            break;
          }
          case "update":
          case "untrack": {
            const connections = own[step.at] ?? new Map();
            const ref = [...connections.keys()][step.which % Math.max(connections.size, 1)];
            if (ref === undefined) break;
            if (step.kind === "untrack") {
              servers[step.at]?.presence.untrack(ref);
              connections.delete(ref);
            } else {
              servers[step.at]?.presence.update(ref, step.meta);
              connections.set(ref, { ...connections.get(ref), meta: step.meta });
            }
            break;
          }
          case "beat":
            servers[step.at]?.presence.beat();
            break;
          case "pass":
            clock.nowMs += step.ms;
            break;
          case "deliver":
            wires.deliver(step.which, step.again);
            break;
          case "lose":
            wires.loseOne(step.which);
            break;
          default:
            step satisfies never;
        }
      }
      wires.deliverAll();
      for (const { presence } of servers) presence.beat();
      wires.deliverAll();
      const expected: Record<string, string[]> = {};
      for (const { key, meta } of own.flatMap((connections) => [...connections.values()])) {
        expected[key] = [...(expected[key] ?? []), meta].sort();
      }
      expect(servers.map(({ presence }) => inRoom(presence))).toEqual([expected, expected, expected]);
      // Whoever follows the diffs, leaves before joins, ends with the same list.
      const followed = new Map<string, string>();
      for (const { joins, leaves } of a?.diffs ?? []) {
        for (const { key, metas } of leaves)
          for (const { ref, meta } of metas) {
            expect(followed.get(ref)).toBe(`${key} ${meta}`);
            followed.delete(ref);
          }
        for (const { key, metas } of joins)
          for (const { ref, meta } of metas) {
            expect(followed.has(ref)).toBe(false);
            followed.set(ref, `${key} ${meta}`);
          }
      }
      const list = a?.presence
        .list(ROOM)
        .flatMap(({ key, metas }) => metas.map(({ ref, meta }) => [ref, `${key} ${meta}`]));
      expect(Object.fromEntries(followed)).toEqual(Object.fromEntries(list ?? []));
    }),
    { numRuns: 500 },
  );
});
