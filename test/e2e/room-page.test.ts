import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import type { ListItem } from "../../harness/core/list-item.ts";
import { logInForm } from "../../harness/core/site.ts";
import { createServer } from "../../reference-server/server.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

const LIST = referenceSite.list;
const ROOM = "#messages-wrap";

let chrome: Chrome;
let server: Awaited<ReturnType<typeof createServer>>;
let origin: string;
let pages: ChromePage[];

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

beforeEach(async () => {
  pages = [];
  server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 45,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: false,
    log: (line) => expect.unreachable(line),
    nowMs: Date.now,
  });
  origin = await server.listen({ port: 0, host: "127.0.0.1" });
});
afterEach(async () => {
  const problems = pages.flatMap((page) => page.problems());
  for (const page of pages) await page.close();
  await server.close();
  expect(problems).toEqual([]);
});

async function visit(name: string, mode: string, query = ""): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  pages.push(page);
  await page.logIn({
    url: `${origin}/${mode}/rooms/1${query}`,
    ...logInForm(referenceSite, name),
  });
  await page.waitUntilConnected();
  return page;
}

const idsOf = (items: readonly ListItem[]) => items.map(({ id }) => id);
const contentsOf = (items: readonly ListItem[]) => items.map(({ fields }) => fields.content);
const send = (page: ChromePage, text: string) =>
  page.submitMessage("#message-form", "#message_content", text);
const ends = (text: string) => (items: readonly ListItem[]) => items.at(-1)?.fields.content === text;
/** How far the reader is from the top and from the bottom, in pixels. */
async function scroll(page: ChromePage) {
  const state = `(({ scrollTop, scrollHeight, clientHeight }) =>
    ({ top: scrollTop, fromBottom: Math.round(scrollHeight - scrollTop - clientHeight) }))(document.querySelector("${ROOM}"))`;
  return (await page.evaluate(state)) as { readonly top: number; readonly fromBottom: number };
}

/** Waits until the list has so many items, and gives their ids. */
const untilLength = async (page: ChromePage, length: number) =>
  idsOf(await page.waitForList(LIST, (items) => items.length === length, `have ${length} messages`));

const byNumber = (ids: readonly string[]) =>
  ids.toSorted((a, b) => Number(a.split("-")[1]) - Number(b.split("-")[1]));

describe.each(Object.keys(MODES))("in %s, with the official client,", (mode) => {
  test("a message is shown to everybody, at the end, and the form is empty again", async () => {
    const [alice, bob] = [await visit("alice", mode), await visit("bob", mode)];
    const text = `<b>bold</b> & "quotes" 'n 🎉 שלום </script>`;
    await send(alice, text);
    for (const page of [alice, bob]) await page.waitForList(LIST, ends(text), "show the message");
    expect(await alice.evaluate(`document.querySelector("#message_content").value`)).toBe("");
    expect((await scroll(bob)).fromBottom).toBe(0);
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
    await alice.submitMessage("#edit-message-form", "#edit_content", " and more");
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
    expect(await alice.evaluate(`document.activeElement.className`)).toBe("edit");
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
    await page.evaluate(`document.querySelector("${ROOM}").scrollTop = 0`);
    const ids = await untilLength(page, 20);
    expect(ids).toEqual(byNumber(ids));
    const offset = `document.querySelector("#${first}").getBoundingClientRect().top - document.querySelector("${ROOM}").getBoundingClientRect().top`;
    expect(Math.abs(Number(await page.evaluate(offset)))).toBeLessThan(100);
    await send(page, "still one page");
    expect(await untilLength(page, 21)).toEqual([...ids, expect.any(String)]);
  });

  test("who reads further up is not moved by a new message, who is at the bottom is", async () => {
    const [alice, bob] = [await visit("alice", mode), await visit("bob", mode)];
    await alice.evaluate(`document.querySelector("${ROOM}").scrollTop -= 100`);
    const before = await scroll(alice);
    await send(bob, "new");
    for (const page of [alice, bob]) await page.waitForList(LIST, ends("new"), "show the message");
    expect((await scroll(alice)).top).toBe(before.top);
    expect((await scroll(bob)).fromBottom).toBe(0);
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
  const shows = (ids: readonly string[], what: string) =>
    page.waitForList(LIST, (items) => idsOf(items).join() === ids.join(), what);
  const scrollDown = `document.querySelector("${ROOM}").scrollBy(0, 100_000)`;

  await shows(all.slice(30), "show the last ten");
  for (const from of [20, 10]) {
    await page.scrollToTop(LIST.container);
    await shows(all.slice(from), "show an older page");
  }
  await page.scrollToTop(LIST.container);
  await shows(all.slice(0, 30), "show the oldest messages, and no longer the newest");
  await send(reader, "behind the window");
  await reader.waitForList(LIST, ends("behind the window"), "show the message");
  expect(idsOf(await page.readList(LIST)), "a new message has no place there").toEqual(all.slice(0, 30));
  await page.evaluate(scrollDown);
  await shows(all.slice(10), "show a newer page");
  await page.evaluate(scrollDown);
  const newest = idsOf(await reader.readList(LIST));
  await shows(newest.slice(-30), "show the newest messages");
  await send(reader, "one more");
  await page.waitForList(LIST, ends("one more"), "show the new message");
  expect(await page.evaluate(`document.querySelector("#newer")`)).toBeNull();
});
