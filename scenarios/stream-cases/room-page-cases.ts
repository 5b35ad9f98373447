import type { RoomPageCase } from "../../harness/core/stream-case.ts";

/** The cases of the room page, in every mode but for the exceptions. */
export const ROOM_PAGE_CASES: readonly RoomPageCase[] = [
  {
    number: 18,
    name: "a reset while the page switches to another room by patch",
    acts: [
      { act: "go", room: "elsewhere" },
      { act: "send", text: "for the first room" },
      { act: "send", text: "for the second room", room: "elsewhere" },
      { act: "go", room: "here" },
      { act: "send", text: "seen again" },
    ],
    leftToTests: "the browser's back",
    tests: [["rooms.test.ts", "another room is gone to without a load: only its messages are there"]],
  },
  {
    number: 26,
    name: "a rejoin after a cut, with messages missed, edited and deleted meanwhile",
    acts: [
      { act: "send", text: "to be changed" },
      { act: "send", text: "to be deleted" },
      { act: "send", text: "to stay" },
      { act: "cut" },
      { act: "delete", text: "to be deleted" },
      { act: "edit", text: "to be changed", to: "changed meanwhile" },
      { act: "send", text: "missed" },
      { act: "return" },
      { act: "send", text: "after it" },
    ],
    leftToTests: "older messages in the place of those that were deleted",
    tests: [
      ["connection.test.ts", "leaves out nothing that was written, changed or deleted meanwhile"],
      ["connection.test.ts", "lets older messages take the place of those that were deleted meanwhile"],
    ],
  },
  {
    number: 37,
    name: "scrolled to the top, the next page loads and the reader stays where he was",
    acts: [
      { act: "history", jump: true, keeps: "first" },
      { act: "history", jump: true, keeps: "first" },
      { act: "history", jump: true, keeps: "first" },
    ],
    leftToTests: "history that is noticed by an observer",
    tests: [
      ["history.test.ts", "it comes page by page to its beginning, and then nothing is asked for"],
      ["history.test.ts", "who comes to the top at once stays at the message that he saw first"],
    ],
  },
  {
    number: 38,
    name: "a jump to the very top, with and without `_overran`",
    acts: [{ act: "history", jump: true }, { act: "history" }, { act: "send", text: "still each page once" }],
    tests: [
      ["history.test.ts", "who comes to the top at once stays at the message that he saw first"],
      ["room-page.test.ts", "a jump to the very top brings one page, in order"],
    ],
  },
  {
    number: 39,
    name: "the start of history, and an empty room",
    leftToTests: "all of it: rooms of the scenario have messages, and more with each case",
    tests: [
      ["history.test.ts", "it comes page by page to its beginning, and then nothing is asked for"],
      ["history.test.ts", "begins where it ends, asks for nothing, and takes the first message"],
    ],
  },
  {
    number: 40,
    name: "a new message while the reader is at the bottom, and while he is not",
    acts: [
      { act: "send", text: "at the bottom", keeps: "bottom" },
      { act: "scroll-up", px: 100 },
      { act: "send", text: "further up", keeps: "scroll" },
    ],
    tests: [
      ["room-page.test.ts", "who reads further up is not moved by a new message, who is at the bottom is"],
    ],
  },
  {
    number: 41,
    name: "viewport bindings after navigation, and with a late container",
    acts: [
      { act: "go", room: "elsewhere" },
      { act: "history" },
      { act: "history" },
      { act: "go", room: "here" },
      { act: "history" },
    ],
    leftToTests: "a container that comes after the list of rooms",
    tests: [
      ["rooms.test.ts", "history goes on in the room that was gone to, page by page"],
      ["rooms.test.ts", "history goes on in a room that comes after the list of rooms"],
    ],
  },
  {
    number: 42,
    name: "history of a room with messages of other rooms in between",
    acts: [
      { act: "send", text: "of this room", times: 6 },
      { act: "send", text: "of the other room", times: 12, room: "elsewhere" },
      { act: "send", text: "of this room again", times: 6 },
      { act: "go", room: "elsewhere" },
      { act: "go", room: "here" },
      { act: "history" },
      { act: "history" },
    ],
    tests: [
      [
        "rooms.test.ts",
        "history goes on in the room that was gone to, page by page, with its messages alone",
      ],
    ],
  },
  {
    number: 43,
    name: "deletes by another, of what is not loaded, and of what is on its way",
    acts: [
      { act: "send", text: "to be deleted above" },
      { act: "send", text: "below", times: 12 },
      { act: "go", room: "elsewhere" },
      { act: "go", room: "here" },
      { act: "delete", text: "to be deleted above" },
      { act: "delete", text: "below 12" },
      { act: "history" },
      { act: "delete", text: "below 1" },
      { act: "send", text: "and nothing came back" },
    ],
    leftToTests: "what is deleted while a page of history is on its way",
    tests: [
      ["room-page.test.ts", "a deleted message goes for everybody"],
      ["writing.test.ts", "what is edited or deleted above the page leaves it as it is"],
      ["writing.test.ts", "what is deleted while a page of history is on its way does not come back with it"],
    ],
  },
  {
    number: 44,
    name: "an edit of a message that is not on the page",
    acts: [
      { act: "send", text: "to be changed above" },
      { act: "send", text: "below", times: 12 },
      { act: "go", room: "elsewhere" },
      { act: "go", room: "here" },
      { act: "edit", text: "to be changed above", to: "changed above" },
      { act: "send", text: "no ghost" },
      { act: "history" },
    ],
    leftToTests: "a message that a limit has pruned, or that was just deleted",
    tests: [
      ["writing.test.ts", "what is edited or deleted above the page leaves it as it is"],
      ["room-page.test.ts", "a stream with a limit is a window that moves up and down the history"],
      ["writing.test.ts", "a message that is deleted while it is changed closes the dialog"],
    ],
  },
  {
    number: 48,
    name: "presence: two tabs, a cut without goodbye, typing while cut",
    leftToTests: "all of it: the pages of the scenario have no members",
    tests: [
      ["presence.test.ts", "who has two pages is one member"],
      ["presence-cut.test.ts", "who is cut off while he writes is gone at once"],
      ["presence-cut.test.ts", "who is cut off without a word is gone, and no longer writes"],
    ],
  },
  {
    number: 49,
    name: "messages and presence while a reader types",
    acts: [
      { act: "draft", text: "half a thought", caret: 4 },
      { act: "send", text: "meanwhile", keeps: "draft" },
      { act: "edit", text: "meanwhile", to: "changed meanwhile", keeps: "draft" },
      { act: "delete", text: "changed meanwhile", keeps: "draft" },
    ],
    leftToTests: "who comes, goes and writes",
    tests: [
      [
        "presence.test.ts",
        "whoever comes, writes and goes, a draft, its caret and the focus stay; leaving the field keeps the text",
      ],
    ],
  },
];
