import { describe, expect, test } from "vitest";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import {
  byNumber,
  chatSite,
  contentsOf,
  ends,
  idsOf,
  LIST,
  SCROLLER,
  saveEdit,
  scrolled,
  send,
  untilIds,
  untilLength,
} from "./chat-site.ts";
import { until } from "./until.ts";

const site = chatSite();
const visit = (name: string, mode: string, query = "") => site.visit(name, `/${mode}/rooms/1${query}`);

describe.each(Object.keys(MODES))("in %s, with the official client,", (mode) => {
  test("a message is shown to everybody, at the end, and the form is empty again", async () => {
    const [alice, bob] = [await visit("alice", mode), await visit("bob", mode)];
    const text = `<b>bold</b> & "quotes" 'n 🎉 שלום </script>`;
    await send(alice, text);
    for (const page of [alice, bob]) await page.waitForList(LIST, ends(text), "show the message");
    expect(await alice.evaluate(`document.querySelector("#message_content").value`)).toBe("");
    expect((await scrolled(bob)).fromBottom).toBe(0);
    const buttons = `document.querySelectorAll(".message:last-child button").length`;
    expect([await alice.evaluate(buttons), await bob.evaluate(buttons)]).toEqual([2, 0]);
  });

  test("a message is edited where it is, and the dialog goes", async () => {
    const [alice, bob] = [await visit("alice", mode), await visit("bob", mode)];
    await send(alice, "first");
    await alice.waitForList(LIST, ends("first"), "show the first message");
    await send(alice, "second");
    const before = await alice.waitForList(LIST, ends("second"), "show the second message");
    await alice.click(".message:nth-last-child(2) .edit");
    await alice.waitFor("#edit_content:focus");
    expect(await alice.evaluate(`document.querySelector("#edit_content").value`)).toBe("first");
    await send(bob, "in between");
    await saveEdit(alice, " and more");
    for (const page of [alice, bob]) {
      const items = await page.waitForList(
        LIST,
        (list) => list.at(-3)?.fields.edited === "(edited)",
        "show the edit",
      );
      expect(contentsOf(items).slice(-3)).toEqual(["first and more", "second", "in between"]);
      expect(idsOf(items).slice(0, before.length)).toEqual(idsOf(before));
    }
    await until(alice, `getComputedStyle(document.querySelector("#edit-dialog")).display === "none"`);
  });

  test("a deleted message goes for everybody", async () => {
    const [alice, bob] = [await visit("alice", mode), await visit("bob", mode)];
    const before = idsOf(await bob.readList(LIST));
    await send(alice, "soon gone");
    for (const page of [alice, bob]) await page.waitForList(LIST, ends("soon gone"), "show the message");
    await alice.click(".message:last-child .delete");
    for (const page of [alice, bob]) expect(await untilLength(page, before.length)).toEqual(before);
  });

  test("history comes page by page to who scrolls up, in order, and stops at its beginning", async () => {
    const page = await visit("alice", mode);
    const lengths = [20, 30, 40, 45];
    for (const length of lengths) {
      await page.scrollToTop(LIST.container);
      const ids = await untilLength(page, length);
      expect(ids).toEqual(byNumber(ids));
    }
    expect(await page.evaluate(`document.querySelector("#history").hasAttribute("phx-viewport-top")`)).toBe(
      false,
    );
  });

  test("a jump to the very top brings one page, in order, and the reader stays where he was", async () => {
    const page = await visit("alice", mode);
    const [first] = idsOf(await page.readList(LIST));
    await page.evaluate(`document.querySelector("${SCROLLER}").scrollTop = 0`);
    const ids = await untilLength(page, 20);
    expect(ids).toEqual(byNumber(ids));
    const offset = `document.querySelector("#${first}").getBoundingClientRect().top - document.querySelector("${SCROLLER}").getBoundingClientRect().top`;
    expect(Math.abs(Number(await page.evaluate(offset)))).toBeLessThan(100);
    await send(page, "still one page");
    expect(await untilLength(page, 21)).toEqual([...ids, expect.any(String)]);
  });

  test("who reads further up is not moved by a new message, who is at the bottom is", async () => {
    const [alice, bob] = [await visit("alice", mode), await visit("bob", mode)];
    await alice.evaluate(`new Promise((scrolled) => {
      const box = document.querySelector("${SCROLLER}");
      box.addEventListener("scroll", scrolled, { once: true });
      box.scrollTop -= 100;
    })`);
    const before = await scrolled(alice);
    await send(bob, "new");
    for (const page of [alice, bob]) await page.waitForList(LIST, ends("new"), "show the message");
    expect((await scrolled(alice)).top).toBe(before.top);
    expect((await scrolled(bob)).fromBottom).toBe(0);
  });
});

test("a stream with a limit is a window that moves up and down the history", async () => {
  const page = await visit("alice", "stream", "?limit=30");
  const reader = await visit("bob", "stateful");
  for (const length of [20, 30, 40]) {
    await reader.scrollToTop(LIST.container);
    await untilLength(reader, length);
  }
  const all = idsOf(await reader.readList(LIST));
  // The client does not look while it awaits an answer, so one turns the wheel until something comes.
  // It is told of scrolls once a frame: a turn up and one down in the same frame are none.
  const scrollDown = async () => {
    const last = `document.querySelector("#messages").lastElementChild.id`;
    const before = await page.evaluate(last);
    const turn = `document.querySelector("${SCROLLER}").scrollBy(0, (window.down = !window.down) ? 100_000 : -5)`;
    await until(page, `(${turn}, ${last} !== "${before}")`);
  };

  await untilIds(page, all.slice(30));
  for (const from of [20, 10]) {
    await page.scrollToTop(LIST.container);
    await untilIds(page, all.slice(from));
  }
  await page.scrollToTop(LIST.container);
  await untilIds(page, all.slice(0, 30));
  await send(reader, "behind the window");
  await reader.waitForList(LIST, ends("behind the window"), "show the message");
  expect(idsOf(await page.readList(LIST)), "a new message has no place there").toEqual(all.slice(0, 30));
  await reader.click(".message:last-child .edit");
  await saveEdit(reader, ", and edited there");
  await reader.waitForList(LIST, ends("behind the window, and edited there"), "show the edit");
  expect(idsOf(await page.readList(LIST)), "nor has its edit").toEqual(all.slice(0, 30));
  await scrollDown();
  await untilIds(page, all.slice(10));
  await scrollDown();
  const newest = idsOf(await reader.readList(LIST));
  await untilIds(page, newest.slice(-30));
  await send(reader, "one more");
  await page.waitForList(LIST, ends("one more"), "show the new message");
  expect(await page.evaluate(`document.querySelector("#newer")`)).toBeNull();
});
