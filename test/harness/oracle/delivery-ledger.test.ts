import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import { type DeliveryCounts, DeliveryLedger } from "../../../harness/oracle/delivery-ledger.ts";
import { claimOf, type Send, stintsOf } from "../../../harness/oracle/room-membership.ts";

const checkpoint = { mode: "stream", step: "1 insert" };
const none: DeliveryCounts = {
  expected: 0,
  received: 0,
  lost: 0,
  duplicated: 0,
  unexpected: 0,
  uncertain: 0,
};

/** A message to room 1 that took 10 us, at 1000 times its number. */
const sendOf = (sequence: number, given: Partial<Send> = {}): Send => ({
  sequence,
  roomId: 1,
  startUs: micros(sequence * 1000),
  ackUs: micros(sequence * 1000 + 10),
  ...given,
});

/** Receivers who are in room 1 from the start. */
function inRoomOne(names: readonly string[], lanes = 1): DeliveryLedger {
  const delivery = new DeliveryLedger(names, lanes);
  for (const receiver of names.keys()) delivery.joined(receiver, 1, micros(0));
  return delivery;
}

function settle(delivery: DeliveryLedger, options: { sends?: Send[]; inFlight?: boolean } = {}) {
  const checks = new CheckLedger(100);
  delivery.settle({ checkpoint, checks, ...options });
  const { made, failures } = checks.checks();
  return { made, messages: failures.map(({ message }) => message) };
}

test("every insert at every receiver once is a check a receiver that holds", () => {
  const delivery = inRoomOne(["user 1", "Chrome 1"]);
  for (const sequence of [5, 6, 700]) {
    delivery.received(0, sequence);
    delivery.sent(sendOf(sequence));
    delivery.received(1, sequence);
  }
  expect(settle(delivery)).toEqual({ made: 2, messages: [] });
  expect(delivery.counts()).toEqual({ ...none, expected: 6, received: 6 });
});

test("what is lost, doubled or made by nobody fails the check of its receiver, which names the first", () => {
  const delivery = inRoomOne(["user 1", "user 2", "user 3", "user 4", "user 5"]);
  for (const sequence of [0, 1, 40]) delivery.sent(sendOf(sequence));
  for (const receiver of [0, 2, 3, 4])
    for (const sequence of [0, 1, 40]) delivery.received(receiver, sequence);
  delivery.received(1, 0);
  for (const sequence of [40, 0, 0]) delivery.received(2, sequence);
  delivery.received(3, 2);
  for (const sequence of [90, 90]) delivery.received(4, sequence);
  expect(settle(delivery)).toEqual({
    made: 5,
    messages: [
      "user 2: insert 1 arrived never, expected once",
      "user 3: insert 0 arrived 3 times, expected once",
      "user 4: insert 2 arrived once, expected never",
      "user 5: insert 90 arrived 2 times, expected never",
    ],
  });
  expect(delivery.counts()).toEqual({
    ...none,
    expected: 15,
    received: 13,
    lost: 2,
    duplicated: 3,
    unexpected: 3,
  });
});

test("what comes again is a duplicate where it has come before, settled or not, and else no delivery at all", () => {
  const delivery = inRoomOne(["user 1"]);
  delivery.sent(sendOf(0));
  delivery.received(0, 0);
  // Number 1 is that of an edit.
  delivery.receivedAgain(0, 1);
  delivery.receivedAgain(0, 0);
  expect(settle(delivery).messages).toEqual(["user 1: insert 0 arrived 2 times, expected once"]);
  delivery.receivedAgain(0, 0);
  settle(delivery);
  expect(delivery.counts()).toEqual({ ...none, expected: 1, received: 1, duplicated: 2 });
});

