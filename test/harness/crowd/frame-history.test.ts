import { expect, test } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import { FrameHistory, type UserFrames } from "../../../harness/crowd/frame-history.ts";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { type Frame, FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import type { SocketChannel } from "../../../harness/user/socket-channel.ts";
import type { ReceivedFrame } from "../../../harness/user/socket-owner.ts";
import type { View } from "../../../harness/user/view.ts";

const LIMITS = { text: 1000, index: 10_000 };
const BEGIN = micros(1_700_000_000_000_000);
const at = (ms: number): Micros => micros(BEGIN + ms * 1000);

const decoder = new FrameDecoder();
const reader = createListReader({ list: "#messages", fields: {} });
const RENDERED = { s: ["<div id='messages'>", "</div>"], "0": { s: ["<p id='", "'></p>"], k: { kc: 0 } } };

/** A payload that renders these ids. */
const payload = (...ids: readonly string[]) => {
  const keyed = Object.fromEntries(ids.map((id, index) => [index, { "0": id }]));
  return JSON.stringify({ "0": { k: { ...keyed, kc: ids.length } } });
};

/** A user who has joined, and is given frames as his socket gives them. */
function joined(history: FrameHistory) {
  const frames: UserFrames = history.add();
  const channel = {} as SocketChannel;
  const reply = { status: "ok", response: { rendered: RENDERED } };
  const join = decoder.decode(`["1","1","lv:phx-1","phx_reply",${JSON.stringify(reply)}]`);
  if (join.kind !== "reply" || join.reply.rendered === null) throw new Error("no join");
  const page = new LivePage(reader, join.reply.rendered);
  const lister = { id: "phx-1", channel, page } as View;
  const give = (frame: Frame, atUs: Micros, outputs: ReceivedFrame["outputs"], to = channel) =>
    frames.take(
      { frame, channel: to, outputs, receivedAt: atUs, bytes: 0 as ReceivedFrame["bytes"] },
      lister,
    );
  give(join, at(0), [{ kind: "joined", rendered: join.reply.rendered, response: {} }]);
  return {
    frames,
    lister,
    /** A diff that is pushed, merged and kept. */
    diff: (payloadText: string, ms: number, to = channel) => {
      const frame = decoder.decode(`["1",null,"lv:phx-1","diff",${payloadText}]`);
      if (frame.kind !== "diff") throw new Error("no diff");
      page.apply(frame.diff);
      give(frame, at(ms), [], to);
    },
    reply: (response: object, ms: number) =>
      give(
        decoder.decode(`["1","2","lv:phx-1","phx_reply",${JSON.stringify({ status: "ok", response })}]`),
        at(ms),
        [],
      ),
    told: () => frames.kept()?.frames.map(({ event, payloadText }) => [event, payloadText]),
  };
}

test("a user's frames are kept from his join on, with their times, but for answers that change nothing", () => {
  const { frames, diff, reply } = joined(new FrameHistory(1, LIMITS));
  diff(payload("a"), 5);
  reply({}, 6);
  reply({ diff: { "0": { k: { kc: 0 } } } }, 7);
  expect(frames.kept()).toMatchObject({
    base: { after: "join", atUs: at(0), viewId: "phx-1", shown: { rows: [] } },
    frames: [
      { event: "diff", payloadText: payload("a"), receivedUs: at(5) },
      { event: "phx_reply", receivedUs: at(7) },
    ],
    cutOff: null,
  });
});

test("once everybody was checked, users go on from what they see then", () => {
  const history = new FrameHistory(2, LIMITS);
  const [one, other] = [joined(history), joined(history)];
  one.diff(payload("a"), 5);
  history.startAnew(at(10));
  one.diff(payload("a", "b"), 15);
  other.diff(payload("a", "b"), 16);
  expect(one.frames.kept()?.base).toMatchObject({
    after: "checkpoint",
    atUs: at(10),
    shown: { rows: [{ id: "a" }] },
  });
  expect([one.told(), other.told()]).toEqual([[["diff", payload("a", "b")]], [["diff", payload("a", "b")]]]);
});

test("a payload that all users of a room are sent takes the room of one", () => {
  const history = new FrameHistory(50, { text: 2 * payload("a").length, index: 100_000 });
  const users = Array.from({ length: 50 }, () => joined(history));
  for (const { diff } of users) diff(payload("a"), 1);
  for (const { diff } of users) diff(payload("b"), 2);
  for (const { diff } of users) diff(payload("c"), 3);
  for (const { frames } of users) {
    const kept = frames.kept();
    expect(kept?.frames).toHaveLength(2);
    expect(kept?.cutOff).toBe("only the first 2 frames after it were kept: there were too many");
  }
});

test("what comes after a frame for which there was no room is not kept, though there were room for it", () => {
  const history = new FrameHistory(2, { text: payload("a").length + 10, index: 10_000 });
  const [one, other] = [joined(history), joined(history)];
  one.diff(payload("a"), 1);
  other.diff(payload("a"), 2);
  one.diff(payload("b"), 3);
  one.diff(payload("a"), 4);
  expect([one.told(), other.told()]).toEqual([[["diff", payload("a")]], [["diff", payload("a")]]]);
  expect(other.frames.kept()?.cutOff).toBeNull();
  history.startAnew(at(10));
  one.diff(payload("b"), 11);
  expect(one.told()).toEqual([["diff", payload("b")]]);
});

test("frames of other views of the page are none of the list's, and who has not joined has none", () => {
  const history = new FrameHistory(2, LIMITS);
  const { diff, told } = joined(history);
  diff(payload("a"), 1, {} as SocketChannel);
  expect(told()).toEqual([]);
  expect(history.add().kept()).toBeNull();
});
