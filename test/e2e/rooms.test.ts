import { describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import {
  chatSite,
  contentsOf,
  countFrames,
  idsOf,
  LIST,
  send,
  untilEnd,
  untilIds,
  untilLength,
} from "./chat-site.ts";
import { seededIds } from "./seeded-ids.ts";
import { until, untilIs } from "./until.ts";

const site = chatSite();

/** Goes to a room by its link, and waits until the page shows it. */
async function goTo(page: ChromePage, room: string): Promise<void> {
  await page.evaluate(
    `[...document.querySelectorAll(".rooms a")].find((link) => link.textContent === "${room}").click()`,
  );
  await until(page, `document.querySelector("header.room h2")?.textContent === "${room}"`);
}

/** A mark on the document, which a load of another page takes away. */
const mark = (page: ChromePage) => page.evaluate("void (window.marked = true)");
const isMarked = (page: ChromePage) => page.evaluate("window.marked === true");
const current = (page: ChromePage) =>
  page.evaluate(
    `[...document.querySelectorAll("[aria-current=page]")].map((link) => link.textContent).join()`,
  );
const address = (page: ChromePage) => page.evaluate("location.pathname + location.search");

test("the list of rooms leads into a room without a load of the page, and the browser's back leads out again", async () => {
  const page = await site.visit("alice", "/rooms");
  await mark(page);
  expect([await current(page), await page.evaluate("document.title")]).toEqual(["", "Rooms · Chat"]);
  await goTo(page, "random");
  await page.waitUntilConnected();
  expect([await current(page), await address(page)]).toEqual(["random", "/rooms/2"]);
  expect(await page.evaluate("document.title")).toBe("random · Chat");
  await page.evaluate("history.back()");
  await until(page, `document.querySelector(".no-room") !== null`);
  expect([await isMarked(page), await address(page)]).toEqual([true, "/rooms"]);
});

test("a room that is not there leads to the list of rooms, which says so", async () => {
  const page = await site.visit("alice", "/rooms");
  await page.openView(`${site.origin}/rooms/99`);
  await until(
    page,
    `document.querySelector("#flash-error")?.textContent.startsWith("There is no such room.")`,
  );
  expect(await address(page)).toBe("/rooms");
  await page.click("#flash-error button");
  await until(page, `document.querySelector("#flash-error") === null`);
});

describe.each(Object.keys(MODES))("in %s, with the official client,", (mode) => {
  test("another room is gone to without a load: only its messages are there, and only they come", async () => {
    const page = await site.visit("alice", `/${mode}/rooms/1?members=off`);
    const bob = await site.visit("bob", `/${mode}/rooms/1?members=off`);
    await mark(page);
    await goTo(page, "random");
    await untilIds(page, (await seededIds(2)).slice(-10));
    const there = `/${mode}/rooms/2?members=off`;
    expect([await current(page), await address(page)]).toEqual(["random", there]);

    await send(bob, "for the first room");
    await untilEnd(bob, "for the first room");
    await goTo(bob, "random");
    await untilLength(bob, 10);
    await send(bob, "for the second room");
    expect(contentsOf(await untilEnd(page, "for the second room"))).not.toContain("for the first room");

    await page.evaluate("history.back()");
    await until(page, `document.querySelector("header.room h2").textContent === "general"`);
    const back = await untilEnd(page, "for the first room");
    expect(idsOf(back).slice(0, -1)).toEqual((await seededIds(1)).slice(-9));
    expect(await isMarked(page)).toBe(true);
  });

  test("history goes on in the room that was gone to, page by page, with its messages alone", async () => {
    const page = await site.visit("alice", `/${mode}/rooms/1`);
    const all = await seededIds(3);
    await goTo(page, "support");
    await untilIds(page, all.slice(-10));
    for (const length of [20, 30, 40, 45]) {
      await page.scrollToTop(LIST.container);
      await untilIds(page, all.slice(-length));
    }
  });

  test("history goes on in a room that comes after the list of rooms, where there was no container", async () => {
    const page = await site.visit("alice", "/rooms");
    const all = await seededIds(3);
    await page.evaluate(`void liveSocket.js().navigate("/${mode}/rooms/3")`);
    await untilIs(page, `document.querySelector("header.room h2")?.textContent`, "support");
    await page.waitUntilConnected();
    for (const length of [20, 30]) {
      await page.scrollToTop(LIST.container);
      await untilIds(page, all.slice(-length));
    }
  });

  test("who has been in all rooms several times gets one frame for one message", async () => {
    const page = await site.visit("alice", `/${mode}/rooms/1?members=off`);
    for (const room of ["random", "support", "general", "random", "general"]) {
      await goTo(page, room);
      await untilLength(page, 10);
    }
    const bob = await site.visit("bob", `/${mode}/rooms/1?members=off`);
    const counted = await countFrames(page);
    await send(bob, "once");
    await untilEnd(page, "once");
    await send(bob, "and once more");
    await untilEnd(page, "and once more");
    expect((await counted()).received).toBe(2);
  });
});
