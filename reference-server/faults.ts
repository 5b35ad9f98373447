/**
 * The defects that the server can be told to commit, by `--fault`, so that the checks can be shown to catch them.
 * Nothing but this server's own switch knows which one is on. They are committed in `faults/`, by wrapping what works.
 */
export const FAULTS = {
  "drop-delete": "A delete is stored, but not broadcast.",
  "reverse-prepend": "A page of history is shown newest first.",
  "leak-room": "A new message is shown in the other rooms as well.",
  "resend-statics": "The statics of a part that changed are sent again, and with them all that is in it.",
  "rerender-list": "Opening and closing the editor renders every message of the list again.",
  "leak-connection": "Each connection leaves 10,240 bytes behind for good.",
  "keep-history": "A page keeps every message that it has shown, whatever its mode.",
  "slow-insert": "A new message is held up by 50 ms before it is broadcast.",
  "slow-update": "A changed message is held up by 50 ms before it is broadcast.",
  "slow-delete": "A deleted message is held up by 50 ms before that is broadcast.",
  "slow-history": "A page of history takes 50 ms longer.",
  "slow-mount": "The page that is sent first takes 50 ms of CPU more.",
  "slow-rejoin": "The join of a view that was joined before is held up by 200 ms.",
  "slow-switch": "Another room without a page load takes 50 ms longer.",
  "slow-presence": "Who comes and goes is told 200 ms later.",
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
