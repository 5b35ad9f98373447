/** A case that concerns the room page as a whole, and so is tested there. */
export interface RoomPageCase {
  readonly number: number;
  readonly name: string;
  /** The files of its tests, from the repository's root; none as long as it has none. */
  readonly tests: readonly string[];
}

/** The cases that are tested on the room page. */
export const ROOM_PAGE_CASES: readonly RoomPageCase[] = [
  { number: 18, name: "a reset while the page switches to another room by patch", tests: [] },
  { number: 26, name: "a rejoin after a cut, with messages missed, edited and deleted meanwhile", tests: [] },
  {
    number: 37,
    name: "scrolled to the top, the next page loads and the reader stays where he was",
    tests: [],
  },
  { number: 38, name: "a jump to the very top, with and without `_overran`", tests: [] },
  { number: 39, name: "the start of history, and an empty room", tests: [] },
  { number: 40, name: "a new message while the reader is at the bottom, and while he is not", tests: [] },
  { number: 41, name: "viewport bindings after navigation, and with a late container", tests: [] },
  { number: 42, name: "history of a room with messages of other rooms in between", tests: [] },
  { number: 43, name: "deletes by another, of what is not loaded, and of what is on its way", tests: [] },
  { number: 44, name: "an edit of a message that is not on the page", tests: [] },
  { number: 48, name: "presence: two tabs, a cut without goodbye, typing while cut", tests: [] },
  { number: 49, name: "messages and presence while a reader types", tests: [] },
];
