import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { logInForm } from "../../harness/core/site.ts";
import { createServer } from "../../reference-server/server.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

const LIST = referenceSite.list;
/** The client forgets a component only once the server has confirmed that it holds it no longer. */
const HELD = `Object.keys(liveSocket.main.rendered.rendered.c).length`;
const SHOWN = `document.querySelectorAll("[data-phx-component]").length`;

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
    mode: "components",
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

async function visit(name: string, query = ""): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  pages.push(page);
  await page.logIn({ url: `${origin}/rooms/1${query}`, ...logInForm(referenceSite, name) });
  await page.waitUntilConnected();
  return page;
}

const send = (page: ChromePage, text: string) =>
  page.submitMessage("#message-form", "#message_content", text);
const untilLast = (page: ChromePage, content: string) =>
  page.waitForList(LIST, (items) => items.at(-1)?.fields.content === content, `show ${content}`);
const untilLength = (page: ChromePage, length: number) =>
  page.waitForList(LIST, (items) => items.length === length, `have ${length} messages`);

/** Waits until as many components are held as are on the page: so many messages, and the form. */
async function untilOnlyShownAreHeld(page: ChromePage, messages: number): Promise<void> {
  await until(page, `${HELD} === ${messages + 1} && ${SHOWN} === ${messages + 1}`);
}

test("a deleted message takes its component with it", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  await send(alice, "soon gone");
  for (const page of [alice, bob]) {
    await untilLast(page, "soon gone");
    await untilOnlyShownAreHeld(page, 11);
  }
  await alice.click(".message:last-child .delete");
  for (const page of [alice, bob]) {
    await untilLength(page, 10);
    await untilOnlyShownAreHeld(page, 10);
  }
});

test("what a limit pushes out at either end takes its components with it, and an edit does not bring it back", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob", "?limit=30")];
  await send(alice, "pushed out");
  await untilLast(bob, "pushed out");
  for (const length of [21, 30]) {
    await bob.scrollToTop(LIST.container);
    await untilLength(bob, length);
    await untilOnlyShownAreHeld(bob, length);
  }
  await until(bob, `document.querySelector("#newer") !== null`);
  await alice.click(".message:last-child .edit");
  await alice.waitFor("#edit_content:focus");
  await alice.submitMessage("#edit-message-form", "#edit_content", " and changed");
  await untilLast(alice, "pushed out and changed");
  await untilOnlyShownAreHeld(bob, 30);
  await bob.evaluate(`document.querySelector("#messages-wrap").scrollBy(0, 100_000)`);
  await untilLast(bob, "pushed out and changed");
  await untilOnlyShownAreHeld(bob, 30);
});

test("another list, and the one before again, take the components that are shown in both along", async () => {
  const alice = await visit("alice");
  await send(alice, "needle in a haystack");
  await untilLast(alice, "needle in a haystack");
  await alice.evaluate(`window.kept = document.querySelector(".message:last-child").dataset.phxComponent`);
  const search = (text: string) =>
    alice.evaluate(`{
      const field = document.querySelector("#search");
      field.value = ${JSON.stringify(text)};
      field.form.requestSubmit();
    }`);
  await search("needle");
  await untilLength(alice, 1);
  await untilOnlyShownAreHeld(alice, 1);
  await search("");
  await untilLength(alice, 10);
  await untilOnlyShownAreHeld(alice, 10);
  expect(
    await alice.evaluate(`document.querySelector(".message:last-child").dataset.phxComponent === kept`),
  ).toBe(true);
});

test("an edit changes the component where it is, and nothing else of it", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  await send(alice, "first");
  await untilLast(bob, "first");
  await bob.evaluate(`{
    window.element = document.querySelector(".message:last-child");
    window.html = element.innerHTML;
    window.frames = [];
    liveSocket.socket.onMessage(({ event, payload }) => { if (event === "diff") frames.push({ has: Object.keys(payload), cids: Object.keys(payload.c ?? {}) }); });
  }`);
  await alice.click(".message:last-child .edit");
  await alice.waitFor("#edit_content:focus");
  await alice.submitMessage("#edit-message-form", "#edit_content", " and more");
  await untilLast(bob, "first and more");
  const { cid, frames, isSame, html } = (await bob.evaluate(`({
    cid: element.dataset.phxComponent,
    frames,
    isSame: element === document.querySelector(".message:last-child"),
    html: element.innerHTML.replace(' <span class="edited">(edited)</span>', "").replace(" and more", "") === html,
  })`)) as { cid: string; frames: unknown; isSame: boolean; html: boolean };
  expect(frames).toEqual([{ has: ["c"], cids: [cid] }]);
  expect([isSame, html]).toEqual([true, true]);
});

test("the form says itself what is wrong with a draft, which the next room knows nothing of", async () => {
  const alice = await visit("alice");
  const target = `document.querySelector("#message-form").getAttribute("phx-target")`;
  const own = `document.querySelector("#message-form").dataset.phxComponent`;
  const problem = `document.querySelector("#message-problem").textContent`;
  expect(await alice.evaluate(`${target} === ${own}`)).toBe(true);
  await alice.evaluate(`{
    const field = document.querySelector("#message_content");
    field.removeAttribute("maxlength");
    field.value = "x".repeat(10_001);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }`);
  await until(alice, `${problem} !== ""`);
  expect(await alice.evaluate(problem)).toBe("A message has at most 10,000 characters; this one has 10,001.");
  await alice.click('nav a[href$="/rooms/2"]');
  await until(alice, `location.pathname === "/rooms/2" && ${problem} === ""`);
  await untilOnlyShownAreHeld(alice, 10);
  await send(alice, "in the other room");
  await untilLast(alice, "in the other room");
  await alice.click('nav a[href$="/rooms/1"]');
  await until(alice, `location.pathname === "/rooms/1"`);
  await untilOnlyShownAreHeld(alice, 10);
});