test("a message to a room is expected of those who are in it, and of nobody else", () => {
  const delivery = new DeliveryLedger(["user 1", "user 2"]);
  delivery.joined(0, 1, micros(0));
  delivery.joined(1, 2, micros(0));
  delivery.sent(sendOf(0));
  delivery.sent(sendOf(1, { roomId: 2 }));
  for (const sequence of [0, 1]) delivery.received(1, sequence);
  delivery.received(0, 0);
  expect(settle(delivery).messages).toEqual(["user 2: insert 0 arrived once, expected never"]);
  expect(delivery.counts()).toEqual({ ...none, expected: 2, received: 2, unexpected: 1 });
});

describe("who comes or goes while a message is sent", () => {
  test("may get it or not, but not twice", () => {
    const delivery = new DeliveryLedger(["joins", "leaves", "joins and misses", "leaves and gets two"]);
    for (const receiver of [1, 3]) delivery.joined(receiver, 1, micros(0));
    for (const receiver of [0, 2]) delivery.joined(receiver, 1, micros(5005));
    for (const receiver of [1, 3]) delivery.left(receiver, 1, micros(5005));
    delivery.sent(sendOf(5));
    for (const receiver of [0, 1, 3, 3]) delivery.received(receiver, 5);
    expect(settle(delivery).messages).toEqual([
      "leaves and gets two: insert 5 arrived 2 times, expected once",
    ]);
    expect(delivery.counts()).toEqual({ ...none, uncertain: 4, duplicated: 1 });
  });

  test("the times at which a join was begun and a leave was over make room for what is on its way", () => {
    const told = inRoomOne(["early", "late"]);
    told.left(0, 1, micros(1500));
    told.left(1, 1, micros(1500));
    told.gone(1, 1, micros(4000));
    for (const sequence of [1, 3]) told.sent(sendOf(sequence));
    for (const receiver of [0, 1]) for (const sequence of [1, 3]) told.received(receiver, sequence);
    expect(settle(told).messages).toEqual(["early: insert 3 arrived once, expected never"]);
    expect(told.counts()).toEqual({ ...none, expected: 2, received: 2, uncertain: 1, unexpected: 1 });
  });

  test("a message that nobody acknowledged may have been made or not", () => {
    const delivery = inRoomOne(["user 1", "user 2"]);
    delivery.sent(sendOf(0));
    delivery.sent(sendOf(1, { ackUs: null }));
    for (const receiver of [0, 1]) delivery.received(receiver, 0);
    delivery.received(1, 1);
    expect(settle(delivery).messages).toEqual([]);
    expect(delivery.counts()).toEqual({ ...none, expected: 2, received: 2, uncertain: 2 });
  });
});

describe("what was settled", () => {
  test("is not judged again, and what comes again is a duplicate of the next settlement", () => {
    const delivery = inRoomOne(["user 1", "user 2"]);
    for (const sequence of [0, 1]) {
      delivery.sent(sendOf(sequence));
      for (const receiver of [0, 1]) delivery.received(receiver, sequence);
    }
    expect(settle(delivery)).toEqual({ made: 2, messages: [] });
    delivery.sent(sendOf(2));
    for (const [receiver, sequence] of [
      [0, 2],
      [1, 2],
      [1, 1],
      [1, 1],
    ] as const)
      delivery.received(receiver, sequence);
    expect(settle(delivery).messages).toEqual([
      "user 2: insert 1 arrived 2 times after it was settled, expected never",
    ]);
    expect(settle(delivery)).toEqual({ made: 2, messages: [] });
    expect(delivery.counts()).toEqual({ ...none, expected: 6, received: 6, duplicated: 2 });
  });

  test("as lost stays lost: its arrival is no duplicate, the one after that is", () => {
    const delivery = inRoomOne(["user 1"]);
    delivery.sent(sendOf(0));
    settle(delivery);
    delivery.received(0, 0);
    expect(settle(delivery).messages).toEqual([]);
    delivery.received(0, 0);
    expect(settle(delivery).messages).toEqual([
      "user 1: insert 0 arrived once after it was settled, expected never",
    ]);
    expect(delivery.counts()).toEqual({ ...none, expected: 1, lost: 1, duplicated: 1 });
  });

  test("cannot be sent any more", () => {
    const delivery = inRoomOne(["user 1"]);
    settle(delivery, { sends: [sendOf(3)] });
    expect(() => delivery.sent(sendOf(3))).toThrow("insert 3 was told after it was settled");
    delivery.sent(sendOf(4));
  });
});

