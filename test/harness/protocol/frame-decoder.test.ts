import { describe, expect, it } from "vitest";
import { encodeFrame } from "../../../harness/protocol/envelope.ts";
import { type Frame, FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";

const diffOf = (frame: Frame) => (frame.kind === "diff" ? frame.diff : null);

describe("a payload is parsed once", () => {
  it("for all users to whom it is broadcast", () => {
    const decoder = new FrameDecoder();
    const frames = ["1", "2", "3"].map((joinRef) =>
      decoder.decode(encodeFrame(joinRef, null, `lv:phx-${joinRef}`, "diff", { 0: "a" })),
    );
    expect(frames.map(({ topic }) => topic)).toEqual(["lv:phx-1", "lv:phx-2", "lv:phx-3"]);
    expect(frames.map((frame) => diffOf(frame) === diffOf(frames[0] as Frame))).toEqual([true, true, true]);
    expect(decoder.parsed).toBe(1);
  });

  it("but never taken for that of another event", () => {
    const decoder = new FrameDecoder();
    const frames = ["diff", "other"].map((event) => decoder.decode(encodeFrame("1", null, "t", event, {})));
    expect(frames.map(({ kind }) => kind)).toEqual(["diff", "other"]);
  });
});

describe("a payload that is not understood is refused", () => {
  it.each([
    ["no JSON", '["1",null,"t","diff",{"a]', "diff: the payload is not JSON"],
    ["a reply without a status", '["1","1","t","phx_reply",{}]', "phx_reply at status: unexpected undefined"],
    [
      "a wrong diff in a reply",
      '["1","1","t","phx_reply",{"status":"ok","response":{"diff":{"0":{"s":0}}}}]',
      "phx_reply at response.diff.0: template 0 is not in this frame",
    ],
  ])("%s", (_name, text, message) => {
    expect(() => new FrameDecoder().decode(text)).toThrow(
      expect.objectContaining({ code: "protocol", message }),
    );
  });
});
