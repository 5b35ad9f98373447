import { expect, test } from "vitest";
import { AT_START, membersIn, presenceAfter } from "../../../harness/cases/room-presence.ts";
import { actName, type CaseRoom, type RoomAct } from "../../../harness/core/room-act.ts";

const NAMES = { reader: "ada", writer: "bob" };

/** Who is where after each of some acts, by the rooms: `ada, bob | bob | bob`. */
function afterEach(acts: readonly RoomAct[]): string[] {
  const rooms: readonly CaseRoom[] = ["here", "elsewhere", "empty"];
  let presence = AT_START;
  return acts.map((act) => {
    presence = presenceAfter(presence, act);
    return rooms.map((room) => membersIn(presence, room, NAMES).join(", ")).join(" | ");
  });
}

test("who goes to another room is there, and where he was he is not; what he had begun he has left", () => {
  const acts: RoomAct[] = [
    { act: "draft", text: "a thought", caret: 0 },
    { act: "history" },
    { act: "go", room: "empty" },
    { act: "go", room: "elsewhere" },
  ];
  expect(afterEach(acts)).toEqual([
    "ada, who is typing, bob | bob | bob",
    "ada, who is typing, bob | bob | bob",
    "bob | bob | ada, bob",
    "bob | ada, bob | bob",
  ]);
});

test("who has two pages is one, and writes where he does on either", () => {
  const acts: RoomAct[] = [
    { act: "open-second" },
    { act: "draft", text: "a thought", caret: 0, page: "second" },
    { act: "draft", text: "another", caret: 0 },
    { act: "leave-field" },
    { act: "cut" },
    { act: "close-second" },
    { act: "return" },
  ];
  expect(afterEach(acts).map((rooms) => rooms.split(" | ")[0])).toEqual([
    "ada, bob",
    "ada, who is typing, bob",
    "ada, who is typing, bob",
    "ada, who is typing, bob",
    "ada, who is typing, bob",
    "bob",
    "ada, bob",
  ]);
});

test.each(["cut", "fall-silent"] as const)(
  "after %s a reader is gone, and is back without writing",
  (act) => {
    const acts: RoomAct[] = [{ act: "draft", text: "a thought", caret: 0 }, { act }, { act: "return" }];
    expect(afterEach(acts).map((rooms) => rooms.split(" | ")[0])).toEqual([
      "ada, who is typing, bob",
      "bob",
      "ada, bob",
    ]);
  },
);

test("a writer writes until he has sent it or is gone", () => {
  const acts: RoomAct[] = [
    { act: "writer-drafts", text: "a thought" },
    { act: "send", text: "elsewhere", room: "elsewhere" },
    { act: "send", text: "a thought" },
    { act: "writer-drafts", text: "another" },
    { act: "writer-goes" },
    { act: "writer-comes" },
  ];
  expect(afterEach(acts).map((rooms) => rooms.split(" | ")[0])).toEqual([
    "ada, bob, who is typing",
    "ada, bob, who is typing",
    "ada, bob",
    "ada, bob, who is typing",
    "ada",
    "ada, bob",
  ]);
});

test("acts are told apart in words", () => {
  const acts: RoomAct[] = [
    { act: "send", text: "a", times: 2, room: "empty" },
    { act: "delete", text: "a 1", room: "empty" },
    { act: "go", room: "empty" },
    { act: "draft", text: "a", caret: 0, page: "second" },
    { act: "fall-silent" },
  ];
  expect(acts.map(actName)).toEqual([
    'send "a" 2 times, in the empty room',
    'delete "a 1", in the empty room',
    "go to the empty room",
    'write "a", unsent, on the second page',
    "fall silent",
  ]);
});
