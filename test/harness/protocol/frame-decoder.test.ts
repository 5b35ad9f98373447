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
    const frames = ["diff", "other"].map((event) =>
      decoder.decode(encodeFrame("1", null, "lv:t", event, {})),
    );
    expect(frames.map(({ kind }) => kind)).toEqual(["diff", "other"]);
  });
});

it("what is not a view's is handed on as it came", () => {
  const payload = { status: "ok", response: { diff: { s: 1 } } };
  const frames = ["diff", "phx_reply"].map((event) =>
    new FrameDecoder().decode(encodeFrame("1", "1", "room:1", event, payload)),
  );
  expect(frames).toMatchObject([
    { kind: "other", payload },
    { kind: "answer", answer: payload },
  ]);
});

/** JSON that is nested as deeply as a hostile server likes. */
const deep = (open: string, close: string, levels = 100_000) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

describe("a payload that is nested without end is refused, not overflowed on", () => {
  it.each<[string, string, RegExp]>([
    [
      "a diff of templates",
      `["1",null,"lv:t","diff",${deep('{"0":', "}", 1_000_000)}]`,
      /^diff at 0(\.0)+: is nested deeper than 256/u,
    ],
    [
      "a diff of arrays",
      `["1",null,"lv:t","diff",{"0":${deep("[", "]")}}]`,
      /^diff at 0: unexpected a value that is nested/u,
    ],
    [
      "a status",
      `["1","1","lv:t","phx_reply",{"status":${deep("[", "]")}}]`,
      /^phx_reply at status: unexpected a value/u,
    ],
    [
      "a comprehension",
      `["1",null,"lv:t","diff",${deep('{"0":{"s":[""],"k":{"kc":1,"0":', "}}}")}]`,
      /^diff at 0(\.k\.0\.0)+: is nested deeper than 256/u,
    ],
  ])("%s", (_name, text, message) => {
    expect(() => new FrameDecoder().decode(text)).toThrow(
      expect.objectContaining({ code: "protocol", message: expect.stringMatching(message) }),
    );
  });
});

describe("a payload that is not understood is refused", () => {
  it.each([
    ["no JSON", '["1",null,"lv:t","diff",{"a]', "diff: the payload is not JSON"],
    [
      "a reply without a status",
      '["1","1","lv:t","phx_reply",{}]',
      "phx_reply at status: unexpected undefined",
    ],
    [
      "a wrong diff in a reply",
      '["1","1","lv:t","phx_reply",{"status":"ok","response":{"diff":{"0":{"s":0}}}}]',
      "phx_reply at response.diff.0: template 0 is not in this frame",
    ],
  ])("%s", (_name, text, message) => {
    expect(() => new FrameDecoder().decode(text)).toThrow(
      expect.objectContaining({ code: "protocol", message }),
    );
  });
});
