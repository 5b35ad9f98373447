import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recording } from "../../../conformance/recording.ts";
import { wireFrames } from "../../../conformance/wire-arbitrary.ts";
import { bytesBySlot, DissectedView, joinOf, pushOf, sumOf } from "./dissected.ts";

/** A list of messages: their templates shared in `p`, the second slot of each a template of its own. */
const LIST = {
  s: ["<ul>", "</ul>"],
  0: {
    s: ["<li", ">", "</li>"],
    p: { 0: ["<b>", "</b>"] },
    k: { 0: { 0: ' id="m-1"', 1: { s: 0, 0: "one" } }, 1: { 0: ' id="m-2"', 1: { s: 0, 0: "two" } }, kc: 2 },
  },
};

const STREAM = {
  s: ["<ul>", "</ul>"],
  p: { 0: ["<li", "</li>"], 1: ["<b>", "</b>"] },
  0: {
    s: 0,
    k: { 0: { 0: { s: 1, 0: "one" } }, kc: 1 },
    stream: ["0", [["m-1", -1, null, null]], []],
  },
};

const partsAfter = (join: object, ...diffs: readonly object[]) => {
  const view = new DissectedView();
  view.take(joinOf(join));
  return diffs.map((diff) => bytesBySlot(view.take(pushOf(diff)))).at(-1);
};

describe("the bytes of a frame by part and slot", () => {
  test("a join: statics by template, values by slot, entries of a list under one slot", () => {
    expect(bytesBySlot(new DissectedView().take(joinOf(LIST)))).toEqual({
      envelope: 73,
      "statics root": 9,
      "statics 0.*": 9,
      "statics 0.*.1": 7,
      "dynamics 0.*.0": 22,
      "dynamics 0.*.1.0": 6,
      "entries 0": 1,
    });
  });

  test.each<[string, object, object, Record<string, string | number>]>([
    [
      "a value that changes, and one that does not",
      { s: ["", "<i>", ""], 0: "a", 1: "b" },
      { 0: "ää", 1: "b" },
      { envelope: 29, "dynamics 0": 4, "dynamics 1": "1, 1 again" },
    ],
    [
      "an entry that changes in place",
      LIST,
      { 0: { k: { 0: { 1: { 0: "uno" } }, kc: 2 } } },
      { envelope: 29, "dynamics 0.*.1.0": 3, "entries 0": 1 },
    ],
    [
      "an entry that moved, and one that moved and changed",
      LIST,
      { 0: { k: { 0: 1, 1: [0, { 0: "x" }], kc: 2, km: true } } },
      { envelope: 29, "entries 0": 7, "dynamics 0.*.0": 1 },
    ],
    [
      "a new entry, whose template the page had for another one",
      LIST,
      { 0: { p: { 0: ["<b>", "</b>"] }, k: { 2: { 0: "c", 1: { s: 0, 0: "three" } }, kc: 3 } } },
      {
        envelope: 29,
        "statics 0.*.1": "7, 7 again",
        "dynamics 0.*.0": 1,
        "dynamics 0.*.1.0": 5,
        "entries 0": 1,
      },
    ],
    [
      "a list sent as a whole, of which one entry is as it was",
      LIST,
      {
        0: {
          ...LIST[0],
          k: { ...LIST[0].k, 1: { 0: ' id="m-3"', 1: { s: 0, 0: "two" } } },
        },
      },
      {
        envelope: 29,
        "statics 0.*": "9, 9 again",
        "statics 0.*.1": "7, 7 again",
        "dynamics 0.*.0": "22, 11 again",
        "dynamics 0.*.1.0": "6, 3 again",
        "entries 0": 1,
      },
    ],
    [
      "an insert into a stream, with a reset",
      STREAM,
      {
        0: {
          p: { 0: ["<b>", "</b>"] },
          k: { 0: { 0: { s: 0, 0: "two" } }, kc: 1 },
          stream: ["0", [["m-2", -1, null, false]], ["m-1"], true],
        },
      },
      {
        envelope: 29,
        "statics 0.*.0": "7, 7 again",
        "dynamics 0.*.0.0": 3,
        "entries 0": 1,
        "stream 0": 42,
      },
    ],
    [
      "what is beside the tree: events by name, a title; a reply's answer is none of a push",
      { s: ["a"] },
      {
        e: [
          ["scroll", { to: 1 }],
          ["ping", {}],
          ["scroll", {}],
        ],
        t: "Room",
      },
      { envelope: 29, "events scroll": 32, "events ping": 11, title: 6 },
    ],
    [
      "a part that stands on the page and is rendered anew",
      { s: ["<p>", "</p>"], 0: { s: ["<b>", "</b>"], 0: "x" } },
      { 0: { s: ["<b>", "</b>"], 0: "y" } },
      { envelope: 29, "statics 0": "7, 7 again", "dynamics 0.0": 1 },
    ],
    [
      "a part that comes back, which the page has no more",
      { s: ["<p>", "</p>"], 0: { s: ["<b>", "</b>"], 0: "x" } },
      { 0: "" },
      { envelope: 29 },
    ],
  ])("%s", (_, join, diff, expected) => {
    expect(partsAfter(join, diff)).toEqual(expected);
  });

  test("a part that was closed and is opened again is not there, so nothing of it is had", () => {
    const open = { 0: { s: ["<b>", "</b>"], 0: "x" } };
    expect(partsAfter({ s: ["<p>", "</p>"], ...open }, { 0: "" }, open)).toEqual({
      envelope: 29,
      "statics 0": 7,
      "dynamics 0.0": 1,
    });
  });

  test("components count where they stand: one in the page, others in a stream that has forgotten them, one within another", () => {
    const join = {
      s: ["", "", ""],
      0: 1,
      1: { s: ["", ""], k: { 0: { 0: 2 }, kc: 1 }, stream: ["0", [["m-1", -1, null, null]], []] },
      c: {
        1: { s: ["<b>", "</b>"], 0: "one" },
        2: { s: ["<i>", "</i>"], 0: 3 },
        3: { s: ["<u>", "</u>"], 0: "in" },
      },
    };
    const another = {
      1: { k: { 0: { 0: 4 }, kc: 1 }, stream: ["0", [["m-2", -1, null, false]], []] },
      c: { 4: { s: -2, 0: 5 }, 5: { s: -3, 0: "four" } },
    };
    expect(partsAfter(join, another, { c: { 1: { 0: "uno" }, 3: { 0: "dentro" } } })).toEqual({
      envelope: 29,
      "dynamics 0.0": 3,
      "dynamics 1.*.0.0.0": 6,
    });
    expect(partsAfter(join, another)).toEqual({
      envelope: 29,
      "dynamics 1.*.0": 1,
      "dynamics 1.*.0.0": 1,
      "dynamics 1.*.0.0.0": 4,
      "entries 1": 1,
      "stream 1": 32,
    });
  });

  test("the comprehensions of before 1.1 are told as those of today", () => {
    const join = { s: ["<ul>", "</ul>"], 0: { s: ["<li>", "</li>"], d: [["a"], ["bc"]] } };
    expect(partsAfter(join, { 0: { d: [["a"], ["bc"], ["def"]] } })).toEqual({
      envelope: 29,
      "dynamics 0.*.0": "6, 3 again",
    });
  });

  test("the answer to an event counts beside the diff, and one without a diff is all envelope", () => {
    const view = new DissectedView();
    view.take(joinOf({ s: ["a", ""], 0: "b" }));
    const reply = (response: string) =>
      `["4","9","lv:phx-a","phx_reply",{"response":${response},"status":"ok"}]`;
    expect(bytesBySlot(view.take(reply('{"diff":{"0":"c","r":{"id":7}}}')))).toEqual({
      envelope: 69,
      "dynamics 0": 1,
      reply: 8,
    });
    expect(bytesBySlot(view.take(reply("{}")))).toEqual({ envelope: 62 });
  });

  test("a slot is told with the markup in front of it, and its template by a digest", () => {
    const [part] = new DissectedView()
      .take(joinOf({ s: ["<p>\n  <time", ">", "</time></p>"], 0: ' datetime="x"', 1: "y" }))
      .filter(({ slot }) => slot === "1");
    expect(part).toEqual({
      part: "dynamics",
      slot: "1",
      near: "<time…>",
      template: { print: "FP-ZYHKGRyloIfVl", at: 1 },
      bytes: 1,
      times: 1,
    });
  });
});

