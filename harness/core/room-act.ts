/** A room of a case: where readers begin, another one, and one in which nobody has written before the case that goes there. */
export type CaseRoom = "here" | "elsewhere" | "empty";

/** Which of a reader's pages: the one that is there throughout, or one that he has opened besides. */
export type ReaderPage = "first" | "second";

/**
 * What is noted of a reader's page before an act, and must be the same after it. But for what is in the form it is of a screen, and
 * so of Chrome's page alone.
 *
 * - `first`: where the message that is first at a jump to the top stands on the screen, to the pixel
 * - `scroll`: how far the list is scrolled
 * - `bottom`: that the list is scrolled to its bottom
 * - `text`: the text in the form
 * - `draft`: that, its caret, and whether it has the focus
 */
export type KeptInPage = "first" | "scroll" | "bottom" | "text" | "draft";

/**
 * One thing that is done in a case of the room page. In each room is a writer; two readers, one in Chrome and one simulated,
 * do the same. After it each reader must see what the database says that he should, unless he is cut off; he and the writers must
 * see who is there, and who writes.
 */
export type RoomAct = {
  readonly keeps?: KeptInPage;
} /** The writer of a room sends a message, or that many, numbered behind the text. */ & (
  | { readonly act: "send"; readonly text: string; readonly room?: CaseRoom; readonly times?: number }
  /** He changes or deletes the message with this text. */
  | { readonly act: "edit"; readonly text: string; readonly to: string }
  | { readonly act: "delete"; readonly text: string; readonly room?: CaseRoom }
  /** The writer where readers begin writes a text and does not send it; goes without a word; and comes back. */
  | { readonly act: "writer-drafts"; readonly text: string }
  | { readonly act: "writer-goes" }
  | { readonly act: "writer-comes" }
  /** Readers go to a room by its link, without a load. */
  | { readonly act: "go"; readonly room: CaseRoom }
  /** Readers scroll to the top, where a page of history comes; with `jump` at once. Where there is none, none may be asked for. */
  | { readonly act: "history"; readonly jump?: true }
  /** Readers lose their connection, and come back. */
  | { readonly act: "cut" }
  | { readonly act: "return" }
  /** Nothing gets from readers to the server any more, nor the other way, and neither is told: they are gone in its time. */
  | { readonly act: "fall-silent" }
  /** Readers open the room on a second page, and close that. */
  | { readonly act: "open-second" }
  | { readonly act: "close-second" }
  /** The reader in Chrome scrolls up by so many pixels. */
  | { readonly act: "scroll-up"; readonly px: number }
  /** Readers write a text and do not send it; in Chrome the caret goes to that place of it. */
  | { readonly act: "draft"; readonly text: string; readonly caret: number; readonly page?: ReaderPage }
  /** They leave the field in which they write, on their first page. */
  | { readonly act: "leave-field" }
);

const ELSEWHERE: Readonly<Record<CaseRoom, string>> = {
  here: "",
  elsewhere: ", in the other room",
  empty: ", in the empty room",
};
const GOING: Readonly<Record<CaseRoom, string>> = {
  here: "go back to the room",
  elsewhere: "go to the other room",
  empty: "go to the empty room",
};

/** An act in words, for a report: `send "new"`. */
export function actName(act: RoomAct): string {
  switch (act.act) {
    case "send": {
      const many = act.times === undefined ? "" : ` ${act.times} times`;
      return `send ${JSON.stringify(act.text)}${many}${ELSEWHERE[act.room ?? "here"]}`;
    }
    case "edit":
      return `change ${JSON.stringify(act.text)} to ${JSON.stringify(act.to)}`;
    case "delete":
      return `delete ${JSON.stringify(act.text)}${ELSEWHERE[act.room ?? "here"]}`;
    case "writer-drafts":
      return `the writer writes ${JSON.stringify(act.text)}, unsent`;
    case "writer-goes":
      return "the writer goes";
    case "writer-comes":
      return "the writer comes back";
    case "go":
      return GOING[act.room];
    case "history":
      return act.jump === true ? "jump to the top" : "scroll to the top";
    case "cut":
      return "lose the connection";
    case "return":
      return "come back";
    case "fall-silent":
      return "fall silent";
    case "open-second":
      return "open a second page";
    case "close-second":
      return "close the second page";
    case "scroll-up":
      return `scroll up by ${act.px} pixels`;
    case "draft":
      return `write ${JSON.stringify(act.text)}, unsent${act.page === "second" ? ", on the second page" : ""}`;
    case "leave-field":
      return "leave the field";
    default:
      return act satisfies never;
  }
}
