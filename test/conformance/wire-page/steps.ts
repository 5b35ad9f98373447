import { readFileSync } from "node:fs";
import type { WireChat } from "./wire-chat.ts";

/** One recorded frame. */
export interface Recorded {
  readonly step: string;
  readonly dir: "in" | "out";
  /** Of the text frame. */
  readonly bytes: number;
  readonly data: string;
}

/** A recording, in order. */
export function recording(name: string): readonly Recorded[] {
  return readFileSync(new URL(`../../fixtures/wire/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line): Recorded => JSON.parse(line));
}

const REMOTE = "remote@example.com";
const BOB = "bob@example.com";
const FORTY_BYTES = "remote message with forty bytes of text.";

/**
 * What happened in the chat at the steps in which the recorded page itself did nothing. Source:
 * `test/fixtures/wire/README.md`, "Steps".
 *
 * @param middle the message in the middle of the page
 */
export function remoteSteps(chat: WireChat, middle: number): Readonly<Record<string, () => void>> {
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
      for (let n = 1; n <= 50; n++) chat.create(REMOTE, `${FORTY_BYTES} ${n}`);
    },
  };
}
