import { describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import {
  byNumber,
  chatSite,
  contentsOf,
  idsOf,
  LIST,
  saveEdit,
  send,
  untilEnd,
  untilLength,
} from "./chat-site.ts";
import { begin, newestId, sharedDatabase, textsOf, untilTexts } from "./messenger-site.ts";
import { until, untilIs } from "./until.ts";

const { file, change } = sharedDatabase();
/** 07:08 at every moment. */
const site = chatSite({ messagesPerRoom: 0, database: file, nowMs: () => Date.UTC(2026, 0, 2, 7, 8, 9) });

/** alice, who has begun a conversation with bob and carla and is at its page, in a mode; and the page's path. */
async function begun(mode: string): Promise<[alice: ChromePage, path: string, id: number]> {
  const alice = await site.visit("alice", "/");
  await begin(alice, "Lunch", ["bob", "carla"]);
  await alice.waitFor("#flash-info");
  const id = await newestId(alice);
  const path = `/${mode}/conversations/${id}`;
  await alice.openView(`${site.origin}${path}`);
  return [alice, path, id];
}

/** Writes so many messages by alice. @param more what stands in each of them behind its number */
const write = (id: number, count: number, more = "") =>
  change(
    Array.from(
      { length: count },
      (_, index) =>
        `insert into messages (room_id, sender_id, content, inserted_at) values (${id}, 1, 'message ${index + 1}${more}', '2026-01-02T03:04:05Z');`,
    ).join("\n"),
  );

const last = (part: string) => `.message:last-child ${part}`;

describe.each(Object.keys(MODES))("in %s, with the official client,", (mode) => {
  test("members read what is sent, edited and deleted, and see who has seen it and how they react", async () => {
    const [alice, path] = await begun(mode);
    const bob = await site.visit("bob", path);
    expect(await textsOf(bob, "header.room h2")).toEqual(["Lunch"]);
    expect(await textsOf(bob, "header.room .members")).toEqual(["alice (owner), bob, carla"]);

    await send(alice, "<b>one</b>");
    for (const page of [alice, bob]) await untilEnd(page, "<b>one</b>");
    await untilTexts(alice, last(".seen"), ["Seen by bob, 07:08"]);
    expect(await textsOf(bob, ".seen")).toEqual([]);

    await bob.click(last(".reaction[phx-value-emoji='🎉']"));
    for (const page of [alice, bob])
      await untilTexts(page, last(".reaction:not([data-count='0'])"), ["🎉 1"]);
    const pressed = `document.querySelector(".message:last-child .reaction[phx-value-emoji='🎉']").getAttribute("aria-pressed")`;
    expect([await alice.evaluate(pressed), await bob.evaluate(pressed)]).toEqual(["false", "true"]);

    await send(alice, "two");
    await untilEnd(bob, "two");
    await alice.click(".message:nth-last-child(2) .edit");
    await saveEdit(alice, " and more");
    for (const page of [alice, bob]) {
      const items = await page.waitForList(
        LIST,
        (list) => list.at(-2)?.fields.edited === "(edited)",
        "show the edit",
      );
      expect(contentsOf(items).slice(-2)).toEqual(["<b>one</b> and more", "two"]);
      expect(await textsOf(page, ".message:nth-last-child(2) .reaction:not([data-count='0'])")).toEqual([
        "🎉 1",
      ]);
    }
    await bob.click(".message:nth-last-child(2) .reaction[phx-value-emoji='🎉']");
    await untilTexts(alice, ".reaction:not([data-count='0'])", []);
    await alice.click(last(".delete"));
    for (const page of [alice, bob]) await untilLength(page, 1);
  });

  test("history comes page by page to who scrolls up, and one's own buttons are at one's own messages", async () => {
    const [, path, id] = await begun(mode);
    write(id, 12);
    const bob = await site.visit("bob", path);
    await untilLength(bob, 10);
    await bob.scrollToTop(LIST.container);
    const ids = await untilLength(bob, 12);
    expect(ids).toEqual(byNumber(ids));
    expect(idsOf(await bob.readList(LIST))).toEqual(ids);
    expect(await bob.evaluate(`document.querySelectorAll(".message .delete").length`)).toBe(0);
  });

  test("a closed conversation says so to everybody at once, and its form is gone", async () => {
    const [alice, path] = await begun(mode);
    const bob = await site.visit("bob", path);
    expect(await bob.evaluate(`document.querySelector("#close-conversation")`)).toBeNull();
    await send(alice, "the last word");
    await untilEnd(bob, "the last word");
    await alice.click("#close-conversation summary");
    await alice.click("#close-conversation button");
    for (const page of [alice, bob]) {
      await untilTexts(page, "#closed-notice", [
        "This conversation was closed on 2026-01-02 at 07:08. It can still be read.",
      ]);
      expect(await page.evaluate(`document.querySelector("#message-form")`)).toBeNull();
    }
    await until(
      alice,
      `getComputedStyle(document.querySelector(".message:last-child .edit")).display === "none"`,
    );
    await alice.waitFor("#messages-wrap:focus");
  });
});

test("what is displayed is told once, together, when it is displayed and not before", async () => {
  const [alice, path, id] = await begun("stream");
  // So tall that they are never all in view.
  const written = 8;
  write(id, written, "\nand\nso\non");
  await alice.openView(`${site.origin}${path}`);
  const bob = await site.visit("bob", "/");
  // A slow network, on which the page changes before there is an answer.
  await bob.runFirst(`
    window.seenFrames = [];
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (frame) {
      const payload = typeof frame === "string" ? JSON.parse(frame)[4] : {};
      if (payload.event !== "seen") return send.call(this, frame);
      window.seenFrames.push(payload.value.ids);
      setTimeout(() => send.call(this, frame), 200);
      for (const hook of Object.values(liveSocket.main.viewHooks)) if (hook.el.id === "seen") hook.updated();
    };`);
  await bob.openView(`${site.origin}${path}`);
  await until(
    bob,
    `(({ scrollTop, scrollHeight, clientHeight }) => scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 1)(document.querySelector("#messages-wrap"))`,
  );
  await untilTexts(alice, last(".seen"), ["Seen by bob, 07:08"]);
  const seen = `document.querySelectorAll(".message .seen").length`;
  const displayed = `[...document.querySelectorAll(".message")].filter((message) =>
    message.getBoundingClientRect().bottom > document.querySelector("#messages-wrap").getBoundingClientRect().top + 20).length`;
  const count = Number(await bob.evaluate(displayed));
  expect(count).toBeLessThan(written);
  await untilIs(alice, seen, count);
  const framesOf = async () => (await bob.evaluate("window.seenFrames")) as string[][];
  const first = await framesOf();
  expect(first.flat()).toHaveLength(count);
  expect(first.length, "those in view not each by itself").toBeLessThan(count);
  // What is on the screen is noticed a frame at a time.
  await bob.evaluate(`(async (box) => {
    while (box.scrollTop > 0) {
      box.scrollBy(0, -60);
      for (let frame = 0; frame < 2; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
    }
  })(document.querySelector("#messages-wrap"))`);
  await untilIs(alice, seen, written);
  const told = (await framesOf()).flat();
  expect(told).toHaveLength(written);
  expect(new Set(told).size, "each of them once").toBe(written);
});

test("another conversation is gone to without a load, and a new one is in the list at once", async () => {
  const [alice, , id] = await begun("keyed");
  const bob = await site.visit("bob", "/");
  await begin(bob, "", ["alice"]);
  await untilTexts(alice, ".conversations li:nth-child(-n + 2) a", ["bob", "Lunch"]);
  await alice.evaluate(`window.notLoaded = true`);
  await alice.click(".conversations li:first-child a");
  await untilTexts(alice, "header.room h2", ["bob"]);
  expect(await alice.evaluate(`[location.pathname, window.notLoaded]`)).toEqual([
    `/keyed/conversations/${id + 1}`,
    true,
  ]);
  await send(alice, "hello");
  await untilEnd(alice, "hello");
  expect(await textsOf(alice, ".message .content")).toEqual(["hello"]);
});
