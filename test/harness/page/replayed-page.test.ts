import { describe, expect, test } from "vitest";
import type { RecordedViewer } from "../../../harness/core/recording.ts";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { ReplayedPage } from "../../../harness/page/replayed-page.ts";
import { elementsIn } from "../../../harness/page/shown-page.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import { treeToWire } from "../../../harness/protocol/to-wire.ts";
import { RECORDED_LIST } from "../../conformance/recorded-user.ts";
import { recording } from "../../conformance/recording.ts";

const LIST = { container: RECORDED_LIST.list, fields: RECORDED_LIST.fields };

/** The frames of a recording that change the page, the first of which is the answer to the join. */
function framesOf(name: string) {
  const decoder = new FrameDecoder();
  return recording(name)
    .filter(({ dir }) => dir === "in")
    .map(({ data }) => decoder.decode(data))
    .filter(({ topic }) => topic.startsWith("lv:"));
}

/** A recording that begins with a page as it is now. */
function baseOf(page: LivePage): Pick<RecordedViewer, "list" | "base"> {
  const { shown } = page;
  const { rendered, diffs } = treeToWire(shown.tree, (container) => elementsIn(shown, container));
  // As it is in a file.
  const read = JSON.parse(JSON.stringify({ rendered, diffs }));
  return { list: LIST, base: { after: "checkpoint", atUs: 0, viewId: "phx-1", ...read } };
}

describe("from wherever it is begun, every fifteenth frame, a page shows what the one shows that has had all frames", () => {
  test.each([
    ["chrome-stream", 13],
    ["stream", 74],
    ["limited", 74],
    ["stateful", 74],
    ["keyed", 74],
    ["append", 71],
    ["lv-1.0-stream", 6],
    ["lv-1.0-stateful", 6],
  ])("%s", (name, frames) => {
    const reader = createListReader(RECORDED_LIST);
    const received = framesOf(name);
    let page: LivePage | null = null;
    const replays: ReplayedPage[] = [];
    let compared = 0;
    for (const frame of received) {
      if (frame.kind === "reply" && frame.reply.rendered !== null) {
        page = new LivePage(reader, frame.reply.rendered);
      } else {
        const diff = frame.kind === "diff" ? frame.diff : frame.kind === "reply" ? frame.reply.diff : null;
        if (diff === null || page === null) continue;
        page.apply(diff);
        const event = frame.kind === "diff" ? "diff" : "phx_reply";
        for (const replay of replays) replay.take({ event, payloadText: frame.payloadText });
      }
      if (compared % 15 === 0) replays.push(new ReplayedPage(baseOf(page)));
      compared += 1;
      const shown = JSON.stringify(page.items);
      for (const replay of replays) expect(JSON.stringify(replay.items)).toBe(shown);
    }
    expect(compared).toBe(frames);
  });
});

test("a frame is named by what it does to the list, and by the invariant that it breaks", () => {
  const rendered = {
    "0": { s: ["<p id='", "'></p>"], k: { "0": { "0": "a" }, "1": { "0": "b" }, kc: 2 } },
    s: ["<div id='messages'>", "</div>"],
  };
  const base = { after: "join", atUs: 0, viewId: "phx-1", rendered, diffs: [] } as const;
  const page = new ReplayedPage({
    list: { container: "#messages", fields: {} },
    base: { ...base, diffs: [] },
  });
  const take = (keyed: object) =>
    page.take({ event: "diff", payloadText: JSON.stringify({ "0": { k: keyed } }) });
  expect(take({ "2": { "0": "c" }, kc: 3 })).toMatchObject({ operation: "insert", violation: null });
  expect(take({ "3": { "0": "a" }, kc: 4 })).toMatchObject({ violation: { kind: "duplicate-id", id: "a" } });
  expect(page.items.map(({ id }) => id)).toEqual(["a", "b", "c", "a"]);
});
