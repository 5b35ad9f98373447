import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BrowserSite, QUERY, run } from "./browser-site.ts";

const site = new BrowserSite();

describe("a view", () => {
  test("is open when the client says that it is connected", async () => {
    const opened = await site.open();
    await opened.openView(`${site.origin}/view`);
    expect(opened.problems()).toEqual([]);
  });

  test("that does not connect is an error with the first problem of the page", async () => {
    const opened = await site.open(undefined, { name: "Chrome 2" });
    await expect(opened.openView(`${site.origin}/dead-view`)).rejects.toThrow(
      /^Chrome 2 could not connect its view: .*console-error: no socket/,
    );
  });

  test("that is none is refused", async () => {
    const opened = await site.open();
    await expect(opened.openView(`${site.origin}/list`)).rejects.toMatchObject({
      code: "not-liveview",
      exitCode: 104,
    });
  });

  test("that the server does not have is refused", async () => {
    const opened = await site.open();
    await expect(opened.openView(`${site.origin}/none`)).rejects.toThrow(
      `Chrome 1 could not open ${site.origin}/none: the answer is 404`,
    );
  });
});

test("problems of a page are collected, and what is no problem is not", async () => {
  const opened = await site.open("/noisy");
  const problems = () =>
    opened
      .problems()
      .map(({ kind, text }) => `${kind}: ${text.replaceAll(site.origin, "")}`)
      .toSorted();
  await expect
    .poll(problems, { timeout: 10_000 })
    .toEqual([
      "console-error: Failed to load resource: net::ERR_EMPTY_RESPONSE (/reset)",
      "console-error: Failed to load resource: the server responded with a status of 404 (Not Found) (/missing)",
      "console-error: broken (/noisy:1)",
      "console-warning: careful (/noisy:1)",
      "page-error: lost",
      "request-failed: GET /reset: net::ERR_EMPTY_RESPONSE",
      "response: GET /missing: 404",
    ]);
  expect(opened.problemCount()).toBe(7);
});

test("WebSockets, their frames and the bytes in them are counted", async () => {
  const opened = await site.open("/socket");
  await opened.waitForList(QUERY, (items) => items.length === 3, "show three items");
  expect(opened.traffic()).toEqual({
    webSockets: 1,
    framesReceived: 3,
    bytesReceived: 4 + 5 + 3,
    framesSent: 1,
    bytesSent: 6,
  });
});

test("who listens to the traffic is told of text frames in order, of sockets that close, and of polling", async () => {
  const told: string[] = [];
  const times: number[] = [];
  const opened = await site.open(undefined, {
    onFrame: ({ direction, socket, text, chromeMs }) => {
      told.push(`${direction} ${text} on ${socket}`);
      times.push(chromeMs);
    },
    onSocketClosed: (socket) => told.push(`closed ${socket}`),
    onLongPoll: (url) => told.push(`polls ${url}`),
  });
  await opened.goto(`${site.origin}/socket`);
  await opened.waitForList(QUERY, (items) => items.length === 3, "show three items");
  await run(opened, 'fetch("/live/longpoll?vsn=2.0.0"); fetch("/longpolling"); socket.close()');
  const [socket = ""] = /[\d.]+$/.exec(told[0] ?? "") ?? [];
  await expect
    .poll(() => told.toSorted())
    .toEqual([
      `closed ${socket}`,
      `polls ${site.origin}/live/longpoll?vsn=2.0.0`,
      `received 4444 on ${socket}`,
      `received € on ${socket}`,
      `sent hällo on ${socket}`,
    ]);
  expect(told.slice(0, 3)).toEqual([
    `sent hällo on ${socket}`,
    `received 4444 on ${socket}`,
    `received € on ${socket}`,
  ]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("a picture is taken in the size that was asked for", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const opened = await site.open("/list");
  await opened.screenshot(`${folder}/page.png`, { width: 400, height: 300, dark: true });
  const png = readFileSync(`${folder}/page.png`);
  // The first chunk of a PNG has its width and height (ISO/IEC 15948, 11.2.1).
  expect([png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    "PNG",
    400,
    300,
  ]);
});