test("in flight, what arrived of messages that are not told yet waits", () => {
  const delivery = inRoomOne(["user 1", "user 2"]);
  for (const sequence of [0, 1, 2, 3, 50]) delivery.received(0, sequence);
  delivery.received(0, 2);
  delivery.received(0, 50);
  delivery.received(1, 50);
  expect(settle(delivery, { sends: [sendOf(0), sendOf(1)], inFlight: true }).messages).toEqual([
    "user 2: insert 0 arrived never, expected once",
  ]);
  expect(delivery.counts()).toEqual({ ...none, expected: 4, received: 2, lost: 2 });
  expect(settle(delivery, { sends: [sendOf(2), sendOf(3), sendOf(50)] }).messages).toEqual([
    "user 1: insert 2 arrived 2 times, expected once",
    "user 2: insert 2 arrived never, expected once",
  ]);
  expect(delivery.counts()).toEqual({ ...none, expected: 10, received: 6, lost: 4, duplicated: 2 });
});

test("processes that send have lanes of their own, and none must keep pace with another", () => {
  const delivery = inRoomOne(["user 1"], 2);
  const arrive = (...sequences: number[]) => {
    for (const sequence of sequences) delivery.received(0, sequence);
  };
  // The second process has made three inserts and the first one: 0; 1, 3, 5.
  arrive(0, 1, 3, 5);
  expect(settle(delivery, { sends: [0, 1, 3, 5].map((sequence) => sendOf(sequence)) }).messages).toEqual([]);
  arrive(2, 7, 7);
  expect(settle(delivery, { sends: [2, 4, 7].map((sequence) => sendOf(sequence)) }).messages).toEqual([
    "user 1: insert 4 arrived never, expected once",
  ]);
  expect(delivery.counts()).toEqual({ ...none, expected: 7, received: 6, lost: 1, duplicated: 1 });
});

test("who has left is remembered until a lane that is behind was settled too", () => {
  const delivery = inRoomOne(["user 1"], 2);
  delivery.left(0, 1, micros(5000));
  for (const sequence of [20, 3]) delivery.received(0, sequence);
  // The first process is at 20 s already; the second one tells of what was sent at 3 s only afterwards.
  const messages = [20, 3].map(
    (sequence) => settle(delivery, { sends: [sendOf(sequence)], inFlight: true }).messages,
  );
  expect(messages).toEqual([["user 1: insert 20 arrived once, expected never"], []]);
  expect(delivery.counts()).toEqual({ ...none, expected: 1, received: 1, unexpected: 1 });
});

test("the counts of several processes are added, and are metrics of their mode", () => {
  const delivery = inRoomOne(["user 1"]);
  settle(delivery, { sends: [sendOf(0)] });
  delivery.addCounts({ expected: 10, received: 9, lost: 1, duplicated: 2, unexpected: 3, uncertain: 4 });
  expect(delivery.metrics("stream").map(({ name, mode, values }) => [name, mode, values.value])).toEqual([
    ["delivery.expected", "stream", 11],
    ["delivery.received", "stream", 9],
    ["delivery.lost", "stream", 2],
    ["delivery.duplicated", "stream", 2],
    ["delivery.unexpected", "stream", 3],
    ["delivery.uncertain", "stream", 4],
  ]);
});

test("a receiver that is unknown is a defect of the caller", () => {
  expect(() => new DeliveryLedger([]).received(0, 1)).toThrow("there is no receiver 0");
  expect(() => new DeliveryLedger([]).joined(0, 1, micros(0))).toThrow("there is no receiver 0");
});

