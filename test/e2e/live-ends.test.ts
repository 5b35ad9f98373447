import { setImmediate } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { CountingPubSub } from "../live-site/counting-pubsub.ts";
import { counter, LIFE_ROUTES, lifeLog } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { elementIn, elementInDiff, type Visit, visit } from "../live-site/live-visit.ts";

let site: LiveSite;
const pubsub = new CountingPubSub();
const visits: Visit[] = [];

beforeAll(async () => {
  site = await startLiveSite({ routes: LIFE_ROUTES, views: [counter], pubsub });
});
// Views of other files may have left something in it.
beforeEach(() => {
  lifeLog.length = 0;
});
afterEach(async () => {
  for (const { socket } of visits.splice(0)) await socket.close();
  await expect.poll(() => pubsub.subscriptions).toBe(0);
  site.log.length = 0;
});
afterAll(() => site.close());

/** A page whose three views are joined: `1` the main one, `2` its child, `3` the sticky one. */
async function wholePage() {
  const arrived = await visit(site, "/");
  visits.push(arrived);
  const answer = await arrived.join();
  const child = elementInDiff((answer.response as { rendered: unknown }).rendered, "child");
  await arrived.join({}, child, "2");
  await arrived.join({ sticky: true }, elementIn(arrived.page.html, "sticky"), "3");
  return { ...arrived, child, topic: `lv:${arrived.main.id}` };
}

const counted = (count: number) => ({ status: "ok", response: { diff: { "2": String(count) } } });

test.each([
  ["in an event", (page: Visit) => page.event("crash")],
  ["later, in an event", (page: Visit) => page.event("crash-later")],
  ["at an event of LiveView's own that is none", (page: Visit) => page.event("lv:none")],
  ["at a message that no view understands", (page: Visit) => page.send("allow_upload", { ref: "x" })],
])("a view that crashes %s takes its children with it, and nothing else", async (_, crash) => {
  const [page, bystander] = [await wholePage(), await wholePage()];
  expect(pubsub.subscriptions).toBe(6);
  crash(page);
  expect(await page.socket.next()).toEqual(["1", "1", page.topic, "phx_error", {}]);
  expect(await page.socket.next()).toEqual(["2", "2", "lv:child", "phx_close", {}]);
  expect([pubsub.subscriptions, site.log.length]).toEqual([4, 1]);
  expect(lifeLog.toSorted()).toEqual(["child ended", "home ended"]);

  page.event("count", "sticky", "3");
  expect((await page.socket.next())[4]).toEqual(counted(1));
  pubsub.broadcast("news", "still there");
  expect(await bystander.socket.next()).toMatchObject([
    "1",
    null,
    bystander.topic,
    "diff",
    { "3": "still there" },
  ]);
  page.event("flash");
  expect((await page.socket.next())[4]).toMatchObject({ response: { reason: "unmatched topic" } });
  expect(await page.join(undefined, page.main, "9")).toMatchObject({ status: "ok" });
});

test("a view that crashes at a broadcast says so, once for each view", async () => {
  const page = await wholePage();
  pubsub.broadcast("news", "crash");
  expect(await page.socket.next()).toEqual(["1", "1", page.topic, "phx_error", {}]);
  expect(site.log.map((line) => line.split("\n")[0])).toEqual([
    `"${page.topic}" crashed: Error: the page broke at the news`,
  ]);
});

test("a child that crashes leaves its parent as it is, and can be joined again", async () => {
  const page = await wholePage();
  page.event("crash", "child", "2");
  expect(await page.socket.next()).toEqual(["2", "2", "lv:child", "phx_error", {}]);
  page.event("flash");
  expect((await page.socket.next())[4]).toMatchObject({ status: "ok", response: { diff: {} } });
  expect(await page.join({}, page.child, "4")).toMatchObject({ status: "ok" });
});

test("a view that is left ends, with its children", async () => {
  const page = await wholePage();
  page.send("phx_leave", {});
  const frames = [await page.socket.next(), await page.socket.next(), await page.socket.next()];
  expect(frames.map(([, , topic, event]) => [topic, event])).toEqual([
    ["lv:child", "phx_close"],
    [page.topic, "phx_close"],
    [page.topic, "phx_reply"],
  ]);
  expect(lifeLog.toSorted()).toEqual(["child ended", "home ended"]);
  expect(pubsub.subscriptions).toBe(1);
});

test("a view that goes elsewhere ends, with its children", async () => {
  const page = await wholePage();
  page.event("redirect");
  const frames = [await page.socket.next(), await page.socket.next(), await page.socket.next()];
  expect(frames.map(([, , topic, event]) => [topic, event])).toEqual([
    [page.topic, "phx_reply"],
    ["lv:child", "phx_close"],
    [page.topic, "phx_close"],
  ]);
});

test("a socket that drops ends all its views", async () => {
  const page = await wholePage();
  page.socket.socket.terminate();
  await expect.poll(() => lifeLog.toSorted()).toEqual(["child ended", "home ended", "sticky ended"]);
  expect([pubsub.subscriptions, site.log]).toEqual([0, []]);
});

test("a server that stops ends all views, and closes their sockets", async () => {
  const own = new CountingPubSub();
  const passing = await startLiveSite({ routes: LIFE_ROUTES, views: [counter], pubsub: own });
  const { join, socket } = await visit(passing, "/");
  await join();
  expect(own.subscriptions).toBe(1);
  const closed = new Promise((resolve) => socket.socket.once("close", resolve));
  await passing.close();
  expect([await closed, own.subscriptions]).toEqual([1001, 0]);
});

test("a flash is cleared by kind, or as a whole", async () => {
  const page = await wholePage();
  page.event("flash");
  expect((await page.socket.next())[4]).toMatchObject({ response: { diff: { "4": { "0": "saved" } } } });
  const clear = (value: object) => page.send("event", { type: "click", event: "lv:clear-flash", value });
  clear({ key: "error" });
  expect((await page.socket.next())[4]).toEqual({
    status: "ok",
    response: { diff: { "4": { "0": "saved" } } },
  });
  clear({ key: "info" });
  expect((await page.socket.next())[4]).toEqual({ status: "ok", response: { diff: { "4": "" } } });
  page.event("flash");
  await page.socket.next();
  clear({});
  expect((await page.socket.next())[4]).toEqual({ status: "ok", response: { diff: { "4": "" } } });
});

test("a client that reads nothing, but goes on sending, is cut off, and what waits for it is dropped", async () => {
  const page = await wholePage();
  page.socket.socket.pause();
  for (let sent = 0; sent < 20; sent += 1) {
    pubsub.broadcast("news", `${sent} ${"x".repeat(8_000_000)}`);
    page.socket.send([null, String(sent), "phoenix", "heartbeat", {}]);
    await setImmediate();
  }
  await expect.poll(() => site.endpoint.connections).toBe(0);
  expect(site.log).toEqual(["a client that does not read what it is sent: connection closed"]);
  page.socket.socket.terminate();
});
