import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BenchError } from "../../harness/core/errors.ts";
import { createListReader } from "../../harness/page/list-reader.ts";
import { LivePage } from "../../harness/page/live-page.ts";
import { FrameDecoder } from "../../harness/protocol/frame-decoder.ts";
import { ProtocolError } from "../../harness/protocol/protocol-error.ts";
import { EVENT } from "../../harness/protocol/wire-keys.ts";
import { mutated, mutations } from "./mutated-frame.ts";
import { RECORDED_LIST } from "./recorded-user.ts";
import { payloadsOf } from "./recording.ts";
import { officialReader, type Reader, userRenderings } from "./renderings.ts";

/** A user's page after these payloads, and the decoder that it reads on with. */
function pageAfter([join, ...diffs]: readonly string[]) {
  const decoder = new FrameDecoder();
  const decode = (payload: string) => {
    const frame = decoder.decode(`["1",null,"lv:a","${EVENT.diff}",${payload}]`);
    if (frame.kind !== "diff") throw new Error("is no diff");
    return frame.diff;
  };
  const page = new LivePage(createListReader(RECORDED_LIST), decode(join ?? ""));
  for (const diff of diffs) page.apply(decode(diff));
  return { page, apply: (payload: string) => page.apply(decode(payload)) };
}

function outcome<Result>(act: () => Result): Result | { readonly error: unknown } {
  try {
    return act();
  } catch (error) {
    return { error };
  }
}

const seen = (page: LivePage) => ({ items: page.items, title: page.title, html: page.html() });

describe("a frame with a defect is read as the official class reads it, or refused", () => {
  it.each(["stream", "limited", "stateful", "keyed", "append"])("%s", async (name) => {
    const official: Reader = await officialReader("1.2");
    const payloads = payloadsOf(name);
    let alike = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: payloads.length - 1 }), mutations, (position, mutation) => {
        const before = payloads.slice(0, position);
        const defect = mutated(payloads[position] ?? "", mutation);
        const read = outcome(() => userRenderings([...before, defect]).at(-1));
        if (read !== undefined && "error" in read) {
          expect(read.error).toBeInstanceOf(ProtocolError);
          expect(String(read.error)).toMatch(/^ProtocolError: (?:diff|phx_reply)(?: at \S+)?: ./u);
        } else {
          const expected = outcome(() => official([...before, defect]).at(-1));
          // The class looks for the tag of a template's root element, which this user leaves to who reads the HTML.
          const isHtml =
            expected !== undefined && "error" in expected && /malformed html/u.test(String(expected.error));
          if (!isHtml) {
            expect(read).toEqual(expected);
            alike += 1;
          }
        }
        expect([Object.keys(Object.prototype), Object.keys(Array.prototype)]).toEqual([[], []]);
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(alike).toBeGreaterThan(30);
  });
});

describe("a frame that is refused leaves the page as it was", () => {
  it.each(["stream", "stateful", "append", "components"])("%s", (name) => {
    const payloads = name === "components" ? COMPONENTS : payloadsOf(name);
    let refused = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: payloads.length - 1 }), mutations, (position, mutation) => {
        const { page, apply } = pageAfter(payloads.slice(0, position));
        const before = seen(page);
        const payload = payloads[position] ?? "";
        const result = outcome(() => apply(mutated(payload, mutation)));
        if (!("error" in result)) return;
        refused += 1;
        expect(result.error).toBeInstanceOf(BenchError);
        expect(seen(page)).toEqual(before);
        apply(payload);
        expect(seen(page)).toEqual(seen(pageAfter(payloads.slice(0, position + 1)).page));
      }),
      { numRuns: 120, seed: 1 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});

/** A list with a component in each item, and another stream beside it. */
const COMPONENTS = [
  {
    s: ['<ul id="messages">', "</ul>", ""],
    0: { s: ['<li id="', '">', "</li>"], k: { 0: { 0: "a", 1: 1 }, 1: { 0: "b", 1: 2 }, kc: 2 } },
    1: {
      s: ['<p id="', '">', "</p>"],
      k: { 0: { 0: "x", 1: "x" }, kc: 1 },
      stream: ["0", [["x", -1, null]], []],
    },
    c: { 1: { s: ["<b>", "</b>"], 0: "one", r: 1 }, 2: { s: 1, 0: "two" } },
  },
  { c: { 1: { 0: "changed" } }, t: "title" },
  { 0: { k: { 2: { 0: "c", 1: 3 }, kc: 3 } }, c: { 3: { s: -2, 0: "three" } } },
  { 1: { k: { 0: { 0: "y", 1: "y" }, kc: 1 }, stream: ["0", [["y", 0, null]], []] }, c: { 3: { 0: "3" } } },
].map((payload) => JSON.stringify(payload));
