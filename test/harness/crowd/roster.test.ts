import fc from "fast-check";
import { expect, test } from "vitest";
import type { Member } from "../../../harness/crowd/member.ts";
import { Roster } from "../../../harness/crowd/roster.ts";
import { absentee, fakeUser } from "./fake-cast.ts";

/** Members who are there, the first ones in room 1 and the others in room 2. */
function membersOf(inFirst: number, inSecond: number): Member[] {
  return Array.from({ length: inFirst + inSecond }, (_, at) => {
    const member = absentee(at < inFirst ? 1 : 2, fakeUser(`user ${at + 1}`), at + 1);
    member.isPresent = true;
    return member;
  });
}

const turns = (roster: Roster, count: number) => Array.from({ length: count }, () => roster.next());
const numbers = (members: readonly (Member | undefined)[]) => members.map((member) => member?.number);

test("neighbours do not come one after the other", () => {
  expect(numbers(turns(new Roster(membersOf(10, 0)), 12))).toEqual([1, 8, 5, 2, 9, 6, 3, 10, 7, 4, 1, 8]);
});

test("everybody comes once before anybody comes again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (count) => {
      const roster = new Roster(membersOf(count, 0));
      for (let round = 0; round < 2; round += 1) {
        expect(new Set(numbers(turns(roster, count))).size).toBe(count);
      }
    }),
    { numRuns: 50 },
  );
});

test("a room with a tenth of the users has about a tenth of the turns at any time, and exactly that in a round", () => {
  const roster = new Roster(membersOf(900, 100));
  const inSecond = Array.from(
    { length: 10 },
    () => turns(roster, 100).filter((member) => member?.roomId === 2).length,
  );
  expect(inSecond).toEqual([13, 11, 9, 10, 9, 10, 9, 10, 9, 10]);
});

test("who is away is left out, and comes again when he is back", () => {
  const members = membersOf(5, 0);
  const roster = new Roster(members);
  const away = members[3] as Member;
  away.isPresent = false;
  expect(numbers(turns(roster, 8))).toEqual([1, 2, 5, 3, 1, 2, 5, 3]);
  away.isPresent = true;
  expect(numbers(turns(roster, 5))).toEqual([1, 4, 2, 5, 3]);
});

test("where nobody is there it is nobody's turn", () => {
  expect(new Roster([]).next()).toBe(undefined);
  const [member] = membersOf(1, 0) as [Member];
  const roster = new Roster([member]);
  member.isPresent = false;
  expect(roster.next()).toBe(undefined);
  member.isPresent = true;
  expect(roster.next()).toBe(member);
});

test("the witness acts only where he is alone", () => {
  const witness = absentee(1, fakeUser("user 0"), 0);
  witness.isPresent = true;
  expect(numbers(turns(new Roster([witness, ...membersOf(2, 0)]), 4))).toEqual([1, 2, 1, 2]);
  expect(new Roster([witness]).next()).toBe(witness);
  const [other] = membersOf(1, 0) as [Member];
  other.isPresent = false;
  expect(new Roster([witness, other]).next()).toBe(undefined);
});
