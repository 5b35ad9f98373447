import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Chrome } from "../../harness/browser/launch.ts";
import type { Socket } from "../../reference-server/live/socket.ts";
import type { LiveStream } from "../../reference-server/live/stream.ts";
import { attr, each, html } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { startLiveSite } from "../live-site/live-site.ts";
import { chatSite, countFrames, idsOf, LIST, send, untilEnd } from "./chat-site.ts";
import { RawBrowser } from "./raw-client.ts";
import { seededIds } from "./seeded-ids.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

describe("a room's page", () => {
  const site = chatSite();

  test("is whole as it comes by GET, and the socket that follows changes nothing of it", async () => {
    const browser = new RawBrowser(site.origin);
    await browser.logIn("alice");
    const { html: sent } = await browser.get("/rooms/1?members=off");
    const inPage = [...sent.matchAll(/<article id="(messages-\d+)"/g)].map(([, id]) => id);
    expect(inPage).toEqual((await seededIds(1)).slice(-10));
    const page = await site.visit("alice", "/rooms/1?members=off");
    expect(idsOf(await page.readList(LIST))).toEqual(inPage);
    const messages = (
      root: string,
    ) => `[...${root}.querySelectorAll("#messages > article")].map((message) => {
      const copy = message.cloneNode(true);
      for (const element of [copy, ...copy.querySelectorAll("*")])
        for (const { name } of [...element.attributes]) if (name.startsWith("data-phx-")) element.removeAttribute(name);
      return copy.outerHTML;
    })`;
    const asSent = await page.evaluate(
      messages(`new DOMParser().parseFromString(${JSON.stringify(sent)}, "text/html")`),
    );
    expect(asSent).toHaveLength(10);
    expect(await page.evaluate(messages("document"))).toEqual(asSent);
    expect(page.traffic().webSockets).toBe(1);
  });

  test("gets no frame for what changes nothing of it, and one for what does", async () => {
    const here = await site.visit("alice", "/rooms/1?members=off");
    const elsewhere = await site.visit("bob", "/rooms/2?members=off");
    const [countHere, countElsewhere] = [await countFrames(here), await countFrames(elsewhere)];
    const writer = await site.visit("carla", "/rooms/1?members=off");
    await send(writer, "for the first room");
    await untilEnd(here, "for the first room");
    // What came before this answer has come.
    await elsewhere.evaluate(`new Promise((resolve) => liveSocket.getSocket().ping(resolve))`);
    expect([(await countHere()).received, (await countElsewhere()).received]).toEqual([1, 0]);
  });
});

describe("a hook of the page", () => {
  const site = chatSite();

  test("is told of each thing that becomes of its element, and of the connection", async () => {
    const page = await site.visit("alice", "/rooms");
    await page.evaluate(`(() => {
      const { Scroll } = liveSocket.hooks;
      window.told = [];
      for (const name of ["mounted", "beforeUpdate", "updated", "destroyed", "disconnected", "reconnected"]) {
        const callback = Scroll[name];
        Scroll[name] = function () {
          window.told.push(name);
          callback?.call(this);
        };
      }
    })()`);
    /** What the hook is told until it is told this, each thing once; updates go on as long as the page changes. */
    const toldUntil = async (last: string) => {
      await until(page, `window.told.includes("${last}")`, "window.told");
      const told = (await page.evaluate("window.told.splice(0)")) as string[];
      const isUpdate = (name: string) => name === "beforeUpdate" || name === "updated";
      return [...new Set(told)].filter((name) => isUpdate(last) || !isUpdate(name));
    };
    await page.click(".rooms a");
    expect(await toldUntil("mounted")).toEqual(["mounted"]);
    await page.waitUntilConnected();
    await send(page, "hello");
    await untilEnd(page, "hello");
    expect(await toldUntil("updated")).toEqual(["beforeUpdate", "updated"]);
    await page.evaluate("void liveSocket.disconnect()");
    expect(await toldUntil("disconnected")).toEqual(["disconnected"]);
    await page.evaluate("liveSocket.connect()");
    expect(await toldUntil("reconnected")).toEqual(["reconnected"]);
    await page.evaluate("history.back()");
    expect(await toldUntil("destroyed")).toEqual(["destroyed"]);
  });
});

