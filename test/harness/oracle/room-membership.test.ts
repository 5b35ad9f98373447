import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import {
  claimOf,
  eventsOf,
  type MembershipEvent,
  type Stint,
  stintsOf,
} from "../../../harness/oracle/room-membership.ts";

const event = (kind: MembershipEvent["kind"], atUs: number, roomId = 1): MembershipEvent => ({
  kind,
  roomId,
  atUs: micros(atUs),
});
const stint = (begunUs: number, joinedUs: number, leftUs = Infinity, goneUs = leftUs, roomId = 1): Stint => ({
  roomId,
  begunUs,
  joinedUs,
  leftUs,
  goneUs,
});

describe("stays in rooms", () => {
  test.each<[string, MembershipEvent[], Stint[]]>([
    ["one goes on", [event("joined", 5)], [stint(5, 5)]],
    ["one is over", [event("joined", 5), event("left", 9)], [stint(5, 5, 9)]],
    [
      "one knows its edges",
      [event("joining", 3), event("joined", 5), event("left", 9), event("gone", 12)],
      [stint(3, 5, 9, 12)],
    ],
    [
      "a join that was given up was never one",
      [event("joining", 3), event("left", 4)],
      [stint(3, Infinity, 4)],
    ],
    ["one who was cut off left then", [event("joined", 3), event("gone", 8)], [stint(3, 3, 8)]],
    [
      "one comes back",
      [event("joined", 1), event("left", 2), event("joining", 3), event("joined", 4)],
      [stint(1, 1, 2), stint(3, 4)],
    ],
    [
      "rooms are told apart",
      [event("joined", 1, 1), event("joined", 2, 2), event("left", 3, 1)],
      [stint(1, 1, 3), stint(2, 2, Infinity, Infinity, 2)],
    ],
    [
      "what is told twice is once",
      [event("joined", 1), event("joined", 4), event("left", 5), event("left", 6)],
      [stint(1, 1, 5)],
    ],
  ])("%s, in whatever order it is told", (_, events, stints) => {
    expect(stintsOf(events)).toEqual(stints);
    expect(stintsOf(events.toReversed())).toEqual(stints);
  });

  test("can be told again as they are", () => {
    const anyEvent = fc.record({
      kind: fc.constantFrom("joining", "joined", "left", "gone" as const),
      roomId: fc.integer({ min: 1, max: 2 }),
      atUs: fc.nat(1_000_000).map(micros),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyEvent, { selector: ({ atUs }) => atUs }), (events) => {
        const stints = stintsOf(events);
        expect(stintsOf(eventsOf(stints))).toEqual(stints);
      }),
    );
  });
});

describe("of a message that is sent at 100 and acknowledged at 110,", () => {
  const send = { sequence: 0, roomId: 1, startUs: micros(100), ackUs: micros(110) as Micros | null };
  test.each([
    ["who is there must get it", [stint(0, 50)], "expected"],
    ["who has joined just then must get it", [stint(0, 100)], "expected"],
    ["who begins to leave just after must get it", [stint(0, 50, 110, 200)], "expected"],
    ["who begins to leave before may get it", [stint(0, 50, 109, 200)], "uncertain"],
    ["who is joining may get it", [stint(90, 130)], "uncertain"],
    ["who begins to join before the answer may get it", [stint(110, 130)], "uncertain"],
    ["who begins to join after it must not get it", [stint(111, 130)], "foreign"],
    ["whose leave is over must not get it", [stint(0, 50, 60, 99)], "foreign"],
    ["whose leave is over just then may get it", [stint(0, 50, 60, 100)], "uncertain"],
    ["who was never there must not get it", [], "foreign"],
    ["who leaves and comes back meanwhile may get it", [stint(0, 50, 103), stint(105, 107)], "uncertain"],
  ])("%s", (_, stints, claim) => {
    expect(claimOf(stints, send)).toBe(claim);
  });

  test("and never acknowledged, nobody must get it, and everybody may who was there at any time from then on", () => {
    const unanswered = { ...send, ackUs: null };
    expect(claimOf([stint(0, 50)], unanswered)).toBe("uncertain");
    expect(claimOf([stint(500, 600)], unanswered)).toBe("uncertain");
    expect(claimOf([stint(0, 50, 99)], unanswered)).toBe("foreign");
  });
});
