import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFrame, splitFrame } from "../../../harness/protocol/envelope.ts";

describe("a frame is split without its payload being parsed", () => {
  it.each([
    [
      '["4",null,"lv:phx-A","diff",{"e":[["x",{}]]}]',
      { joinRef: "4", ref: null, topic: "lv:phx-A", event: "diff", payloadText: '{"e":[["x",{}]]}' },
    ],
    [
      '[null,"14","phoenix","phx_reply",{"response":{},"status":"ok"}]',
      {
        joinRef: null,
        ref: "14",
        topic: "phoenix",
        event: "phx_reply",
        payloadText: '{"response":{},"status":"ok"}',
      },
    ],
    [
      '["1","2","a \\"topic\\", with \\\\","e",[]]',
      { joinRef: "1", ref: "2", topic: 'a "topic", with \\', event: "e", payloadText: "[]" },
    ],
  ])("%s", (text, envelope) => {
    expect(splitFrame(text)).toEqual(envelope);
  });

  it.each([
    ['{"topic":"a"}', 'frame: "{\\"topic\\":\\"a\\"}" is not a JSON array'],
    ['["1","2"]', 'frame: "[\\"1\\",\\"2\\"]" is not [join_ref, ref, topic, event, payload]'],
    [
      '[1,"2","t","e",{}]',
      'frame: "[1,\\"2\\",\\"t\\",\\"e\\",{}]" is not [join_ref, ref, topic, event, payload]',
    ],
    ['["1","2",null,"e",{}]', 'frame: "[\\"1\\",\\"2\\",null,\\"e\\",{}]" has no topic'],
    ['["1","2","t]', 'frame: "[\\"1\\",\\"2\\",\\"t]" ends within its envelope'],
    ["", 'frame: "" is not a JSON array'],
    [
      '["1","2","\\q","e",{}]',
      'frame: "[\\"1\\",\\"2\\",\\"\\\\q\\",\\"e\\",{}]" has an element that is no JSON',
    ],
    [
      '[1234,"2","t","e",{}]',
      'frame: "[1234,\\"2\\",\\"t\\",\\"e\\",{}]" has an element that is neither text nor null',
    ],
  ])("%s is refused", (text, message) => {
    expect(() => splitFrame(text)).toThrow(expect.objectContaining({ code: "protocol", message }));
  });

  it("gives back what was encoded", () => {
    const ref = fc.option(fc.string());
    fc.assert(
      fc.property(
        ref,
        ref,
        fc.string(),
        fc.string(),
        fc.jsonValue(),
        (joinRef, ref, topic, event, payload) => {
          const envelope = splitFrame(encodeFrame(joinRef, ref, topic, event, payload));
          expect(envelope).toEqual({ joinRef, ref, topic, event, payloadText: JSON.stringify(payload) });
        },
      ),
    );
  });
});
