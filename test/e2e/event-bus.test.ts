import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import {
  chatSite,
  idsOf,
  LIST,
  SCROLLER,
  scrolled,
  searchFor,
  sendUnseen,
  untilEnd,
  untilLength,
} from "./chat-site.ts";
import { RawBrowser, RawSocket } from "./raw-client.ts";

const ROOM = `document.querySelector("${SCROLLER}")`;
const DAY_MS = 86_400_000;

let nowMs: () => number;
let writers: RawSocket[];

const site = chatSite({ nowMs: () => nowMs() });

beforeEach(() => {
  [writers, nowMs] = [[], Date.now];
});
afterEach(async () => {
  for (const writer of writers) await writer.close();
});

/** What the page is told, and whether it has the message by then, is noted from now on. */
const NOTE = `(() => {
  window.told = [];
  const note = (way) => (told) => window.told.push({ way, ...told, there: document.getElementById(told.id) !== null });
  addEventListener("phx:scroll", ({ detail }) => note("push_event")(detail));
  window.noteChannel = () => {
    const bus = liveSocket.getSocket().channels.find(({ topic }) => topic.startsWith("event_bus:"));
    if (bus !== undefined && bus !== window.noted) bus.on("scroll", note("channel"));
    window.noted = bus;
  };
  noteChannel();
})()`;

interface Told {
  readonly way: string;
  readonly id: string;
  readonly own: boolean;
  readonly there: boolean;
}

async function visit(name: string, path: string): Promise<ChromePage> {
  const page = await site.visit(name, path);
  await page.evaluate(NOTE);
  return page;
}

const toldTo = async (page: ChromePage) => (await page.evaluate("window.told")) as readonly Told[];

/** Waits until the page was told of so many messages, and gives what it was told. */
async function untilTold(page: ChromePage, count: number): Promise<readonly Told[]> {
  await expect.poll(async () => (await toldTo(page)).length).toBe(count);
  return toldTo(page);
}

/** The channels of a page that are joined, but for its views'. */
const channelsOf = (page: ChromePage) =>
  page.evaluate(
    `liveSocket.getSocket().channels.filter(({ topic, state }) => !topic.startsWith("lv:") && state === "joined").map(({ topic }) => topic)`,
  );

/** Waits until the page has joined this channel and no other. */
const untilJoined = (page: ChromePage, ...topics: readonly string[]) =>
  expect.poll(() => channelsOf(page)).toEqual(topics);

const fromBottom = async (page: ChromePage) => (await scrolled(page)).fromBottom;
/** As the reader does; the page hears of it in its next frame. */
const scrollUp = (page: ChromePage, byPx: number) =>
  page.evaluate(
    `new Promise((resolve) => { ${ROOM}.addEventListener("scroll", resolve, { once: true }); ${ROOM}.scrollTop -= ${byPx}; })`,
  );