describe("the parts of a frame add up to its length, to the byte", () => {
  test.each([
    ["stream", 80],
    ["limited", 80],
    ["stateful", 80],
    ["keyed", 80],
    ["append", 77],
    ["full", 80],
    ["lv-1.0-stateful", 6],
    ["lv-1.0-stream", 6],
  ])("of all that a real server sent: %s, %i frames", (name, count) => {
    const view = new DissectedView();
    const frames = recording(name).filter(({ dir }) => dir === "in");
    const sums = frames.map(({ data }) => sumOf(view.take(data)));
    expect(sums).toEqual(frames.map(({ bytes }) => bytes));
    expect(sums).toHaveLength(count);
  });

  test.each(["k", "d"] as const)("of whatever a server may say, with comprehensions as %s", (format) => {
    fc.assert(
      fc.property(wireFrames(format), fc.boolean(), (payloads, isSpaced) => {
        const view = new DissectedView();
        for (const [at, payload] of payloads.entries()) {
          const said = isSpaced ? JSON.stringify(JSON.parse(payload), null, 1) : payload;
          const frame = at === 0 ? joinOf(said) : pushOf(said);
          const parts = view.take(frame);
          expect(sumOf(parts)).toBe(Buffer.byteLength(frame));
          expect(parts.filter(({ bytes, again = 0 }) => again > bytes)).toEqual([]);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
