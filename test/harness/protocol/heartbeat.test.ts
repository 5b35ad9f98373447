import { describe, expect, it } from "vitest";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import { checkHeartbeatReply, heartbeatFrame } from "../../../harness/protocol/heartbeat.ts";

const decode = (text: string) => new FrameDecoder().decode(text);
const ANSWER = decode('[null,"3","phoenix","phx_reply",{"status":"ok","response":{}}]');

describe("a heartbeat", () => {
  it("is sent on the socket's own topic", () => {
    expect(heartbeatFrame("3")).toBe('[null,"3","phoenix","heartbeat",{}]');
  });

  it("is answered by the reply with its ref", () => {
    expect(checkHeartbeatReply(ANSWER, "3")).toBe(undefined);
  });

  it.each([
    ["another one's answer", ANSWER, "4", "phx_reply"],
    ["an answer to none", ANSWER, null, "phx_reply"],
    ["no answer", decode('[null,"3","phoenix","x",{}]'), "3", "x"],
  ])("%s is refused", (_name, frame, ref, event) => {
    expect(() => checkHeartbeatReply(frame, ref)).toThrow(
      expect.objectContaining({
        code: "protocol",
        message: `${event}: on topic phoenix answers no heartbeat of this socket`,
      }),
    );
  });
});
