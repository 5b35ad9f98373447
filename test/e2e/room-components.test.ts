import { expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { chatSite, LIST, saveEdit, searchFor, send, untilEnd, untilLength } from "./chat-site.ts";
import { until, untilIs } from "./until.ts";

/** The client forgets a component only once the server has confirmed that it holds it no longer. */
const HELD = `Object.keys(liveSocket.main.rendered.rendered.c).length`;
const SHOWN = `document.querySelectorAll("[data-phx-component]").length`;

const site = chatSite({ mode: "components" });
const visit = (name: string, query = "") => site.visit(name, `/rooms/1${query}`);

/** Waits until as many components are held as are on the page: so many messages, and the form. */
async function untilOnlyShownAreHeld(page: ChromePage, messages: number): Promise<void> {
  await untilIs(page, `[${HELD}, ${SHOWN}]`, [messages + 1, messages + 1]);
}

test("a deleted message takes its component with it", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  await send(alice, "soon gone");
  for (const page of [alice, bob]) {
    await untilEnd(page, "soon gone");
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
  await untilEnd(bob, "pushed out");
  for (const length of [21, 30]) {
    await bob.scrollToTop(LIST.container);
    await untilLength(bob, length);
    await untilOnlyShownAreHeld(bob, length);
  }
  await until(bob, `document.querySelector("#newer") !== null`);
  await alice.click(".message:last-child .edit");
  await saveEdit(alice, " and changed");
  await untilEnd(alice, "pushed out and changed");
  await untilOnlyShownAreHeld(bob, 30);
  await bob.evaluate(`document.querySelector("#messages-wrap").scrollBy(0, 100_000)`);
  await untilEnd(bob, "pushed out and changed");
  await untilOnlyShownAreHeld(bob, 30);
});

test("another list, and the one before again, take the components that are shown in both along", async () => {
  const alice = await visit("alice");
  await send(alice, "needle in a haystack");
  await untilEnd(alice, "needle in a haystack");
  await alice.evaluate(`window.kept = document.querySelector(".message:last-child").dataset.phxComponent`);
  await searchFor(alice, "needle");
  await untilLength(alice, 1);
  await untilOnlyShownAreHeld(alice, 1);
  await searchFor(alice, "");
  await untilLength(alice, 10);
  await untilOnlyShownAreHeld(alice, 10);
  expect(
    await alice.evaluate(`document.querySelector(".message:last-child").dataset.phxComponent === kept`),
  ).toBe(true);
});

test("an edit changes the component where it is, and nothing else of it", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  await send(alice, "first");
  await untilEnd(bob, "first");
  await bob.evaluate(`{
    window.element = document.querySelector(".message:last-child");
    window.html = element.innerHTML;
    window.frames = [];
    liveSocket.socket.onMessage(({ event, payload }) => { if (event === "diff") frames.push({ has: Object.keys(payload), cids: Object.keys(payload.c ?? {}) }); });
  }`);
  await alice.click(".message:last-child .edit");
  await saveEdit(alice, " and more");
  await untilEnd(bob, "first and more");
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
  await untilEnd(alice, "in the other room");
  await alice.click('nav a[href$="/rooms/1"]');
  await until(alice, `location.pathname === "/rooms/1"`);
  await untilOnlyShownAreHeld(alice, 10);
});
