import fc from "fast-check";
import { expect, test } from "vitest";
import { createListReader, type ListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import type { Channel } from "../../../harness/protocol/channel.ts";
import type { Diff } from "../../../harness/protocol/diff.ts";
import { encodeFrame } from "../../../harness/protocol/envelope.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import { diffOf } from "../protocol/tree.ts";

const ITEM = ['<p id="', '"><b>', "</b></p>"];
const LIST = { list: "#list", fields: { text: "b" } };
const LONG = "a text that is long enough for samples to miss some of its characters";

/** A page with a list in it: a stream that keeps four messages, or one that is tracked by index. */
const joinOf = (isStream: boolean) => ({
  s: ['<div id="list"', ">", "</div>"],
  0: isStream ? ' phx-update="stream"' : "",
  1: isStream
    ? { s: ITEM, k: { 0: { 0: "m0", 1: "first" }, kc: 1 }, stream: ["0", [["m0", -1, -4, false]], []] }
    : { s: ITEM, k: { 0: { 0: "m0", 1: "first" }, kc: 1 } },
});

const channel = (user: number): Channel => ({
  topic: `lv:phx-${user}`,
  kind: "view",
  phase: "joined",
  joinRef: String(user + 4),
  leaveRef: null,
  pending: new Set(),
});

/** What is sent: which message, with one character of its text another one. */
const message = fc.record({
  isStream: fc.boolean(),
  id: fc.integer({ min: 0, max: 5 }),
  at: fc.integer({ min: 0, max: LONG.length - 1 }),
  letter: fc.constantFrom("a", "b", "ä", "\u{1F600}"),
});

type Message = typeof message extends fc.Arbitrary<infer Value> ? Value : never;

function payloadOf({ isStream, id, at, letter }: Message): object {
  const text = `${LONG.slice(0, at)}${letter}${LONG.slice(at + 1)}`;
  const entry = { 0: `m${id}`, 1: text };
  return isStream
    ? { 1: { k: { 0: entry, kc: 1 }, stream: ["0", [[`m${id}`, -1, -4, false]], []] } }
    : { 1: { k: { 0: entry, kc: 1 } } };
}

/** A user with a page of either kind. */
class Pages {
  readonly #of: Readonly<Record<"true" | "false", LivePage>>;

  constructor(reader: ListReader) {
    const open = (isStream: boolean) => new LivePage(reader, diffOf(joinOf(isStream)));
    this.#of = { true: open(true), false: open(false) };
  }

  /** What a diff does to the page that it is for, and what is on it then. */
  apply(isStream: boolean, diff: Diff) {
    const page = this.#of[`${isStream}`];
    const change = page.apply(diff);
    return { change, items: page.items, html: page.html() };
  }
}

const decoded = (decoder: FrameDecoder, user: number, payload: object): Diff => {
  const state = channel(user);
  const frame = Buffer.from(`......${encodeFrame(state.joinRef, null, state.topic, "diff", payload)}...`);
  const got = decoder.decodeBytes(frame, 6, frame.length - 3, [{ state: channel(9) }, { state }]);
  if (got?.kind !== "diff" || got.topic !== state.topic) throw new Error("is not decoded as what it is");
  return got.diff;
};

test("users who share what equal frames say see what each would see alone, whatever the others get", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ user: fc.integer({ min: 0, max: 3 }), message }), { maxLength: 60 }),
      (frames) => {
        const decoder = new FrameDecoder();
        const reader = createListReader(LIST);
        const together = [0, 1, 2, 3].map(() => new Pages(reader));
        const alone = [0, 1, 2, 3].map(() => new Pages(createListReader(LIST)));
        for (const { user, message: sent } of frames) {
          const payload = payloadOf(sent);
          const seen = together[user]?.apply(sent.isStream, decoded(decoder, user, payload));
          const own = alone[user]?.apply(sent.isStream, diffOf(payload));
          expect(seen).toEqual(own);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("a payload of which any one byte is another is another payload", () => {
  const decoder = new FrameDecoder();
  const payload = payloadOf({ isStream: true, id: 1, at: 0, letter: "a" });
  const text = JSON.stringify(payload);
  const start = text.indexOf("text that");
  const known = [0, 1, 2].map((user) => decoded(decoder, user, payload));
  expect(new Set(known).size).toBe(1);
  for (let at = start; at < start + 60; at++) {
    const altered = JSON.parse(`${text.slice(0, at)}X${text.slice(at + 1)}`);
    for (const user of [0, 1, 2]) {
      const [change] = firstList(decoded(decoder, user, altered));
      expect(change?.diff?.entry?.slots[1]).toBe(altered[1].k[0][1]);
    }
  }
});

test("what comes a third time is recognised by its bytes, and parsed no more", () => {
  const decoder = new FrameDecoder();
  const payload = payloadOf({ isStream: true, id: 1, at: 0, letter: "ä" });
  for (const user of [0, 1, 2, 3]) decoded(decoder, user, payload);
  expect(decoder.parsed).toBe(1);
});

function firstList({ root }: Diff) {
  const value = root?.kind === "slots" ? root.values[0] : undefined;
  return typeof value === "object" && value.kind === "list" ? value.changes : [];
}
