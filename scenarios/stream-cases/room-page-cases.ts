import type { RoomPageCase } from "../../harness/core/stream-case.ts";

/** The cases that are tested on the room page, in every mode but for the exceptions. */
export const ROOM_PAGE_CASES: readonly RoomPageCase[] = [
  {
    number: 18,
    name: "a reset while the page switches to another room by patch",
    tests: [["rooms.test.ts", "another room is gone to without a load: only its messages are there"]],
  },
  {
    number: 26,
    name: "a rejoin after a cut, with messages missed, edited and deleted meanwhile",
    tests: [
      ["connection.test.ts", "leaves out nothing that was written, changed or deleted meanwhile"],
      ["connection.test.ts", "lets older messages take the place of those that were deleted meanwhile"],
    ],
  },
  {
    number: 37,
    name: "scrolled to the top, the next page loads and the reader stays where he was",
    tests: [
      ["history.test.ts", "it comes page by page to its beginning, and then nothing is asked for"],
      ["history.test.ts", "who comes to the top at once stays at the message that he saw first"],
    ],
  },
  {
    number: 38,
    name: "a jump to the very top, with and without `_overran`",
    tests: [
      ["history.test.ts", "who comes to the top at once stays at the message that he saw first"],
      ["room-page.test.ts", "a jump to the very top brings one page, in order"],
    ],
  },
  {
    number: 39,
    name: "the start of history, and an empty room",
    tests: [
      ["history.test.ts", "it comes page by page to its beginning, and then nothing is asked for"],
      ["history.test.ts", "begins where it ends, asks for nothing, and takes the first message"],
    ],
  },
  {
    number: 40,
    name: "a new message while the reader is at the bottom, and while he is not",
    tests: [
      ["room-page.test.ts", "who reads further up is not moved by a new message, who is at the bottom is"],
    ],
  },
  {
    number: 41,
    name: "viewport bindings after navigation, and with a late container",
    tests: [
      ["rooms.test.ts", "history goes on in the room that was gone to, page by page"],
      ["rooms.test.ts", "history goes on in a room that comes after the list of rooms"],
    ],
  },
  {
    number: 42,
    name: "history of a room with messages of other rooms in between",
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
    tests: [
      ["room-page.test.ts", "a deleted message goes for everybody"],
      ["writing.test.ts", "what is edited or deleted above the page leaves it as it is"],
      ["writing.test.ts", "what is deleted while a page of history is on its way does not come back with it"],
    ],
  },
  {
    number: 44,
    name: "an edit of a message that is not on the page",
    tests: [
      ["writing.test.ts", "what is edited or deleted above the page leaves it as it is"],
      ["room-page.test.ts", "a stream with a limit is a window that moves up and down the history"],
      ["writing.test.ts", "a message that is deleted while it is changed closes the dialog"],
    ],
  },
  {
    number: 48,
    name: "presence: two tabs, a cut without goodbye, typing while cut",
    tests: [
      ["presence.test.ts", "who has two pages is one member"],
      ["presence-cut.test.ts", "who is cut off while he writes is gone at once"],
      ["presence-cut.test.ts", "who is cut off without a word is gone, and no longer writes"],
    ],
  },
  {
    number: 49,
    name: "messages and presence while a reader types",
    tests: [
      [
        "presence.test.ts",
        "whoever comes, writes and goes, a draft, its caret and the focus stay; leaving the field keeps the text",
      ],
    ],
  },
];
