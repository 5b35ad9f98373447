/** One of two rooms: where readers begin, and another one. */
export type CaseRoom = "here" | "elsewhere";

/**
 * What is noted of a reader's page before an act, and must be the same after it. But for the draft it is of a screen, and so of
 * Chrome's page alone.
 *
 * - `first`: where the message that is first at a jump to the top stands on the screen, to the pixel
 * - `scroll`: how far the list is scrolled
 * - `bottom`: that the list is scrolled to its bottom
 * - `draft`: the text in the form, its caret, and whether it has the focus
 */
export type KeptInPage = "first" | "scroll" | "bottom" | "draft";

/**
 * One thing that is done in a case of the room page. In each room is a writer; two readers, one in Chrome and one simulated,
 * do the same. After it each reader must see what the database says that he should, unless he is cut off.
 */
export type RoomAct = {
  readonly keeps?: KeptInPage;
} /** The writer of a room sends a message, or that many, numbered behind the text. */ & (
  | { readonly act: "send"; readonly text: string; readonly room?: CaseRoom; readonly times?: number }
  /** He changes or deletes the message with this text. */
  | { readonly act: "edit"; readonly text: string; readonly to: string }
  | { readonly act: "delete"; readonly text: string }
  /** Readers go to a room by its link, without a load. */
  | { readonly act: "go"; readonly room: CaseRoom }
  /** Readers scroll to the top, where a page of history comes, if there is one; with `jump` at once. */
  | { readonly act: "history"; readonly jump?: true }
  /** Readers lose their connection, and come back. */
  | { readonly act: "cut" }
  | { readonly act: "return" }
  /** The reader in Chrome scrolls up by so many pixels. */
  | { readonly act: "scroll-up"; readonly px: number }
  /** Readers write a text and do not send it; in Chrome the caret goes to that place of it. */
  | { readonly act: "draft"; readonly text: string; readonly caret: number }
);

/** An act in words, for a report: `send "new"`. */
export function actName(act: RoomAct): string {
  switch (act.act) {
    case "send": {
      const many = act.times === undefined ? "" : ` ${act.times} times`;
      return `send ${JSON.stringify(act.text)}${many}${act.room === "elsewhere" ? ", in the other room" : ""}`;
    }
    case "edit":
      return `change ${JSON.stringify(act.text)} to ${JSON.stringify(act.to)}`;
    case "delete":
      return `delete ${JSON.stringify(act.text)}`;
    case "go":
      return act.room === "here" ? "go back to the room" : "go to the other room";
    case "history":
      return act.jump === true ? "jump to the top" : "scroll to the top";
    case "cut":
      return "lose the connection";
    case "return":
      return "come back";
    case "scroll-up":
      return `scroll up by ${act.px} pixels`;
    case "draft":
      return `write ${JSON.stringify(act.text)}, unsent`;
    default:
      return act satisfies never;
  }
}
