import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import type { ListItem } from "../../harness/core/list-item.ts";
import { createServer, type ServerOptions } from "../../reference-server/server.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { RawBrowser } from "./raw-client.ts";
import { startTestChrome } from "./test-chrome.ts";

/** The list of messages, as the harness reads it. */
export const LIST = referenceSite.list;

/** A page whose view is connected, whether it is at a route or in a page that is not live. */
export const CONNECTED = "[data-phx-session].phx-connected";

/** What scrolls. */
export const SCROLLER = "#messages-wrap";

/** A chat of a test file: one Chrome for all its tests, a server of its own for each. */
export interface ChatSite {
  /** The server that runs now. */
  readonly origin: string;
  /** What it has logged. A test that expects a line takes it away. */
  readonly log: string[];
  /**
   * Logs somebody in, in a browser of his own, and opens a page. It is closed when the test ends.
   *
   * @param at an origin from which there is a way to the server. Default: its own.
   */
  visit(name: string, path: string, at?: string): Promise<ChromePage>;
  /** Has the errors on a page count for nothing: for a test in which its browser is refused something. */
  excuse(page: ChromePage): void;
  /** Ends the server, and starts another one in its place: with its secret, database and port. */
  restart(): Promise<void>;
  /** Ends the server. */
  stop(): Promise<void>;
}

/**
 * Has a chat for each test of the file. After a test there must be no error on any page, nor in the server's log.
 *
 * @param own what the server is to have besides what these tests usually take: 45 messages a room, in memory.
 */
export function chatSite(own: Partial<ServerOptions> = {}): ChatSite {
  let chrome: Chrome;
  let server: Awaited<ReturnType<typeof createServer>>;
  let origin = "";
  let pages: ChromePage[] = [];
  const excused = new Set<ChromePage>();
  const log: string[] = [];
  const start = async (port: number) => {
    server = await createServer({
      database: ":memory:",
      seed: 1,
      messagesPerRoom: 45,
      mode: "stream",
      faults: new Set(),
      secret: "a secret of the tests that is long enough",
      instrument: false,
      log: (line) => log.push(line),
      nowMs: Date.now,
      ...own,
    });
    origin = await server.listen({ port, host: "127.0.0.1" });
  };
  beforeAll(async () => {
    chrome = await startTestChrome();
  });
  afterAll(() => chrome.close());
  beforeEach(async () => {
    pages = [];
    log.length = 0;
    await start(0);
  });
  afterEach(async () => {
    const problems = pages.flatMap((page) => (excused.has(page) ? [] : page.problems()));
    for (const page of pages) await page.close();
    await server.close();
    expect([...problems, ...log]).toEqual([]);
  });
  return {
    log,
    get origin() {
      return origin;
    },
    async visit(name, path, at = origin) {
      const page = await chrome.openPage({ name });
      pages.push(page);
      const browser = new RawBrowser(at);
      await browser.logIn(name);
      // By the form in Chrome it takes longer than most tests: that is for the tests of accounts.
      await page.setCookies(at, browser.cookies);
      await page.goto(`${at}${path}`);
      await page.waitFor(CONNECTED);
      return page;
    },
    excuse: (page) => void excused.add(page),
    stop: async () => void (await server.close()),
    async restart() {
      await server.close();
      await start(Number(new URL(origin).port));
    },
  };
}

/** Writes a message, and sends it with its button. */
export const send = (page: ChromePage, text: string) =>
  page.submitMessage("#message-form", "#message_content", text);

/**
 * Goes on with the message that is being changed, once the dialog has put the caret behind it, and saves it; until the dialog
 * is gone, which gives the focus back: what was typed meanwhile would be torn.
 */
export async function saveEdit(page: ChromePage, more: string): Promise<void> {
  await page.waitFor("#edit_content:focus");
  await page.submitMessage("#edit-message-form", "#edit_content", more);
  await page.waitFor("#edit-dialog:not(:has(form))");
}

/** Writes a message and sends it at once: nothing is typed, neither is the field entered nor the pointer moved. */
export const sendUnseen = (page: ChromePage, text: string) => submitAtOnce(page, "#message_content", text);

/** Has a room's page look for a text, or show its list again where it is empty. */
export const searchFor = (page: ChromePage, text: string) => submitAtOnce(page, "#search", text);

async function submitAtOnce(page: ChromePage, field: string, text: string): Promise<void> {
  await page.waitFor(`${field}:not([readonly])`);
  await page.evaluate(`{
    const field = document.querySelector("${field}");
    field.value = ${JSON.stringify(text)};
    field.form.requestSubmit();
  }`);
}

/** The ids of messages, as elements have them. */
export const idsOf = (items: readonly ListItem[]) => items.map(({ id }) => id);

/** The texts of messages. */
export const contentsOf = (items: readonly ListItem[]) => items.map(({ fields }) => fields.content);

/** Whether a list ends with this text. */
export const ends = (text: string) => (items: readonly ListItem[]) => items.at(-1)?.fields.content === text;

/** Waits until the list ends with this text. */
export const untilEnd = (page: ChromePage, text: string) =>
  page.waitForList(LIST, ends(text), `end with "${text}"`);

/** Waits until the list has so many items, and gives their ids. */
export const untilLength = async (page: ChromePage, length: number) =>
  idsOf(await page.waitForList(LIST, (items) => items.length === length, `have ${length} messages`));

/** Waits until the list has these ids, in this order. */
export const untilIds = (page: ChromePage, ids: readonly string[]) =>
  page.waitForList(LIST, (items) => idsOf(items).join() === ids.join(), `show ${ids.join(" ")}`);

/** In the order in which messages were written. */
export const byNumber = (ids: readonly string[]) =>
  ids.toSorted((a, b) => Number(a.split("-")[1]) - Number(b.split("-")[1]));

/** What went over a page's socket. */
export interface FrameCount {
  readonly sent: number;
  readonly received: number;
}

/**
 * Counts what goes over the page's socket from now on, but for heartbeats. The page counts, so that what it shows by now is
 * counted by now. @returns the state of the count
 */
export async function countFrames(page: ChromePage): Promise<() => Promise<FrameCount>> {
  await page.evaluate(`{
    const counted = (window.counted = { sent: 0, received: 0 });
    const count = (way, { topic }) => topic !== "phoenix" && counted[way]++;
    const socket = liveSocket.getSocket();
    const { push } = socket;
    socket.push = (message) => (count("sent", message), push.call(socket, message));
    socket.onMessage((message) => count("received", message));
  }`);
  return async () => (await page.evaluate("window.counted")) as FrameCount;
}

/** How far the reader is from the top and from the bottom, in pixels. */
export async function scrolled(page: ChromePage) {
  const state = `(({ scrollTop, scrollHeight, clientHeight }) =>
    ({ top: scrollTop, fromBottom: Math.round(scrollHeight - scrollTop - clientHeight) }))(document.querySelector("${SCROLLER}"))`;
  return (await page.evaluate(state)) as { readonly top: number; readonly fromBottom: number };
}