/** What happens to three receivers in two rooms, and how often each of 100 inserts arrives at each. */
const anyRun = fc.record({
  lanes: fc.integer({ min: 1, max: 3 }),
  membership: fc.array(
    fc.record({
      receiver: fc.nat(2),
      kind: fc.constantFrom("joining", "joined", "left", "gone" as const),
      roomId: fc.integer({ min: 1, max: 2 }),
      atUs: fc.nat(100_000).map(micros),
    }),
    { maxLength: 20 },
  ),
  sends: fc.uniqueArray(
    fc.record({
      sequence: fc.nat(99),
      roomId: fc.integer({ min: 1, max: 2 }),
      tookUs: fc.option(fc.nat(5000)),
    }),
    { selector: ({ sequence }) => sequence, maxLength: 60, size: "max" },
  ),
  arrivals: fc.array(fc.record({ receiver: fc.nat(2), sequence: fc.nat(99) }), {
    maxLength: 200,
    size: "max",
  }),
});

test("settled in two parts it counts as in one", () => {
  fc.assert(
    fc.property(anyRun, fc.nat(99), ({ lanes, membership, sends: drawn, arrivals }, cut) => {
      const sends = drawn.map(({ sequence, roomId, tookUs }) =>
        sendOf(sequence, { roomId, ackUs: tookUs === null ? null : micros(sequence * 1000 + tookUs) }),
      );
      const [whole, parted] = [0, 1].map(() => {
        const delivery = new DeliveryLedger(["user 1", "user 2", "user 3"], lanes);
        for (const { receiver, kind, roomId, atUs } of membership) delivery[kind](receiver, roomId, atUs);
        for (const { receiver, sequence } of arrivals) delivery.received(receiver, sequence);
        return delivery;
      }) as [DeliveryLedger, DeliveryLedger];
      settle(whole, { sends });
      settle(parted, { sends: sends.filter(({ sequence }) => sequence < cut), inFlight: true });
      settle(parted, { sends: sends.filter(({ sequence }) => sequence >= cut) });
      expect(parted.counts()).toEqual(whole.counts());
    }),
    { numRuns: 300 },
  );
});

test("it counts what a look at each pair counts", () => {
  fc.assert(
    fc.property(anyRun, ({ lanes, membership, sends: drawn, arrivals }) => {
      const names = ["user 1", "user 2", "user 3"];
      const delivery = new DeliveryLedger(names, lanes);
      for (const { receiver, kind, roomId, atUs } of membership) delivery[kind](receiver, roomId, atUs);
      for (const { receiver, sequence } of arrivals) delivery.received(receiver, sequence);
      const sends = drawn.map(({ sequence, roomId, tookUs }) =>
        sendOf(sequence, { roomId, ackUs: tookUs === null ? null : micros(sequence * 1000 + tookUs) }),
      );
      const { messages } = settle(delivery, { sends });

      const counts = { ...none };
      const wrong = new Set<string>();
      for (const [receiver, name] of names.entries()) {
        const stints = stintsOf(membership.filter((event) => event.receiver === receiver));
        for (let sequence = 0; sequence < 100; sequence += 1) {
          const send = sends.find((one) => one.sequence === sequence);
          const here = stints.filter(({ roomId }) => roomId === send?.roomId);
          const claim = send === undefined ? "foreign" : claimOf(here, send);
          const came = arrivals.filter(
            (one) => one.receiver === receiver && one.sequence === sequence,
          ).length;
          const add = (key: keyof DeliveryCounts, count: number) => {
            Object.assign(counts, { [key]: counts[key] + count });
          };
          if (claim === "uncertain") add("uncertain", 1);
          if (claim === "expected") add("expected", 1);
          if (claim === "expected") add(came === 0 ? "lost" : "received", 1);
          add(
            claim === "foreign" ? "unexpected" : "duplicated",
            claim === "foreign" ? came : Math.max(0, came - 1),
          );
          if ((claim === "expected" && came !== 1) || (claim === "foreign" && came > 0) || came > 1)
            wrong.add(name);
        }
      }
      expect(delivery.counts()).toEqual(counts);
      expect(messages.map((message) => message.slice(0, 6))).toEqual([...wrong]);
    }),
    { numRuns: 300 },
  );
});
