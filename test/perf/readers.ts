import { createListReader } from "../../harness/page/list-reader.ts";
import { LivePage } from "../../harness/page/live-page.ts";
import type { Diff } from "../../harness/protocol/diff.ts";
import { FrameDecoder } from "../../harness/protocol/frame-decoder.ts";
import { RECORDED_LIST } from "../conformance/recorded-user.ts";
import { recording } from "../conformance/recording.ts";
import type { Rendered, RenderedClass, WireObject } from "../official/rendered.ts";

/** The frames of a recording that change the page, as text: the join, then all that follows. */
export function sessionOf(name: string): readonly string[] {
  return recording(name)
    .filter(({ dir, data }) => dir === "in" && changeIn(JSON.parse(data)) !== null)
    .map(({ data }) => data);
}

/** What a frame has for the tree: the payload of a diff, or what a reply brings. */
function changeIn([, , , event, payload]: readonly [
  unknown,
  unknown,
  unknown,
  string,
  WireObject,
]): WireObject | null {
  if (event === "diff") return payload;
  const response = payload.response as { rendered?: WireObject; diff?: WireObject } | undefined;
  return response?.rendered ?? response?.diff ?? null;
}

/**
 * The official client's share of the work: parse, merge, and the HTML that it hands to its DOM patching.
 *
 * @returns the length of the last HTML
 */
export function readOfficially(Official: RenderedClass, session: readonly string[]): number {
  let rendered: Rendered | null = null;
  let length = 0;
  for (const text of session) {
    const change = changeIn(JSON.parse(text)) ?? {};
    Official.extract(change);
    if (rendered === null) rendered = new Official("phx-view", change);
    else rendered.mergeDiff(change);
    const output = rendered.toString();
    length = ("buffer" in output ? output.buffer : output[0]).length;
  }
  return length;
}

/**
 * Simulated users of one process who all get the same frames, one frame after the other, each user to the point where
 * the items of its list are up to date. Nothing is known from before.
 *
 * @returns how much text the items have in the end
 */
export function readAsUsers(users: number, session: readonly string[]): number {
  const decoder = new FrameDecoder();
  const reader = createListReader(RECORDED_LIST);
  const pages: LivePage[] = [];
  let length = 0;
  for (const text of session) {
    for (let user = 0; user < users; user++) {
      const change = diffIn(decoder, text);
      const page = pages[user];
      if (page === undefined) pages.push(new LivePage(reader, change));
      else page.apply(change);
    }
  }
  for (const { items } of pages) for (const item of items) length += item.text.length;
  return length;
}

function diffIn(decoder: FrameDecoder, text: string): Diff {
  const frame = decoder.decode(text);
  const diff =
    frame.kind === "diff"
      ? frame.diff
      : frame.kind === "reply"
        ? (frame.reply.rendered ?? frame.reply.diff)
        : null;
  if (diff === null) throw new Error("the frame has nothing for the page");
  return diff;
}
