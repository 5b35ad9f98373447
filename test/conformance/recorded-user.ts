import { expect } from "vitest";
import { checkInvariants } from "../../harness/page/invariants.ts";
import { type ListChange, noChange } from "../../harness/page/list-change.ts";
import { createListReader } from "../../harness/page/list-reader.ts";
import { LivePage } from "../../harness/page/live-page.ts";
import { type Channel, newChannel, step } from "../../harness/protocol/channel.ts";
import { FrameDecoder } from "../../harness/protocol/frame-decoder.ts";
import { checkHeartbeatReply, heartbeatFrame } from "../../harness/protocol/heartbeat.ts";
import { SOCKET_TOPIC } from "../../harness/protocol/wire-keys.ts";
import { operationOf } from "../../harness/user/frame-report.ts";
import type { Recorded } from "./recording.ts";

/** The list of the recorded pages. */
export const RECORDED_LIST = {
  list: "#messages",
  fields: { sender: ".sender", content: ".content", edited: ".edited", time: "time" },
} as const;

/** A simulated user who takes the frames of a recording through decoder, channel and page, and checks each one. */
export class RecordedUser {
  readonly #decoder = new FrameDecoder();
  readonly #reader = createListReader(RECORDED_LIST);
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
    if (frame.topic === SOCKET_TOPIC) {
      checkHeartbeatReply(frame, this.#heartbeatRef);
      this.operations.push(`${recordedStep}: ${operationOf(frame, noChange(this.page.items), null)}`);
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
    this.operations.push(`${recordedStep}: ${operationOf(frame, change, null)}`);
  }
}
