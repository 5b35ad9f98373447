import { expect, test } from "vitest";
import type { Difference } from "../../../harness/oracle/compare-lists.ts";
import { describeDifference } from "../../../harness/oracle/describe-difference.ts";

const rooms = new Map([
  [1, "general"],
  [2, "random"],
]);
const roomOf = new Map([
  [7, 1],
  [8, 1],
  [12, 2],
]);
const context = {
  roomId: 1,
  database: {
    roomName: async (id: number) => rooms.get(id),
    placeOf: async (id: number) => {
      const roomId = roomOf.get(id);
      return roomId === undefined ? undefined : { roomId, roomName: rooms.get(roomId) ?? "" };
    },
  },
};

test.each<[Difference, string, string, string]>([
  [
    { kind: "missing", index: 3, id: "messages-7", got: "messages-8" },
    "messages-7",
    "messages-8",
    "messages-7 is missing at index 3",
  ],
  [
    { kind: "missing", index: 3, id: "messages-7", got: undefined },
    "messages-7",
    "the end of the list",
    "messages-7 is missing at index 3",
  ],
  [
    { kind: "unexpected", index: 3, id: "messages-12", expected: "messages-8" },
    "messages-8",
    "messages-12",
    'messages-12 at index 3 should not be there: message 12 of room 2 "random" in room 1 "general"',
  ],
  [
    { kind: "unexpected", index: 3, id: "messages-99", expected: undefined },
    "the end of the list",
    "messages-99",
    "messages-99 at index 3 should not be there: message 99 is not in the database (deleted, or never stored)",
  ],
  [
    { kind: "unexpected", index: 0, id: "messages-7", expected: "messages-8" },
    "messages-8",
    "messages-7",
    "messages-7 at index 0 should not be there",
  ],
  [
    { kind: "unexpected", index: 0, id: "spinner", expected: "messages-8" },
    "messages-8",
    "spinner",
    "spinner at index 0 should not be there",
  ],
  [
    { kind: "duplicate", index: 4, id: "messages-7", expected: "messages-8" },
    "messages-8",
    "messages-7",
    "messages-7 is there twice, the second time at index 4",
  ],
  [
    { kind: "out-of-order", index: 1, id: "messages-8", expected: "messages-7" },
    "messages-7",
    "messages-8",
    "out of order: messages-8 at index 1, where messages-7 should be",
  ],
  [
    { kind: "reversed", index: 0, length: 10, id: "messages-10", expected: "messages-1" },
    "messages-1",
    "messages-10",
    "out of order: 10 items from index 0 on are in reverse, messages-10 comes first and messages-1 should",
  ],
  [
    { kind: "different", index: 2, id: "messages-7", part: "content", expected: 'a "b"', got: "c\n" },
    '"a \\"b\\""',
    '"c\\n"',
    'different text in field content of messages-7 at index 2: expected "a \\"b\\"", got "c\\n"',
  ],
  [
    { kind: "different", index: 2, id: "messages-7", part: "edited", expected: "(edited)", got: undefined },
    '"(edited)"',
    "nothing",
    'different text in field edited of messages-7 at index 2: expected "(edited)", got nothing',
  ],
])("%o is told", async (difference, expected, actual, message) => {
  expect(await describeDifference(difference, context)).toEqual({
    expected,
    actual,
    item: difference.id,
    index: difference.index,
    message,
  });
});

test("of a long text the place is told where it differs", async () => {
  const long = "😀".repeat(300);
  const described = await describeDifference(
    {
      kind: "different",
      index: 0,
      id: "messages-7",
      part: "content",
      expected: `${long}A${long}`,
      got: `${long}B`,
    },
    context,
  );
  expect(described.expected).toBe(`"…${"😀".repeat(80)}A${"😀".repeat(79)}…"`);
  expect(described.actual).toBe(`"…${"😀".repeat(80)}B"`);
});

test("of a text that goes on too long the end is told", async () => {
  const described = await describeDifference(
    {
      kind: "different",
      index: 0,
      id: "messages-7",
      part: "content",
      expected: "ab",
      got: `ab${"c".repeat(1000)}`,
    },
    context,
  );
  expect([described.expected, described.actual]).toEqual(['"ab"', `"ab${"c".repeat(158)}…"`]);
});
