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
    channel: newChannel("lv:phx-A", "view"),
    outputs: [],
  });
}

const join: ChannelInput = { kind: "join", ref: "1", payload: { url: "http://x" } };
const push: ChannelInput = { kind: "push", ref: "2", event: "event", payload: { type: "click" } };
const leave: ChannelInput = { kind: "leave", ref: "2" };
const joined = [join, frame(JOINED)] as const;
const refusedWith = (response: string): ChannelInput =>
  frame(`["1","1","lv:phx-A","phx_reply",{"status":"error","response":${response}}]`);

describe("what is sent", () => {
  it.each<[string, readonly ChannelInput[], string]>([
    ["a join", [join], '["1","1","lv:phx-A","phx_join",{"url":"http://x"}]'],
    ["an event", [...joined, push], '["1","2","lv:phx-A","event",{"type":"click"}]'],
    ["a leave", [...joined, leave], '["1","2","lv:phx-A","phx_leave",{}]'],
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
        { kind: "navigate", navigation: { how: "live_redirect", to: "/b", history: "push", flash: null } },
      ],
    ],
    [
      "a patch that the server pushes",
      [...joined, frame('["1",null,"lv:phx-A","live_patch",{"to":"/c","kind":"push"}]')],
      "joined",
      [{ kind: "navigate", navigation: { how: "live_patch", to: "/c", history: "push", flash: null } }],
    ],
    [
      "a refused join",
      [
        join,
        frame('["1","1","lv:phx-A","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]'),
      ],
      "down",
      [
        {
          kind: "refused",
          reason: "unauthorized",
          refusal: { kind: "page-request", reason: "unauthorized" },
          response: { reason: "unauthorized" },
        },
      ],
    ],
    [
      "a refused join that names no reason",
      [join, refusedWith('{"code":7}')],
      "down",
      [{ kind: "refused", reason: '{"code":7}', refusal: { kind: "failed" }, response: { code: 7 } }],
    ],
    ["an event that no view listens to", [...joined, frame('["1",null,"lv:phx-A","x",{}]')], "joined", []],
    [
      "a join that is answered when it is not wanted any more",
      [join, { kind: "leave", ref: "2" }, frame(JOINED)],
      "leaving",
      [],
    ],
    [
      "a crash while it leaves",
      [...joined, leave, frame('["1","1","lv:phx-A","phx_error",{}]')],
      "left",
      [{ kind: "left" }],
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
      [...joined, leave, frame('["1","1","lv:phx-A","phx_close",{}]')],
      "left",
      [{ kind: "left" }],
    ],
    [
      "the reply to a leave, without a close",
      [...joined, leave, frame('["1","2","lv:phx-A","phx_reply",{"status":"ok","response":{}}]')],
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
      "a socket that closes",
      [...joined, { kind: "lost", code: "socket-closed", message: "gone" }],
      "down",
      [{ kind: "down", code: "socket-closed", message: "gone" }],
    ],
    [
      "a socket that closes after a leave",
      [
        ...joined,
        leave,
        frame('["1","1","lv:phx-A","phx_close",{}]'),
        { kind: "lost", code: "socket-closed", message: "bye" },
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
      "a reply to nothing",
      [frame('["1","9","lv:phx-A","phx_reply",{"status":"ok","response":{}}]')],
      "phx_reply: answers ref 9, which was never pushed or answered before",
    ],
    [
      "a diff before the join is answered",
      [join, frame('["1",null,"lv:phx-A","diff",{"0":"a"}]')],
      "diff: comes before the join was answered",
    ],
    [
      "a join that is answered without a page",
      [join, frame('["1","1","lv:phx-A","phx_reply",{"status":"ok","response":{}}]')],
      "phx_reply at response.rendered: is missing from the answer to a join",
    ],
    [
      "a patch of the URL that does not say what becomes of the history",
      [frame('["1",null,"lv:phx-A","live_patch",{"to":"/a","kind":"pop"}]')],
      'live_patch at kind: is neither "push" nor "replace"',
    ],
    [
      "a redirect in a reply to something that is no URL",
      [push, frame('["1","2","lv:phx-A","phx_reply",{"status":"ok","response":{"live_redirect":{"to":1}}}]')],
      "live_redirect at response.live_redirect.to: is no string",
    ],
    [
      "a redirect with a flash that is no token",
      [frame('["1",null,"lv:phx-A","redirect",{"to":"/","flash":{}}]')],
      "redirect at flash: is no string",
    ],
    [
      "a redirect that is no object",
      [frame('["1",null,"lv:phx-A","redirect",[1]]')],
      "redirect: is no object",
    ],
    ["a redirect to nowhere", [frame('["1",null,"lv:phx-A","redirect",{}]')], "redirect at to: is missing"],
  ])("%s", (_name, inputs, message) => {
    expect(() => run(...joined, ...inputs)).toThrow(expect.objectContaining({ code: "protocol", message }));
  });
});

describe("a channel of an application's own", () => {
  const application = (...inputs: readonly ChannelInput[]): Step =>
    inputs.reduce<Step>(({ channel }, input) => step(channel, input), {
      channel: newChannel("room:1", "application"),
      outputs: [],
    });
  const accepted = frame('["1","1","room:1","phx_reply",{"status":"ok","response":{"rendered":1}}]');

  it.each<[string, readonly ChannelInput[], Channel["phase"], readonly object[]]>([
    ["is joined", [join, accepted], "joined", [{ kind: "accepted", response: { rendered: 1 } }]],
    [
      "is refused",
      [join, frame('["1","1","room:1","phx_reply",{"status":"error","response":"full"}]')],
      "down",
      [{ kind: "refused", reason: '"full"', refusal: { kind: "failed" }, response: "full" }],
    ],
    [
      "has its pushes answered with whatever it likes",
      [join, accepted, push, frame('["1","2","room:1","phx_reply",{"status":"ok","response":[1]}]')],
      "joined",
      [{ kind: "answer", ref: "2", answer: { status: "ok", response: [1] } }],
    ],
    [
      "gets events of its own, whatever their names",
      [join, accepted, frame('[null,null,"room:1","diff",{"0":"a"}]')],
      "joined",
      [{ kind: "event", event: "diff", payload: { 0: "a" } }],
    ],
    [
      "is left",
      [join, accepted, leave, frame('["1","2","room:1","phx_reply",{"status":"ok","response":{}}]')],
      "left",
      [{ kind: "left" }],
    ],
  ])("%s", (_name, inputs, phase, outputs) => {
    const { channel, outputs: actual } = application(...inputs);
    expect(channel.phase).toBe(phase);
    expect(actual).toEqual(outputs);
  });
});
