import { describe, expect, it } from "vitest";
import {
  type Channel,
  type ChannelInput,
  newChannel,
  type Step,
  step,
} from "../../../harness/protocol/channel.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";

const decoder = new FrameDecoder();
const frame = (text: string): ChannelInput => ({ kind: "frame", frame: decoder.decode(text) });
const JOINED = '["1","1","lv:phx-A","phx_reply",{"status":"ok","response":{"rendered":{"s":["a"]}}}]';

/** The last of these inputs' step, from a new channel on. */
function run(...inputs: readonly ChannelInput[]): Step {
  return inputs.reduce<Step>(({ channel }, input) => step(channel, input), {
    channel: newChannel("phx-A"),
    outputs: [],
  });
}

const join: ChannelInput = { kind: "join", payload: { url: "http://x" } };
const push: ChannelInput = { kind: "push", event: "event", payload: { type: "click" } };
const joined = [join, frame(JOINED)] as const;

describe("what is sent", () => {
  it.each<[string, readonly ChannelInput[], string]>([
    ["a join", [join], '["1","1","lv:phx-A","phx_join",{"url":"http://x"}]'],
    ["an event", [...joined, push], '["1","2","lv:phx-A","event",{"type":"click"}]'],
    ["a heartbeat", [...joined, push, { kind: "heartbeat-due" }], '[null,"3","phoenix","heartbeat",{}]'],
    ["a leave", [...joined, { kind: "leave" }], '["1","2","lv:phx-A","phx_leave",{}]'],
  ])("%s", (_name, inputs, text) => {
    expect(run(...inputs).outputs).toEqual([{ kind: "send", ref: JSON.parse(text)[1], text }]);
  });
});

describe("what comes of a frame", () => {
  it.each<[string, readonly ChannelInput[], Channel["phase"], readonly object[]]>([
    [
      "an event's reply",
      [...joined, push, frame('["1","2","lv:phx-A","phx_reply",{"status":"ok","response":{}}]')],
      "joined",
      [{ kind: "reply", ref: "2", reply: { status: "ok", rendered: null, diff: null, response: {} } }],
    ],
    [
      "a reply that sends the user elsewhere",
      [
        ...joined,
        push,
        frame(
          '["1","2","lv:phx-A","phx_reply",{"status":"ok","response":{"live_redirect":{"to":"/b","kind":"push"}}}]',
        ),
      ],
      "joined",
      [
        expect.objectContaining({ kind: "reply", ref: "2" }),
        { kind: "navigate", navigation: { how: "live_redirect", to: "/b" } },
      ],
    ],
    [
      "a patch that the server pushes",
      [...joined, frame('["1",null,"lv:phx-A","live_patch",{"to":"/c","kind":"push"}]')],
      "joined",
      [{ kind: "navigate", navigation: { how: "live_patch", to: "/c" } }],
    ],
    [
      "a refused join",
      [
        join,
        frame('["1","1","lv:phx-A","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]'),
      ],
      "down",
      [{ kind: "refused", reason: "unauthorized", response: { reason: "unauthorized" } }],
    ],
    [
      "a crash",
      [...joined, frame('["1","1","lv:phx-A","phx_error",{}]')],
      "down",
      [{ kind: "down", code: "channel-crashed", message: "the view crashed on the server (phx_error)" }],
    ],
    [
      "a close that nobody asked for",
      [...joined, frame('["1","1","lv:phx-A","phx_close",{}]')],
      "down",
      [{ kind: "down", code: "channel-closed", message: "the server closed the channel (phx_close)" }],
    ],
    [
      "a close after a leave",
      [...joined, { kind: "leave" }, frame('["1","1","lv:phx-A","phx_close",{}]')],
      "left",
      [{ kind: "left" }],
    ],
    [
      "the reply to a leave, without a close",
      [...joined, { kind: "leave" }, frame('["1","2","lv:phx-A","phx_reply",{"status":"ok","response":{}}]')],
      "left",
      [{ kind: "left" }],
    ],
    [
      "a frame of an earlier join",
      [...joined, frame('["0",null,"lv:phx-A","diff",{"0":"a"}]')],
      "joined",
      [{ kind: "stale" }],
    ],
    [
      "a heartbeat's reply",
      [
        ...joined,
        { kind: "heartbeat-due" },
        frame('[null,"2","phoenix","phx_reply",{"status":"ok","response":{}}]'),
      ],
      "joined",
      [{ kind: "heartbeat" }],
    ],
    [
      "a heartbeat that was not answered by the next",
      [...joined, { kind: "heartbeat-due" }, { kind: "heartbeat-due" }],
      "down",
      [{ kind: "down", code: "heartbeat-timeout", message: "the server did not answer the last heartbeat" }],
    ],
    [
      "a socket that closes",
      [...joined, { kind: "socket-closed", code: 1006, reason: "" }],
      "down",
      [{ kind: "down", code: "socket-closed", message: "the socket was closed with code 1006" }],
    ],
    [
      "a socket that closes after a leave",
      [
        ...joined,
        { kind: "leave" },
        frame('["1","1","lv:phx-A","phx_close",{}]'),
        { kind: "socket-closed", code: 1000, reason: "bye" },
      ],
      "left",
      [],
    ],
  ])("%s", (_name, inputs, phase, outputs) => {
    const { channel, outputs: actual } = run(...inputs);
    expect(channel.phase).toBe(phase);
    expect(actual).toEqual(outputs);
  });
});

describe("a frame that has no place in the conversation is refused", () => {
  it.each<[string, readonly ChannelInput[], string]>([
    [
      "of another topic",
      [frame('["1",null,"lv:phx-B","diff",{}]')],
      "diff: is for topic lv:phx-B, which was never joined",
    ],
    [
      "a reply to nothing",
      [frame('["1","9","lv:phx-A","phx_reply",{"status":"ok","response":{}}]')],
      "phx_reply: answers ref 9, which was never pushed or answered before",
    ],
    [
      "an unknown event",
      [frame('["1",null,"lv:phx-A","x",{}]')],
      "x: has no place in a channel that is joined",
    ],
    [
      "a heartbeat's reply without a heartbeat",
      [frame('[null,"9","phoenix","phx_reply",{"status":"ok","response":{}}]')],
      "phx_reply: on topic phoenix answers no heartbeat of this socket",
    ],
    ["a redirect to nowhere", [frame('["1",null,"lv:phx-A","redirect",{}]')], "redirect at to: is missing"],
  ])("%s", (_name, inputs, message) => {
    expect(() => run(...joined, ...inputs)).toThrow(expect.objectContaining({ code: "protocol", message }));
  });
});