/** Somebody without a browser, who writes as fast as he can. */
async function writer(name: string, path: string) {
  const browser = new RawBrowser(site.origin);
  await browser.logIn(name);
  const page = await browser.get(path);
  const socket = await RawSocket.open(site.origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  writers.push(socket);
  await socket.join(page, `${site.origin}${path}`);
  return (texts: readonly string[]) => {
    for (const text of texts) {
      const value = new URLSearchParams({ "message[content]": text }).toString();
      const payload = { type: "form", event: "send", value };
      socket.send(["1", "2", `lv:${page.id}`, "event", payload]);
    }
  };
}

const burst = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name} ${i + 1}`);

/** Takes away what the server has logged: of each line the first. */
const loggedLines = () => site.log.splice(0).map((line) => line.split("\n")[0]);

describe.each(["channel", "push_event"])("a page that is told by %s", (way) => {
  test.each(Object.keys(MODES))(
    "in %s scrolls to what is there by then, for who is at the end or wrote it",
    async (mode) => {
      const path = `/${mode}/rooms/1?after=${way}`;
      const reader = await visit("alice", path);
      const write = await writer("bob", path);
      if (way === "channel") await untilJoined(reader, "event_bus:1");
      const before = idsOf(await reader.readList(LIST));

      write(burst("first", 40));
      const told = await untilTold(reader, 40);
      const items = idsOf(await untilEnd(reader, "first 40"));
      expect(told).toEqual(
        items.filter((id) => !before.includes(id)).map((id) => ({ way, id, own: false, there: true })),
      );
      expect(await fromBottom(reader)).toBe(0);

      await scrollUp(reader, 200);
      const { top } = await scrolled(reader);
      write(burst("second", 10));
      expect((await untilTold(reader, 50)).every(({ there }) => there)).toBe(true);
      await untilEnd(reader, "second 10");
      expect((await scrolled(reader)).top).toBe(top);

      await sendUnseen(reader, "my own");
      await untilEnd(reader, "my own");
      expect((await untilTold(reader, 51)).at(-1)).toMatchObject({ own: true, there: true });
      expect(await fromBottom(reader)).toBe(0);
    },
  );

  test("stays with who reads the end of a window that lets go of the oldest", async () => {
    const path = `/stream/rooms/1?limit=30&after=${way}`;
    const reader = await visit("alice", path);
    const write = await writer("bob", path);
    if (way === "channel") await untilJoined(reader, "event_bus:1");
    for (const name of ["one", "two", "three"]) {
      write(burst(name, 10));
      await untilEnd(reader, `${name} 10`);
    }
    expect((await untilTold(reader, 30)).every(({ there }) => there)).toBe(true);
    // There were ten before.
    expect(await reader.readList(LIST)).toHaveLength(30);
    expect(await fromBottom(reader)).toBe(0);
  });

  test("stays with who reads the end when the last message grows, and when a search ends", async () => {
    const reader = await visit("alice", `/stream/rooms/1?after=${way}`);
    await sendUnseen(reader, "short");
    await untilEnd(reader, "short");
    await untilTold(reader, 1);
    const long = "much longer ".repeat(60).trim();
    await reader.click("#messages > :last-child .edit");
    await reader.waitFor("#edit_content");
    await reader.evaluate(
      `(({ form }) => { form.elements["message[content]"].value = ${JSON.stringify(long)}; form.requestSubmit(); })(document.querySelector("#edit_content"))`,
    );
    await untilEnd(reader, long);
    expect(await fromBottom(reader)).toBe(0);
    await searchFor(reader, "much longer");
    await untilLength(reader, 1);
    await searchFor(reader, "");
    await untilLength(reader, 10);
    expect(await fromBottom(reader)).toBe(0);
  });
});

test("a page that asks for neither carries no token, joins no channel, and is told nothing", async () => {
  const reader = await visit("alice", "/stream/rooms/1");
  const write = await writer("bob", "/stream/rooms/1");
  write(["hello"]);
  await untilEnd(reader, "hello");
  expect(await reader.evaluate(`document.querySelectorAll("meta[name=page-token]").length`)).toBe(0);
  expect([await channelsOf(reader), await toldTo(reader), await fromBottom(reader)]).toEqual([[], [], 0]);
});

test.each(["stream", "append"])("in %s, the channel goes with the page from room to room", async (mode) => {
  const reader = await visit("alice", `/${mode}/rooms/1?after=channel`);
  await untilJoined(reader, "event_bus:1");
  await reader.click("nav.rooms li:nth-child(2) a");
  await untilJoined(reader, "event_bus:2");
  await reader.evaluate("noteChannel()");
  const [there, elsewhere] = [
    await writer("bob", `/${mode}/rooms/2`),
    await writer("carla", `/${mode}/rooms/1`),
  ];
  elsewhere(["not here"]);
  there(["here"]);
  const [last] = idsOf(await untilEnd(reader, "here")).slice(-1);
  expect(await untilTold(reader, 1)).toEqual([{ way: "channel", id: last, own: false, there: true }]);
});

test("two pages of one reader have a channel each, and are told by their own of their own room", async () => {
  const here = await visit("alice", "/stream/rooms/1?after=channel");
  const beside = await visit("alice", "/stream/rooms/1?after=channel");
  const elsewhere = await visit("alice", "/stream/rooms/2?after=channel");
  for (const page of [here, beside]) await untilJoined(page, "event_bus:1");
  await untilJoined(elsewhere, "event_bus:2");
  for (const page of [here, beside, elsewhere]) await page.evaluate("noteChannel()");
  (await writer("bob", "/stream/rooms/1"))(["for room one"]);
  (await writer("carla", "/stream/rooms/2"))(["for room two"]);
  const told = async (page: ChromePage, text: string) => {
    const [id] = idsOf(await untilEnd(page, text)).slice(-1);
    const [only] = await untilTold(page, 1);
    return [only?.id === id, only?.there];
  };
  expect(await told(here, "for room one")).toEqual([true, true]);
  expect(await told(beside, "for room one")).toEqual([true, true]);
  expect(await told(elsewhere, "for room two")).toEqual([true, true]);
  const tokens = [here, beside].map((page) =>
    page.evaluate(`document.querySelector("meta[name=page-token]").content`),
  );
  const [one, other] = await Promise.all(tokens);
  expect(one).not.toBe(other);
});

test("a channel that dies does not harm the view, and what came meanwhile is at the end when it is back", async () => {
  const reader = await visit("alice", "/stream/rooms/1?after=channel");
  const write = await writer("bob", "/stream/rooms/1");
  await untilJoined(reader, "event_bus:1");
  const bus = `liveSocket.getSocket().channels.find(({ topic }) => topic === "event_bus:1")`;
  // It is joined again when the test says so, not in a second.
  await reader.evaluate(
    `new Promise((resolve) => { ${bus}.rejoinTimer.scheduleTimeout = () => {}; ${bus}.onError(resolve); ${bus}.push("nonsense", {}); })`,
  );
  write(burst("meanwhile", 5));
  await untilEnd(reader, "meanwhile 5");
  expect(await toldTo(reader)).toEqual([]);
  await reader.evaluate(`(() => { delete ${bus}.rejoinTimer.scheduleTimeout; ${bus}.rejoin(); })()`);
  await untilJoined(reader, "event_bus:1");
  await expect.poll(() => fromBottom(reader)).toBe(0);
  write(["told again"]);
  expect(await untilTold(reader, 1)).toMatchObject([{ there: true }]);
  expect(loggedLines()).toEqual([`"event_bus:1" crashed: Error: channel event_bus:* takes no messages`]);
});

test("a view that dies leaves the channel, which tells of what the next one shows", async () => {
  const reader = await visit("alice", "/stream/rooms/1?after=channel");
  const write = await writer("bob", "/stream/rooms/1");
  await untilJoined(reader, "event_bus:1");
  await reader.evaluate(`new Promise((resolve) => {
    liveSocket.main.channel.onError(resolve);
    liveSocket.execJS(document.querySelector("#messages"), JSON.stringify([["push", { event: "load_older" }]]));
  })`);
  expect(await channelsOf(reader)).toEqual(["event_bus:1"]);
  await reader.waitUntilConnected();
  write(["told by the next"]);
  const items = await untilEnd(reader, "told by the next");
  expect(await untilTold(reader, 1)).toEqual([
    { way: "channel", id: items.at(-1)?.id, own: false, there: true },
  ]);
  expect([loggedLines().length, await fromBottom(reader)]).toEqual([1, 0]);
});

test("a page that is older than a day is refused another socket, and loads itself anew", async () => {
  const reader = await visit("alice", "/stream/rooms/1?after=channel");
  await untilJoined(reader, "event_bus:1");
  const token = `document.querySelector("meta[name=page-token]").content`;
  const old = await reader.evaluate(token);
  site.excuse(reader);
  nowMs = () => Date.now() + DAY_MS + 60_000;
  await reader.evaluate("window.isOld = true; liveSocket.getSocket().conn.close(4000)");
  await expect.poll(() => reader.evaluate("window.isOld === undefined").catch(() => false)).toBe(true);
  await reader.waitUntilConnected();
  await untilJoined(reader, "event_bus:1");
  expect(await reader.evaluate(token)).not.toBe(old);
  expect(await reader.evaluate(`sessionStorage.getItem("page-token-refused")`)).toBe(null);
  // The client may try once more before the page is gone.
  expect([...new Set(loggedLines())]).toEqual(["upgrade refused: page token expired"]);
});

test("a page that was loaded anew for that reason, and is refused again, is not loaded for ever", async () => {
  const reader = await visit("alice", "/stream/rooms/1?after=channel");
  await untilJoined(reader, "event_bus:1");
  site.excuse(reader);
  nowMs = () => Date.now() + DAY_MS + 60_000;
  await reader.evaluate(`sessionStorage.setItem("page-token-refused", "yes")`);
  await reader.evaluate("window.isOld = true; liveSocket.getSocket().conn.close(4000)");
  await expect.poll(() => site.log.length > 3).toBe(true);
  expect(await reader.evaluate("window.isOld")).toBe(true);
  await reader.close();
  // What is refused last is logged before that is over.
  await site.stop();
  expect([...new Set(loggedLines())]).toEqual(["upgrade refused: page token expired"]);
});