interface Shelf {
  readonly id: number;
  readonly title: string;
}

interface ShelfAssigns {
  readonly streams: { readonly books: LiveStream<Shelf>; readonly plain: LiveStream<Shelf> };
}

describe("a view with streams", () => {
  let chrome: Chrome;
  beforeAll(async () => {
    chrome = await startTestChrome();
  });
  afterAll(() => chrome.close());
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** What the view holds of its streams as an event begins: after the render before it. */
  const held: unknown[] = [];
  const note = ({ assigns: { streams } }: Socket<ShelfAssigns>) =>
    held.push(Object.values(streams).map(({ inserts, deletes, reset }) => ({ inserts, deletes, reset })));

  const shelf = defineView<ShelfAssigns, never>({
    name: "shelf",
    mount: (socket) =>
      socket
        .stream("books", [{ id: 1, title: "one" }], { domId: ({ id }) => `shelf-a-${id}` })
        .stream("plain", [{ id: 1, title: "uno" }]),
    handleEvent(socket, { name }) {
      note(socket);
      switch (name) {
        case "insert":
          return socket
            .streamInsert("books", { id: 2, title: "two" })
            .streamInsert("plain", { id: 2, title: "dos" });
        case "update":
          return socket.streamInsert("books", { id: 1, title: "one, changed" });
        case "bulk":
          return socket.stream(
            "books",
            [3, 4].map((id) => ({ id, title: `book ${id}` })),
          );
        case "delete":
          return socket.streamDelete("books", { id: 1, title: "" });
        case "reset":
          return socket.stream("books", [{ id: 9, title: "nine" }], { reset: true });
        default:
          return undefined;
      }
    },
    render: ({ streams }) =>
      html`<ul id="books" phx-update="stream">${each(
        streams.books,
        ({ domId, item }) => html`<li${attr("id", domId)}>${item.title}</li>`,
      )}</ul><ol id="plain" phx-update="stream">${each(
        streams.plain,
        ({ domId, item }) => html`<li${attr("id", domId)}>${item.title}</li>`,
      )}</ol>`,
  });

  test("shows what it declares, under ids of its own where it has a function for them, and holds nothing of it", async () => {
    const live = await startLiveSite({ routes: [{ path: "/", view: shelf }] });
    ends.push(live.close);
    const page = await chrome.openPage({ name: "shelf" });
    ends.push(() => page.close());
    await page.openView(live.origin);
    const books = `[...document.querySelectorAll("#books > li")].map(({ id, textContent }) => id + " " + textContent).join()`;
    const steps = [
      ["insert", "shelf-a-1 one,shelf-a-2 two"],
      ["update", "shelf-a-1 one, changed,shelf-a-2 two"],
      ["bulk", "shelf-a-1 one, changed,shelf-a-2 two,shelf-a-3 book 3,shelf-a-4 book 4"],
      ["delete", "shelf-a-2 two,shelf-a-3 book 3,shelf-a-4 book 4"],
      ["reset", "shelf-a-9 nine"],
      ["nothing", "shelf-a-9 nine"],
    ] as const;
    for (const [event, shown] of steps) {
      await page.evaluate(`new Promise((resolve) =>
        liveSocket.js().push(document.querySelector("[data-phx-main]"), "${event}", { callback: resolve }))`);
      expect(await page.evaluate(books), event).toBe(shown);
    }
    expect(await page.evaluate(`[...document.querySelectorAll("#plain > li")].map(({ id }) => id)`)).toEqual([
      "plain-1",
      "plain-2",
    ]);
    const nothing = { inserts: [], deletes: [], reset: false };
    expect(held).toEqual(steps.map(() => [nothing, nothing]));
    expect(live.log).toEqual([]);
  });
});
