import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { ChromePage } from "../../../harness/browser/chrome-page.ts";
import { RoomChrome } from "../../../harness/cases/room-chrome.ts";
import { smallCases } from "./small-cases.ts";

/** A reader whose page says these things, one after the other, whatever it is asked. */
function readerOf(...said: readonly unknown[]): RoomChrome {
  const left = [...said];
  return readerOn(async () => left.shift());
}

function readerOn(evaluate: ChromePage["evaluate"]): RoomChrome {
  const page = { evaluate } as unknown as ChromePage;
  return new RoomChrome({
    ...{ page, openPage: async () => page, site: smallCases.site, patienceMs: 1000 },
    ...{ origin: "http://127.0.0.1:4000", link: null, heartbeatMs: null },
  });
}

test.each([
  ["scroll", "how far the list is scrolled"],
  ["bottom", "whether the list is at its bottom"],
  ["text", "the text in the form"],
  ["draft", "the draft"],
] as const)("what an act must keep is lost where it differs afterwards: %s", async (kept, what) => {
  const same = readerOf("0 pixels", "0 pixels");
  await same.note(kept);
  expect(await same.lost(kept)).toBe(null);
  const other = readerOf("0 pixels", "1 pixels");
  await other.note(kept);
  expect(await other.lost(kept)).toEqual({ what, expected: ["0 pixels"], actual: ["1 pixels"] });
});

test("where the first message stands is noted in the jump itself", async () => {
  const moved = readerOf(
    false,
    ["messages-7", "messages-7 20 pixels from the top"],
    "messages-7 50 pixels from the top",
  );
  await moved.note("first");
  await moved.history(true);
  expect(await moved.lost("first")).toEqual({
    what: "where the message stands that was first",
    expected: ["messages-7 20 pixels from the top"],
    actual: ["messages-7 50 pixels from the top"],
  });
});

test("a reader jumps once what was scrolled before has been told, with the next frame", async () => {
  const list = {
    ...{ scrollTop: 300, scrollHeight: 900, clientHeight: 400 },
    firstElementChild: { id: "messages-7" },
  };
  const { promise: asked, resolve: onFrame } = Promise.withResolvers<() => void>();
  const scope = {
    document: { body: list, querySelector: () => list, getElementById: () => null },
    getComputedStyle: () => ({ overflowY: "auto" }),
    requestAnimationFrame: onFrame,
    setTimeout: (then: () => void, ms?: number) => ms === undefined && then(),
  };
  const jumping = readerOn(async (script) => runInNewContext(script, scope)).history(true);
  const frame = await asked;
  expect(list.scrollTop).toBe(300);
  frame();
  await jumping;
  expect(list.scrollTop).toBe(0);
});
