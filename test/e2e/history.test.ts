import { describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import {
  chatSite,
  countFrames,
  idsOf,
  LIST,
  SCROLLER,
  scrolled,
  searchFor,
  send,
  sendUnseen,
  untilEnd,
  untilIds,
} from "./chat-site.ts";
import { seededIds } from "./seeded-ids.ts";
import { until, untilDrawn } from "./until.ts";

const site = chatSite();
const MODE_NAMES = Object.keys(MODES);
const marker = (page: ChromePage) => page.evaluate(`document.querySelector("#history").textContent`);

/** Where a message is in what scrolls, in whole pixels from its top. */
const placeOf = (id: string) =>
  `Math.round(document.querySelector("#${id}").getBoundingClientRect().top - document.querySelector("${SCROLLER}").getBoundingClientRect().top)`;

describe.each(["viewport", "observer"])("where history is noticed by %s,", (by) => {
  test.each(MODE_NAMES)(
    "in %s, it comes page by page to its beginning, and then nothing is asked for",
    async (mode) => {
      const page = await site.visit("alice", `/${mode}/rooms/1?history=${by}&members=off`);
      const all = await seededIds(1);
      const bound = `document.querySelector("#history").hasAttribute("${by === "viewport" ? "phx-viewport-top" : "phx-hook"}")`;
      expect(await page.evaluate(bound)).toBe(true);
      for (const length of [20, 30, 40, 45]) {
        await page.scrollToTop(LIST.container);
        await untilIds(page, all.slice(-length));
      }
      await until(page, `document.querySelector("#history").textContent === "This is where general begins"`);
      const counted = await countFrames(page);
      await page.evaluate(`document.querySelector("${SCROLLER}").scrollTop = 400`);
      await page.scrollToTop(LIST.container);
      // A frame that was sent in between would be in front of this one.
      await sendUnseen(page, "from the top");
      await untilEnd(page, "from the top");
      expect((await counted()).sent).toBe(1);
      expect(idsOf(await page.readList(LIST)).slice(0, -1)).toEqual(all);
    },
  );
});

test.each(MODE_NAMES)(
  "in %s, who comes to the top at once stays at the message that he saw first",
  async (mode) => {
    const page = await site.visit("alice", `/${mode}/rooms/1?members=off`);
    const all = await seededIds(1);
    for (const length of [20, 30, 40]) {
      const first = all.at(10 - length) ?? "";
      const before = await page.evaluate(`(() => {
      const scroller = document.querySelector("${SCROLLER}");
      scroller.scrollTop = 0;
      return ${placeOf(first)};
    })()`);
      await untilIds(page, all.slice(-length));
      await untilDrawn(page);
      expect(Number(await page.evaluate(placeOf(first))) - Number(before), `with ${length}`).toBe(0);
      await page.evaluate(`document.querySelector("${SCROLLER}").scrollTop += 300`);
      await untilDrawn(page);
    }
  },
);

describe("an empty room", () => {
  const empty = chatSite({ messagesPerRoom: 0 });

  test.each(MODE_NAMES)(
    "in %s begins where it ends, asks for nothing, and takes the first message",
    async (mode) => {
      const page = await empty.visit("alice", `/${mode}/rooms/1?members=off`);
      expect([await page.readList(LIST), await marker(page)]).toEqual([[], "This is where general begins"]);
      await page.evaluate(`document.querySelector("${SCROLLER}").dispatchEvent(new Event("scroll"))`);
      await send(page, "first");
      expect(await untilEnd(page, "first")).toHaveLength(1);
      await page.click(".message .delete");
      await page.waitForList(LIST, (items) => items.length === 0, "be empty again");
      expect((await scrolled(page)).top).toBe(0);
    },
  );
});

test.each(MODE_NAMES.filter((name) => name !== "append"))(
  "in %s, what is looked for takes the place of the list, and the list comes back",
  async (mode) => {
    const page = await site.visit("alice", `/${mode}/rooms/1?members=off`);
    const bob = await site.visit("bob", `/${mode}/rooms/1?members=off`);
    const last = idsOf(await page.readList(LIST));
    for (const text of ["100 % sure", "100 or so"]) {
      await send(bob, text);
      await untilEnd(page, text);
    }
    await page.type("#search", "100 %");
    const found = await page.waitForList(LIST, (items) => items.length === 1, "show what was found");
    expect(found[0]?.fields.content).toBe("100 % sure");
    await send(bob, "meanwhile");
    await untilEnd(bob, "meanwhile");
    await searchFor(page, "ME");
    const either = await page.waitForList(LIST, (items) => items.length > 1, "show more");
    expect(
      either.map(({ fields }) => /me/i.test(fields.content ?? "")),
      mode,
    ).not.toContain(false);
    await searchFor(page, "no such thing");
    await page.waitForList(LIST, (items) => items.length === 0, "show nothing");
    expect(await marker(page)).toBe("Nothing was found for “no such thing”");
    await page.evaluate(`document.querySelector("#search").value = ""`);
    await page.press("#search", "Space");
    const back = await untilEnd(page, "meanwhile");
    expect(idsOf(back).slice(0, 7)).toEqual(last.slice(3));
    await send(bob, "after it");
    await untilEnd(page, "after it");
  },
);

test("in append nothing can be looked for: its container cannot be emptied", async () => {
  const page = await site.visit("alice", "/append/rooms/1");
  expect(await page.evaluate(`document.querySelector("#search-form")`)).toBeNull();
});
