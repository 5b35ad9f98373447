import { expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { CONNECTED, chatSite, send, untilEnd } from "./chat-site.ts";
import { begin, newestId, textsOf, untilTexts } from "./messenger-site.ts";
import { until } from "./until.ts";

const site = chatSite({ messagesPerRoom: 0 });

/** A browser that notes what it is to show, and what it is asked. @param answer to the question, which it keeps. */
const recorder = (answer: string, given = "default") => `
  window.shown = [];
  window.asked = 0;
  window.Notification = class extends EventTarget {
    static permission = sessionStorage.getItem("permission") ?? ${JSON.stringify(given)};
    static async requestPermission() {
      window.asked += 1;
      sessionStorage.setItem("permission", ${JSON.stringify(answer)});
      return (Notification.permission = ${JSON.stringify(answer)});
    }
    constructor(title, { body, tag }) {
      super();
      Object.assign(this, { title, body, tag });
      window.shown.push(this);
    }
    close() {
      this.isClosed = true;
    }
  };`;

const shown = (page: ChromePage) => page.evaluate(`window.shown.map(({ title, body }) => [title, body])`);

async function visitWith(name: string, script: string): Promise<ChromePage> {
  const page = await site.visit(name, "/");
  await page.runFirst(script);
  await page.goto(`${site.origin}/`);
  await page.waitFor(CONNECTED);
  return page;
}

test("whether the browser may notify is asked once, when somebody presses the button, and then told", async () => {
  const alice = await visitWith("alice", recorder("granted"));
  await alice.waitFor("#notifications button");
  expect(await alice.evaluate("window.asked")).toBe(0);
  await alice.click("#notifications button");
  await untilTexts(alice, "#notifications p", ["You are notified of new messages."]);
  expect(await alice.evaluate(`[window.asked, document.querySelector("#notifications button")]`)).toEqual([
    1,
    null,
  ]);
  await alice.goto(`${site.origin}/`);
  await untilTexts(alice, "#notifications p", ["You are notified of new messages."]);
  expect(await alice.evaluate("window.asked")).toBe(0);
});

test("whoever says no is asked no more, and shown nothing", async () => {
  const alice = await visitWith("alice", recorder("denied"));
  await alice.click("#notifications button");
  await untilTexts(alice, "#notifications p", [
    "Your browser does not let this page notify you of new messages.",
  ]);
  const bob = await site.visit("bob", "/");
  await begin(bob, "Lunch", ["alice"]);
  await untilTexts(alice, "#conversations strong", ["Lunch"]);
  expect(await shown(alice)).toEqual([]);
  const asked = `[window.asked, document.querySelector("#notifications button")]`;
  expect(await alice.evaluate(asked)).toEqual([1, null]);
  await alice.goto(`${site.origin}/`);
  await untilTexts(alice, "#notifications p", [
    "Your browser does not let this page notify you of new messages.",
  ]);
  expect(await alice.evaluate(asked)).toEqual([0, null]);
});

test("members are notified of a new conversation and of messages, but not of their own; a click opens it", async () => {
  const alice = await visitWith("alice", recorder("granted", "granted"));
  const bob = await visitWith("bob", recorder("granted", "granted"));
  await begin(alice, "", ["bob"]);
  await until(bob, `window.shown.length === 1`);
  const id = await newestId(bob);
  await bob.evaluate(`window.shown[0].dispatchEvent(new Event("click"))`);
  await bob.waitFor(`#conversation-${id}`);
  await bob.waitFor(CONNECTED);
  await send(bob, "hello");
  await until(alice, `window.shown.length === 1`);
  expect(await shown(alice)).toEqual([["bob", "bob: hello"]]);
  expect(await shown(bob)).toEqual([]);
});

test("of a message in the conversation that is open one is notified while the page is hidden, and only then", async () => {
  const alice = await visitWith("alice", recorder("granted", "granted"));
  const bob = await site.visit("bob", "/");
  await begin(bob, "Lunch", ["alice"]);
  await begin(bob, "Dinner", ["alice"]);
  await untilTexts(alice, "#conversations strong", ["Dinner", "Lunch"]);
  const id = await newestId(alice);
  await alice.openView(`${site.origin}/conversations/${id}`);
  await bob.openView(`${site.origin}/conversations/${id}`);
  await send(bob, "seen as it comes");
  await untilEnd(alice, "seen as it comes");
  await alice.evaluate(`Object.defineProperty(document, "hidden", { value: true, configurable: true })`);
  await send(bob, "not seen");
  await until(alice, "window.shown.length === 1");
  await alice.evaluate("delete document.hidden");
  await bob.openView(`${site.origin}/conversations/${id - 1}`);
  await send(bob, "elsewhere");
  await until(alice, "window.shown.length === 2");
  expect(await shown(alice)).toEqual([
    ["Dinner", "bob: not seen"],
    ["Lunch", "bob: elsewhere"],
  ]);
  await alice.click(".conversations li:nth-child(2) a");
  await untilTexts(alice, "header.room h2", ["Lunch"]);
  expect(await textsOf(alice, ".message .content")).toEqual(["elsewhere"]);
  expect(await alice.evaluate("window.shown.map(({ isClosed }) => isClosed)")).toEqual([true, true]);
});
