import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import { DATABASES } from "../databases.ts";
import { startChat } from "./chat-process.ts";
import {
  chatSite,
  contentsOf,
  idsOf,
  LIST,
  saveEdit,
  scrolled,
  send,
  untilEnd,
  untilIds,
  untilLength,
} from "./chat-site.ts";
import { logInForm } from "./log-in-form.ts";
import { seededIds } from "./seeded-ids.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until, untilDrawn } from "./until.ts";

const FIELD = "#message_content";
const field = `document.querySelector("${FIELD}")`;
const offline = `getComputedStyle(document.querySelector(".offline")).display`;
const cut = (page: ChromePage) => page.evaluate("new Promise((resolve) => liveSocket.disconnect(resolve))");
const rejoin = async (page: ChromePage) => {
  await page.evaluate("liveSocket.connect()");
  await page.waitUntilConnected();
};

describe("a cut", () => {
  const site = chatSite();

  test("is shown, nothing can be sent meanwhile, and what is written stays where it is", async () => {
    const page = await site.visit("alice", "/rooms/1");
    expect(await page.evaluate(offline)).toBe("none");
    await page.type(FIELD, "half a ");
    await cut(page);
    await until(page, `${offline} === "block"`);
    expect(
      await page.evaluate(`[...document.querySelector("[data-phx-main]").classList].sort().join(" ")`),
    ).toBe("phx-client-error phx-error phx-loading");
    expect(await page.evaluate(`document.querySelector("#message-form button").disabled`)).toBe(true);
    expect(await page.evaluate(`getComputedStyle(document.querySelector("#messages")).pointerEvents`)).toBe(
      "none",
    );
    await page.type(FIELD, "sentence");
    await page.press(FIELD, "Enter");
    await rejoin(page);
    await until(page, `!document.querySelector("#message-form button").disabled`);
    expect(
      await page.evaluate(`[${field}.value, document.activeElement === ${field}, ${field}.selectionStart]`),
    ).toEqual(["half a sentence", true, 15]);
    await page.press(FIELD, "Enter");
    await untilEnd(page, "half a sentence");
  });

  test("opens the editor again with what was in it, also where Chrome draws later than the server answers", async () => {
    const page = await site.visit("alice", "/rooms/1");
    await send(page, "to be changed");
    await untilEnd(page, "to be changed");
    await page.click(".message:last-child .edit");
    await page.waitFor("#edit_content:focus");
    await page.type("#edit_content", " and so on");
    await page.evaluate(`{
      const draw = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (then) => setTimeout(() => draw(then), 300);
    }`);
    await cut(page);
    await until(page, `${offline} === "block"`);
    await rejoin(page);
    await page.waitFor("#edit_content");
    await untilDrawn(page);
    await page.waitFor("#edit_content:focus");
    await page.press("#edit_content", "Enter");
    await untilEnd(page, "to be changed and so on");
  });

  test("of a view that crashes is shown as a failure of the server, and the page comes back with its draft", async () => {
    const page = await site.visit("alice", "/rooms/1");
    await page.type(FIELD, "half a sentence");
    await page.evaluate(`(() => {
      const view = document.querySelector("[data-phx-main]");
      window.classes = [];
      new MutationObserver(() => window.classes.push(view.className)).observe(view, { attributeFilter: ["class"] });
      liveSocket.js().push(document.querySelector("#history"), "load_older", { value: { id: 7 } });
    })()`);
    await until(
      page,
      `window.classes.includes("phx-loading phx-error phx-server-error") && window.classes.at(-1) === "phx-connected"`,
    );
    expect(site.log.splice(0)).toEqual([expect.stringMatching(/^"lv:phx-\S+" crashed: ZodError/)]);
    await page.press(FIELD, "Enter");
    await untilEnd(page, "half a sentence");
  });

  describe.each(Object.keys(MODES))("in %s", (mode) => {
    test("leaves out nothing that was written, changed or deleted meanwhile, and repeats nothing", async () => {
      const path = `/${mode}/rooms/1?members=off`;
      const [alice, bob] = [await site.visit("alice", path), await site.visit("bob", path)];
      for (const text of ["to be changed", "to be deleted", "to stay"]) {
        await send(alice, text);
        for (const page of [alice, bob]) await untilEnd(page, text);
      }
      await bob.scrollToTop(LIST.container);
      await bob.waitForList(LIST, (items) => items.length === 23, "show a page of history");
      await cut(bob);
      const press = (text: string, button: "edit" | "delete") =>
        alice.evaluate(
          `[...document.querySelectorAll(".message")].find((message) => message.innerText.includes("${text}")).querySelector(".${button}").click()`,
        );
      await press("to be deleted", "delete");
      await press("to be changed", "edit");
      await saveEdit(alice, ", and changed");
      await send(alice, "missed");
      const missed = await untilEnd(alice, "missed");
      await rejoin(bob);
      expect(contentsOf(await untilEnd(bob, "missed")).slice(-3)).toEqual([
        "to be changed, and changed",
        "to stay",
        "missed",
      ]);
      await send(alice, "after it");
      const written = idsOf(await untilEnd(alice, "after it")).slice(10);
      const all = [...(await seededIds(1)), ...written];
      // Who comes back at the top of the page may have got a page of history by now.
      const there = idsOf(await untilEnd(bob, "after it"));
      expect(there).toEqual(all.slice(-there.length));
      expect(idsOf(missed).slice(10), "what was there before the last one").toEqual(written.slice(0, -1));
    });

    test("lets older messages take the place of those that were deleted meanwhile", async () => {
      const path = `/${mode}/rooms/1?members=off`;
      const alice = await site.visit("alice", path);
      for (const text of ["one", "two"]) {
        await send(alice, text);
        await untilEnd(alice, text);
      }
      const bob = await site.visit("bob", path);
      await cut(bob);
      for (const left of [11, 10]) {
        await alice.evaluate(`[...document.querySelectorAll(".delete")].at(-1).click()`);
        await untilLength(alice, left);
      }
      await rejoin(bob);
      const all = (await seededIds(1)).slice(-10);
      // See the exceptions of case 26 in scenarios/stream-cases/exceptions.ts.
      const inAppend = [...all.slice(2), ...all.slice(0, 2)];
      await untilIds(bob, mode === "append" ? inAppend : all);
    });
  });
});

