/**
 * The defects that the server can be told to commit, by `--fault`, so that the checks can be shown to catch them.
 * Nothing but this server's own switch knows which one is on. They are committed in `faults/`, by wrapping what works.
 */
export const FAULTS = {
  "drop-delete": "A delete is stored, but not broadcast.",
  "delete-by-position": "A delete takes away the message in front of the one that was deleted.",
  "ghost-after-delete": "A deleted message is told as a new one after its delete.",
  "reverse-prepend": "A page of history is shown newest first.",
  "skip-page": "A page of history is the one before the next.",
  "repeat-page": "A page of history is shown twice.",
  "naive-overrun":
    "The list itself asks for history, and both events of an overrun are answered with a page.",
  "leak-room": "A new message is shown in the other rooms as well.",
  "disorder-inserts": "Of two new messages in a row the second is told first.",
  "stale-edit": "A changed message is told as it was before.",
  "move-edit": "A changed message moves to the end of the page.",
  "append-absent-edit": "A changed message that is not on the page is added at its end.",
  "lose-on-rejoin": "A page that is joined again lacks the newest message.",
  "repeat-on-rejoin": "A page that is joined again has the newest message twice.",
  "wrong-limit-end": "A page that keeps so many messages forgets them at the end where the new ones come.",
  "reset-without-clearing": "The messages of another room are added to those that are on the page.",
  "lose-reset": "The messages of another room are not shown where there are some on the page.",
  "raw-html": "What is rendered into a page that is there already is not escaped.",
  "wrong-stream-ref": "Changes of a stream are sent under the ref of another one.",
  "wrong-dom-id": "An element that comes to a page has another DOM id than its message.",
  "presence-ghost": "Who leaves is not told.",
  "typing-forever": "Who stops typing is not told.",
  "early-push": "A page is told to scroll to a message before it is sent that message.",
  "overwrite-draft": "A new message empties the field of whoever is writing.",
  "foreign-form": "The editor that one reader opens is shown to the others, as soon as their pages change.",
  "resend-statics": "The statics of a part that changed are sent again, and with them all that is in it.",
  "resend-list": "A new message has all that is on the page sent again.",
  "rerender-list": "Opening and closing the editor renders every message of the list again.",
  "leak-connection": "Each connection leaves 10,240 bytes behind for good.",
  "keep-history": "A view keeps the messages that are on its page, whatever its mode.",
  "slow-insert": "A new message is held up by 50 ms before it is broadcast.",
  "slow-hundredth": "Every hundredth new message is held up by half a second before it is broadcast.",
  "slow-update": "A changed message is held up by 50 ms before it is broadcast.",
  "slow-delete": "A deleted message is held up by 50 ms before that is broadcast.",
  "slow-history": "A page of history takes 50 ms longer.",
  "slow-mount": "The page that is sent first takes 50 ms of CPU more.",
  "slow-rejoin": "The join of a view that was joined before is held up by 200 ms.",
  "slow-switch": "Another room without a page load takes 50 ms longer.",
  "late-reply": "An event is answered 200 ms later.",
  "lose-reply": "Every tenth event is not answered.",
  "deaf-heartbeat": "Heartbeats are not answered.",
  "lose-insert": "Every tenth new message is not shown on one of the pages.",
  "duplicate-insert": "The frame of every tenth new message is sent twice to one of the pages.",
  "forget-draft":
    "What a page sends of a half-written form after a cut is ignored, where the form is no live component.",
} as const;

/** The name of a defect. */
export type Fault = keyof typeof FAULTS;

/** Whether a word names a defect. */
export function isFault(name: string): name is Fault {
  return Object.hasOwn(FAULTS, name);
}
