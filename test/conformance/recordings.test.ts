import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkInvariants } from "../../harness/page/invariants.ts";
import { type ListChange, noChange } from "../../harness/page/list-change.ts";
import { createListReader, LivePage } from "../../harness/page/live-page.ts";
import { type Channel, newChannel, step } from "../../harness/protocol/channel.ts";
import { FrameDecoder } from "../../harness/protocol/frame-decoder.ts";
import { checkHeartbeatReply, heartbeatFrame } from "../../harness/protocol/heartbeat.ts";
import { operationOf } from "../../harness/user/frame-report.ts";

const WIRE = new URL("../fixtures/wire/", import.meta.url);
const FIELDS = { sender: ".sender", content: ".content", edited: ".edited", time: "time" };

/** One recorded frame. */
interface Recorded {
  readonly step: string;
  readonly dir: "in" | "out";
  readonly bytes: number;
  readonly data: string;
}

/** A message as `expected.json` has it. */
interface ExpectedMessage {
  readonly id: number;
  readonly sender_email: string;
  readonly content: string;
  readonly inserted_at: string;
  readonly edited: boolean;
}

function read(name: string): string {
  return readFileSync(new URL(name, WIRE), "utf8");
}

function recording(name: string): readonly Recorded[] {
  return read(`${name}.jsonl`)
    .trim()
    .split("\n")
    .map((line): Recorded => JSON.parse(line));
}

/** The frames of a recording through decoder, channel and page, as a simulated user takes them. */
class Replay {
  readonly #decoder = new FrameDecoder();
  readonly #reader = createListReader({ list: "#messages", fields: FIELDS });
  #channel: Channel | null = null;
  #heartbeatRef: string | null = null;
  #page: LivePage | null = null;
  readonly sent: string[] = [];
  /** What each frame from the server did: `step: operation`. */
  readonly operations: string[] = [];

  get page(): LivePage {
    if (this.#page === null) throw new Error("the view has not joined");
    return this.#page;
  }

  get phase(): string | undefined {
    return this.#channel?.phase;
  }

  take({ step, dir, data }: Recorded): void {
    if (dir === "out") this.#push(JSON.parse(data));
    else this.#receive(step, data);
  }

  #push([, ref, topic, event, payload]: [string | null, string, string, string, unknown]): void {
    if (event === "heartbeat") {
      this.#heartbeatRef = ref;
      this.sent.push(heartbeatFrame(ref));
      return;
    }
    const channel = this.#channel ?? newChannel(topic, "view");
    const { channel: after, outputs } =
      event === "phx_join"
        ? step(channel, { kind: "join", ref, payload })
        : event === "phx_leave"
          ? step(channel, { kind: "leave", ref })
          : step(channel, { kind: "push", ref, event, payload });
    this.#channel = after;
    for (const output of outputs) if (output.kind === "send") this.sent.push(output.text);
  }

  #receive(recordedStep: string, text: string): void {
    if (this.#channel === null) throw new Error("the recording starts with a frame from the server");
    const frame = this.#decoder.decode(text);
    if (frame.topic === "phoenix") {
      checkHeartbeatReply(frame, this.#heartbeatRef);
      this.operations.push(`${recordedStep}: ${operationOf(frame, noChange(this.page.items))}`);
      return;
    }
    const { channel, outputs } = step(this.#channel, { kind: "frame", frame });
    this.#channel = channel;
    let change: ListChange | null = null;
    for (const output of outputs) {
      if (output.kind === "joined") this.#page = new LivePage(this.#reader, output.rendered);
      if (output.kind === "diff") change = this.page.apply(output.diff);
      if (output.kind === "reply" && output.reply.diff !== null) change = this.page.apply(output.reply.diff);
      if (output.kind === "down" || output.kind === "refused") throw new Error(JSON.stringify(output));
    }
    change ??= noChange(this.page.items);
    expect(checkInvariants(change)).toEqual([]);
    this.operations.push(`${recordedStep}: ${operationOf(frame, change)}`);
  }
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
  const replay = new Replay();
  const lists: Record<string, readonly ExpectedMessage[]> = {};
  for (const recorded of recording(name)) {
    replay.take(recorded);
    if (recorded.dir === "in") lists[recorded.step] = messagesOn(replay.page);
  }
  return lists;
}

/** The whole numbers from `first` to `last`. */
function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

describe("the simulated user reads the recordings of a real server", () => {
  const expected: Record<string, Record<string, readonly ExpectedMessage[]>> = JSON.parse(
    read("expected.json"),
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
      const replay = new Replay();
      for (const recorded of recording(name)) replay.take(recorded);
      expect(replay.phase).toBe("left");
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
    const replay = new Replay();
    for (const recorded of recording(name)) replay.take(recorded);
    expect(replay.page.items.map(({ id }) => id)).toEqual(expectedIds.map((id) => `messages-${id}`));
  });

  it.each(["stream", "stateful", "chrome-stream"])(
    "%s: what the channel sends is what was recorded",
    (name) => {
      const replay = new Replay();
      const frames = recording(name);
      for (const recorded of frames) replay.take(recorded);
      expect(replay.sent).toEqual(frames.filter(({ dir }) => dir === "out").map(({ data }) => data));
    },
  );

  it.each(["stream", "limited", "stateful", "keyed"])(
    "%s: every frame's operation is told from it",
    (name) => {
      const replay = new Replay();
      for (const recorded of recording(name)) replay.take(recorded);
      expect(replay.operations).toEqual(OPERATIONS);
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
