import { describe, expect, it } from "vitest";
import type { LivePage } from "../../harness/page/live-page.ts";
import { RecordedUser } from "./recorded-user.ts";
import { range, readWire, recording } from "./recording.ts";

/** A message as `expected.json` has it. */
interface ExpectedMessage {
  readonly id: number;
  readonly sender_email: string;
  readonly content: string;
  readonly inserted_at: string;
  readonly edited: boolean;
}

/** The list on the page in the terms of `expected.json`. */
function messagesOn(page: LivePage): readonly ExpectedMessage[] {
  return page.items.map(({ id, fields }) => ({
    id: Number(id.replace("messages-", "")),
    sender_email: fields.sender ?? "",
    content: fields.content ?? "",
    inserted_at: fields.time ?? "",
    edited: fields.edited !== undefined,
  }));
}

/** The messages after each step of a recording, in order. */
function listsByStep(name: string): Record<string, readonly ExpectedMessage[]> {
  const user = new RecordedUser();
  const lists: Record<string, readonly ExpectedMessage[]> = {};
  for (const recorded of recording(name)) {
    user.take(recorded);
    if (recorded.dir === "in") lists[recorded.step] = messagesOn(user.page);
  }
  return lists;
}

describe("the simulated user reads the recordings of a real server", () => {
  const expected: Record<string, Record<string, readonly ExpectedMessage[]>> = JSON.parse(
    readWire("expected.json"),
  );

  it.each([
    ["stream", "stream, stateful, keyed"],
    ["stateful", "stream, stateful, keyed"],
    ["keyed", "stream, stateful, keyed"],
    ["limited", "limited"],
    ["full", "full"],
  ])("%s: the list is as expected after every step", (name, key) => {
    expect(listsByStep(name)).toEqual(expected[key]);
  });

  it.each(["stream", "limited", "stateful", "keyed", "full", "append"])(
    "%s: the session ends with a leave",
    (name) => {
      const user = new RecordedUser();
      for (const recorded of recording(name)) user.take(recorded);
      expect(user.phase).toBe("left");
    },
  );

  it.each([
    ["chrome-stream", [...range(100471, 100500), 900001]],
    ["chrome-stateful", [...range(100471, 100500), 900001]],
    ["lv-1.0-stream", [...range(481, 495), ...range(497, 500), 1501]],
    ["lv-1.0-stateful", [...range(481, 495), ...range(497, 500), 1501]],
    [
      "append",
      [
        ...range(100491, 100500),
        ...range(900001, 900002),
        ...range(100481, 100490),
        ...range(100471, 100480),
        ...range(100461, 100470),
        ...range(900003, 900052),
      ],
    ],
  ])("%s: the list is right at the end", (name, expectedIds) => {
    const user = new RecordedUser();
    for (const recorded of recording(name)) user.take(recorded);
    expect(user.page.items.map(({ id }) => id)).toEqual(expectedIds.map((id) => `messages-${id}`));
  });

  it.each(["stream", "stateful", "chrome-stream"])(
    "%s: what the channel sends is what was recorded",
    (name) => {
      const user = new RecordedUser();
      const frames = recording(name);
      for (const recorded of frames) user.take(recorded);
      expect(user.sent).toEqual(frames.filter(({ dir }) => dir === "out").map(({ data }) => data));
    },
  );

  it.each(["stream", "limited", "stateful", "keyed"])(
    "%s: every frame's operation is told from it",
    (name) => {
      const user = new RecordedUser();
      for (const recorded of recording(name)) user.take(recorded);
      expect(user.operations).toEqual(OPERATIONS);
    },
  );
});

/** What the frames of the sessions did, whatever the list was rendered as. */
const OPERATIONS = [
  "join: join",
  "remote_create: insert",
  "update: update",
  "update_again: update",
  "update_middle: update",
  "typing: other",
  "typing: other",
  "own_create: other",
  "own_create: insert",
  "stop_typing: reply",
  "stop_typing: other",
  "edit_open: other",
  "delete_last: delete",
  "delete_middle: delete",
  "delete_own_event: reply",
  "delete_own_event: delete",
  "load_more_1: prepend",
  "load_more_2: prepend",
  "load_more_3: prepend",
  "reset: reset",
  "event_reply: reply",
  "event_reply_title: reply",
  "event_noop: reply",
  "heartbeat: heartbeat",
  "presence_join: other",
  "presence_typing: other",
  "presence_stop: other",
  "presence_leave: other",
  ...Array.from({ length: 50 }, () => "creates_50: insert"),
  "leave: control",
  "leave: reply",
];
