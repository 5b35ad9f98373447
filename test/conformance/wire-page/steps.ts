import { range } from "../recording.ts";
import type { WireChat } from "./wire-chat.ts";
import type { WireModeName } from "./wire-view.ts";

const REMOTE = "remote@example.com";
const BOB = "bob@example.com";
const FORTY_BYTES = "remote message with forty bytes of text.";

/** The steps of a recording, in order. Source: as below. */
export const STEPS = [
  "join",
  "remote_create",
  "update",
  "update_again",
  "update_middle",
  "typing",
  "own_create",
  "stop_typing",
  "edit_open",
  "delete_last",
  "delete_middle",
  "delete_own_event",
  "load_more_1",
  "load_more_2",
  "load_more_3",
  "reset",
  "event_reply",
  "event_reply_title",
  "event_noop",
  "heartbeat",
  "presence_join",
  "presence_typing",
  "presence_stop",
  "presence_leave",
  "creates_50",
  "leave",
] as const;

/** The name of a step. */
export type StepName = (typeof STEPS)[number];

/**
 * What happened in the chat at the steps in which the recorded page itself did nothing. Source:
 * `test/fixtures/wire/README.md`, "Steps".
 *
 * @param middle the message in the middle of the page
 */
export function remoteSteps(chat: WireChat, middle: number): { readonly [S in StepName]?: () => void } {
  return {
    remote_create: () => chat.create(REMOTE, FORTY_BYTES),
    update: () => chat.update(900_001, "the same message but with edited text..."),
    update_again: () => chat.update(900_001, "the same message but with edited text 2."),
    update_middle: () => chat.update(middle, "the middle message with edited text....."),
    delete_last: () => chat.delete(900_002),
    delete_middle: () => chat.delete(middle),
    presence_join: () => chat.show(BOB),
    presence_typing: () => chat.show(BOB, true),
    presence_stop: () => chat.show(BOB),
    presence_leave: () => chat.leave(BOB),
    creates_50: () => {
      for (const n of range(1, 50)) chat.create(REMOTE, `${FORTY_BYTES} ${n}`);
    },
  };
}

/**
 * What must have happened before a step, though no frame of it was recorded.
 *
 * Before `reset` in `append` the recorded server had last rendered one edited message: the reset's first entry takes an
 * "(edited)" away and its nine others are new, where the frame before it had brought ten that were not edited.
 */
export function unrecorded(chat: WireChat, mode: WireModeName): { readonly [S in StepName]?: () => void } {
  return mode === "append" ? { reset: () => chat.rumour(chat.message(100_461)) } : {};
}
