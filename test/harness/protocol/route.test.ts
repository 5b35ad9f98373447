import { describe, expect, it } from "vitest";
import { type Channel, newChannel, step } from "../../../harness/protocol/channel.ts";
import { splitFrame } from "../../../harness/protocol/envelope.ts";
import { routeFrame } from "../../../harness/protocol/route.ts";

const joining = (topic: string, ref: string): { readonly state: Channel } => ({
  state: step(newChannel(topic, "view"), { kind: "join", ref, payload: {} }).channel,
});

const FORMER = joining("lv:phx-A", "1");
const MAIN = joining("lv:phx-A", "5");
const CHILD = joining("lv:child", "2");

function route(joinRef: string | null, topic: string, channels = [FORMER, CHILD, MAIN]) {
  const frame = splitFrame(JSON.stringify([joinRef, null, topic, "diff", {}]));
  return routeFrame(channels, new Set(["lv:gone"]), frame);
}

describe("a frame is for the channel of its topic", () => {
  it("that has joined with its join ref", () => {
    expect(route("2", "lv:child")).toBe(CHILD);
    expect(route("5", "lv:phx-A")).toBe(MAIN);
    expect(route("1", "lv:phx-A")).toBe(FORMER);
  });

  it("whichever it is, without a join ref", () => {
    expect(route(null, "lv:child")).toBe(CHILD);
  });

  it("or for none any more, where that one is gone", () => {
    expect(route("1", "lv:phx-A", [MAIN])).toBe(null);
    expect(route("1", "lv:gone")).toBe(null);
  });

  it("which has to have been joined", () => {
    expect(() => route("1", "lv:other")).toThrow(
      expect.objectContaining({
        code: "protocol",
        message: "diff: is for topic lv:other, which was never joined",
      }),
    );
  });
});
