import { afterEach, beforeEach, expect, test } from "vitest";
import { realClock } from "../../harness/core/real-time.ts";
import { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { seededRandom } from "../../reference-server/chat/random.ts";
import { notesOf, startBoardSite } from "../live-site/board-site.ts";
import { CountingPubSub } from "../live-site/counting-pubsub.ts";
import type { LiveSite } from "../live-site/live-site.ts";
import { type Visit, visit } from "../live-site/live-visit.ts";
import { type RawFrame, RawSocket } from "./raw-client.ts";

const BUS = "event_bus:1";

let pubsub: CountingPubSub;
let site: LiveSite;
/** What must end before the server does. */
let ends: (() => Promise<void>)[];

beforeEach(async () => {
  ends = [];
  pubsub = new CountingPubSub();
  site = await startBoardSite({ pubsub });
});
afterEach(async () => {
  for (const end of ends) await end();
  await expect.poll(() => pubsub.subscriptions).toBe(0);
  await site.close();
});

/** Opens a page and joins its view. */
async function arrive(path = "/boards/1"): Promise<Visit> {
  const arrived = await visit(site, path);
  ends.push(() => arrived.socket.close());
  await arrived.join();
  return arrived;
}

/** Joins a channel; returns the answer. */
async function joinBus({ socket }: Visit, topic = BUS, payload: RawFrame[4] = {}, ref = "9") {
  socket.send([ref, ref, topic, "phx_join", payload]);
  return (await socket.next())[4];
}

const joined = { status: "ok", response: {} };
const refused = (reason: string) => ({ status: "error", response: { reason } });
const shown = (id: number) => ["9", null, BUS, "shown", { id: `notes-${id}` }];
const write = (id: number) => pubsub.broadcast(notesOf(1), { id, turns: 0 });

/** The ids of the notes that a frame brings. */
const notesIn = (frame: RawFrame) =>
  [...JSON.stringify(frame[4]).matchAll(/"(notes-\d+)"/g)].map(([, id]) => id);

test("a view has its page told by the channel of the same socket, after the diff", async () => {
  const page = await arrive();
  expect(await joinBus(page)).toEqual(joined);
  write(7);
  const diff = await page.socket.next();
  expect([diff[2], diff[3]]).toEqual([`lv:${page.main.id}`, "diff"]);
  expect(notesIn(diff)).toContain("notes-7");
  expect(await page.socket.next()).toEqual(shown(7));
});

test("what an event's answer shows is told after the answer", async () => {
  const page = await arrive();
  await joinBus(page);
  page.event("write-8");
  const answer = await page.socket.next();
  expect([answer[2], answer[3]]).toEqual([`lv:${page.main.id}`, "phx_reply"]);
  expect(notesIn(answer)).toContain("notes-8");
  expect(await page.socket.next()).toEqual(shown(8));
});

test("two pages of one browser have two channels, and each view finds its own", async () => {
  const [first, second] = [await arrive(), await arrive()];
  expect(first.page.pageToken).not.toBe(second.page.pageToken);
  await joinBus(first);
  await joinBus(second);
  first.event("write-1");
  second.event("write-2");
  for (const [{ socket }, id] of [
    [first, 1],
    [second, 2],
  ] as const) {
    expect((await socket.next())[3]).toBe("phx_reply");
    expect(await socket.next()).toEqual(shown(id));
  }
  // Were there anything else, it would come before the answer to this.
  for (const page of [first, second]) expect(await joinBus(page, "event_bus:2")).toEqual(joined);
});

test("a page that has two sockets, as the server has not seen the loss of one, is told on each by its own view", async () => {
  const page = await arrive();
  await joinBus(page);
  const { csrfToken, pageToken } = page.page;
  const socket = await RawSocket.open(site.origin, { cookie: page.browser.cookie, csrfToken, pageToken });
  ends.push(() => socket.close());
  expect(await joinBus({ ...page, socket })).toEqual(joined);
  write(3);
  expect((await page.socket.next())[3]).toBe("diff");
  expect(await page.socket.next()).toEqual(shown(3));
  // No view has joined on it: it must not hear of what it cannot have.
  expect(await joinBus({ ...page, socket }, "event_bus:2")).toEqual(joined);
});

test.each([
  ["event_bus:9", {}, "no such room"],
  ["event_bus:", {}, "no such room"],
  ["event_bus:01", {}, "no such room"],
  ["event_bus:1e0", {}, "no such room"],
  ["event_bus:1:2", {}, "no such room"],
  [BUS, { page: "another" }, "a join names nothing: its page is the socket's"],
])("the join of %s with %j is refused", async (topic, payload, reason) => {
  expect(await joinBus(await arrive(), topic, payload)).toEqual(refused(reason));
});

test("a page that carries no token has no channel, and its view works", async () => {
  const page = await arrive("/plain/1");
  expect(page.page.pageToken).toBeUndefined();
  expect(await joinBus(page)).toEqual(refused("the socket was opened without a page token"));
  write(4);
  expect(notesIn(await page.socket.next())).toContain("notes-4");
});

test("a view whose channel has not joined works, and is told of what it shows once it has", async () => {
  const page = await arrive();
  write(5);
  expect(notesIn(await page.socket.next())).toContain("notes-5");
  expect(await joinBus(page)).toEqual(joined);
  write(6);
  expect((await page.socket.next())[3]).toBe("diff");
  expect(await page.socket.next()).toEqual(shown(6));
});

test("a channel that dies does not harm its view, and may come back", async () => {
  const page = await arrive();
  await joinBus(page);
  page.socket.send(["9", "10", BUS, "nonsense", {}]);
  expect(await page.socket.next()).toEqual(["9", "9", BUS, "phx_error", {}]);
  write(1);
  expect((await page.socket.next())[3]).toBe("diff");
  expect(await joinBus(page)).toEqual(joined);
  write(2);
  expect((await page.socket.next())[3]).toBe("diff");
  expect(await page.socket.next()).toEqual(shown(2));
  expect(site.log.map((line) => line.split("\n")[0])).toEqual([
    `"event_bus:1" crashed: Error: channel event_bus:* takes no messages`,
  ]);
});

test("a view that dies leaves the channel, which is found by the view that comes after it", async () => {
  const page = await arrive();
  await joinBus(page);
  page.event("crash");
  expect((await page.socket.next())[3]).toBe("phx_error");
  expect(await page.join(undefined, page.main, "11")).toMatchObject({ status: "ok" });
  write(1);
  expect((await page.socket.next())[3]).toBe("diff");
  expect(await page.socket.next()).toEqual(shown(1));
});

test("a simulated user sends the token that the page asks for, and is told of what he has already", async () => {
  const population = new Population({
    baseUrl: site.origin,
    list: "#notes",
    fields: {},
    clock: realClock,
    every: everyInterval,
  });
  const user = new SimulatedUser(population, { name: "ada" });
  ends.push(async () => {
    await user.close();
    population.close();
  });
  await user.mount("/boards/1");
  await user.connect();
  const { promise: heard, resolve: hear } = Promise.withResolvers<unknown>();
  await user.joinChannel(BUS, {}, (event, payload) => {
    hear({ event, payload, there: user.items.map(({ id }) => id) });
  });
  write(7);
  expect(await heard).toEqual({ event: "shown", payload: { id: "notes-7" }, there: ["notes-7"] });
});

test("20 pages at once: each of 1,000 notes is told after the diff that shows it, in order, on every socket", async () => {
  const NOTES = 1000;
  const pages = await Promise.all(Array.from({ length: 20 }, () => arrive()));
  for (const page of pages) await joinBus(page);
  const random = seededRandom(1);
  const received = pages.map(async ({ socket }, reader) => {
    const there = new Set<string>();
    const told: string[] = [];
    const early: string[] = [];
    while (told.length < NOTES) {
      const frame = await socket.next();
      if (frame[2] !== BUS) {
        for (const id of notesIn(frame)) there.add(String(id));
        continue;
      }
      const id = String(frame[4].id);
      if (!there.has(id)) early.push(`${id} on ${reader}`);
      told.push(id);
    }
    return { told, early };
  });
  for (let id = 1; id <= NOTES; id++) {
    pubsub.broadcast(notesOf(1), { id, turns: random(3) });
    // In bursts of uneven length.
    if (random(50) === 0) await new Promise(setImmediate);
  }
  const inOrder = Array.from({ length: NOTES }, (_, i) => `notes-${i + 1}`);
  for (const { told, early } of await Promise.all(received)) {
    expect(early).toEqual([]);
    expect(told).toEqual(inOrder);
  }
});
