import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import type { Socket } from "../../reference-server/live/socket.ts";
import type { LiveStream } from "../../reference-server/live/stream.ts";
import { attr, each, html } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { startLiveSite } from "../live-site/live-site.ts";
import { chatSite, idsOf, LIST, send, untilEnd } from "./chat-site.ts";
import { RawBrowser } from "./raw-client.ts";
import { seededIds } from "./seeded-ids.ts";
import { startTestChrome } from "./test-chrome.ts";

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
    expect(page.traffic().webSockets).toBe(1);
  });

  test("gets no frame for what changes nothing of it, and one for what does", async () => {
    const here = await site.visit("alice", "/rooms/1?members=off");
    const elsewhere = await site.visit("bob", "/rooms/2?members=off");
    const framesOf = (page: ChromePage) => page.traffic().framesReceived;
    const before = { here: framesOf(here), elsewhere: framesOf(elsewhere) };
    const writer = await site.visit("carla", "/rooms/1?members=off");
    await send(writer, "for the first room");
    await untilEnd(here, "for the first room");
    // What came before this answer has come.
    await elsewhere.evaluate(`new Promise((resolve) => liveSocket.getSocket().ping(resolve))`);
    expect([framesOf(here) - before.here, framesOf(elsewhere) - before.elsewhere]).toEqual([1, 1]);
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
