import { expect, test } from "vitest";
import { nextRoom, roomIdAt, roomOf } from "../../../harness/crowd/rooms.ts";

const rooms = { messagesEach: 0, members: [3, 0, 2], visitors: 4 };

test("rooms fill up one after the other, and visitors are spread over all of them", () => {
  const numbers = Array.from({ length: 9 }, (_, number) => number);
  expect(numbers.map((number) => roomOf(rooms, number))).toEqual([1, 1, 1, 3, 3, 1, 2, 3, 1]);
});

test("where the rooms have ids of their own, users are in these", () => {
  const named = { ...rooms, ids: [40, 70, 50] };
  expect([0, 1, 2].map((index) => roomIdAt(named, index))).toEqual([40, 70, 50]);
  expect([2, 3, 6].map((number) => roomOf(named, number))).toEqual([40, 50, 70]);
});

test("behind the last user there is nobody", () => {
  expect(() => roomOf(rooms, 9)).toThrow(new RangeError("user 9 is one of 9"));
  expect(() => roomOf({ messagesEach: 0, members: [2] }, 2)).toThrow(new RangeError("user 2 is one of 2"));
});

test("one goes from room to room in a circle, empty ones among them", () => {
  expect([1, 2, 3].map((room) => nextRoom(rooms, room))).toEqual([2, 3, 1]);
  const named = { ...rooms, ids: [40, 70, 50] };
  expect([40, 70, 50].map((room) => nextRoom(named, room))).toEqual([70, 50, 40]);
});

test("where there is one room one stays there, and from a room that is none of them one goes to the first", () => {
  expect(nextRoom({ messagesEach: 0, members: [2] }, 1)).toBe(1);
  expect(nextRoom(rooms, 9)).toBe(1);
});