describe("who has scrolled up", () => {
  const site = chatSite();

  test("is brought to the end by going to the form", async () => {
    const page = await site.visit("alice", "/rooms/1");
    await page.evaluate(`document.querySelector("#messages-wrap").scrollTop -= 120`);
    await until(page, `document.querySelector("#messages-wrap").scrollTop > 0`);
    expect((await scrolled(page)).fromBottom).toBe(120);
    await page.click(FIELD);
    expect((await scrolled(page)).fromBottom).toBe(0);
  });
});

describe("a restart of the server", () => {
  let chrome: Chrome;
  beforeAll(async () => {
    chrome = await startTestChrome();
  });
  afterAll(() => chrome.close());

  test.each(DATABASES)(
    "on $name, in the middle of a conversation of three Chromes, loses nothing",
    async ({ emptyLocation }) => {
      const env = { SECRET_KEY_BASE: "a secret that stays when the server goes, long enough" };
      const database = await emptyLocation();
      const server = await startChat(env, "--port", "0", "--database", database, "--messages", "45");
      const { port } = new URL(server.url);
      const visit = async (name: string): Promise<ChromePage> => {
        const page = await chrome.openPage({ name });
        onTestFinished(() => page.close());
        await page.logIn({ url: `${server.url}/rooms/1`, ...logInForm(name) });
        await page.waitUntilConnected();
        return page;
      };
      const [alice, bob, carla] = [await visit("alice"), await visit("bob"), await visit("carla")];
      const pages = [alice, bob, carla];
      for (const [page, text] of [
        [alice, "Is it slow for you too?"],
        [bob, "It is"],
        [carla, "I restart it"],
      ] as const) {
        await send(page, text);
        for (const each of pages) await untilEnd(each, text);
      }
      await alice.type(FIELD, "Wait, I am still wri");
      await bob.click(".message:nth-last-child(2) .edit");
      await bob.waitFor("#edit_content:focus");
      await bob.type("#edit_content", ", on every page");

      expect(pages.flatMap((page) => page.problems())).toEqual([]);
      await server.kill();
      for (const page of pages) await until(page, `${offline} === "block"`);
      await alice.type(FIELD, "ting");
      await startChat(env, "--port", port, "--database", database);
      for (const page of pages) await page.waitUntilConnected();

      await bob.waitFor("#edit_content:focus");
      await bob.press("#edit_content", "Enter");
      await alice.press(FIELD, "Enter");
      for (const page of pages) {
        const items = await page.waitForList(
          LIST,
          (list) =>
            contentsOf(list).includes("It is, on every page") &&
            contentsOf(list).at(-1) === "Wait, I am still writing",
          "show what was written before, during and after the restart",
        );
        expect(items.slice(-4).map(({ fields }) => [fields.sender, fields.content])).toEqual([
          ["alice", "Is it slow for you too?"],
          ["bob", "It is, on every page"],
          ["carla", "I restart it"],
          ["alice", "Wait, I am still writing"],
        ]);
      }
      await untilIds(carla, idsOf(await alice.readList(LIST)));
      // Who tries again while the server goes or is gone is refused or cut off, in one way or another.
      const failsToConnect = /^WebSocket connection to '\S+\/live\/websocket\?\S+' failed: /;
      const unexpected = pages.flatMap((page) =>
        page.problems().filter(({ text }) => !failsToConnect.test(text)),
      );
      expect(unexpected).toEqual([]);
    },
  );
});
