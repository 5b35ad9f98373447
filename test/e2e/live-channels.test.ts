import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ChannelReply, defineChannel } from "../../reference-server/live/channel.ts";
import { broadcastToChannel } from "../../reference-server/live/channel-process.ts";
import { CountingPubSub } from "../live-site/counting-pubsub.ts";
import { counter, LIFE_ROUTES } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { type Visit, visit } from "../live-site/live-visit.ts";

interface Position {
  readonly room: string;
  top: number;
}

const ended: string[] = [];

const scroll = defineChannel<Position, string>({
  topic: "room_scroll:*",
  async join(socket, { top }) {
    await Promise.resolve();
    if (top === "crash") throw new Error("the join broke");
    if (socket.session.user !== "ada") return { ok: false, response: { reason: "not for you" } };
    socket.subscribe("counts");
    const room = socket.subtopic;
    return { ok: true, state: { room, top: Number(top) }, response: { room } };
  },
  handleIn(socket, event, payload, state): ChannelReply | undefined {
    switch (event) {
      case "scrolled":
        state.top = Number(payload.top);
        return { status: "ok", response: { top: state.top } };
      case "refuse":
        return { status: "error", response: { reason: "no" } };
      case "tell":
        socket.broadcast("told", payload);
        return undefined;
      case "tell-others":
        socket.broadcastFrom("told", payload);
        return undefined;
      case "ask":
        socket.push("answer", { top: state.top });
        return undefined;
      case "quit":
        socket.close();
        return { status: "ok", response: {} };
      default:
        throw new Error("the channel broke");
    }
  },
  handleInfo: (socket, message, { room }) => socket.push("heard", { room, message }),
  terminate: (_socket, { room }) => ended.push(room),
});

const pubsub = new CountingPubSub();
let site: LiveSite;
const visits: Visit[] = [];

beforeAll(async () => {
  const lobby = defineChannel<null>({ topic: "lobby", join: () => ({ ok: true, state: null }) });
  site = await startLiveSite({
    routes: LIFE_ROUTES,
    views: [counter],
    channels: [scroll, lobby],
    pubsub,
    sessionOf: (cookies) => (cookies.get("_csrf") === undefined ? {} : { user: "ada" }),
  });
});
afterEach(async () => {
  for (const { socket } of visits.splice(0)) await socket.close();
  await expect.poll(() => pubsub.subscriptions).toBe(0);
  site.log.length = 0;
  ended.length = 0;
});
afterAll(() => site.close());

async function arrive(open = true) {
  const { socket } = await visit(site, "/", open).then((arrived) => {
    visits.push(arrived);
    return arrived;
  });
  const ask = (
    event: string,
    payload: Record<string, unknown> = {},
    joinRef = "1",
    topic = "room_scroll:7",
  ) => {
    socket.send([joinRef, event === "phx_join" ? joinRef : "5", topic, event, payload]);
    return socket.next();
  };
  return { socket, ask };
}

async function joined() {
  const arrived = await arrive();
  await arrived.ask("phx_join", { top: 3 });
  return arrived;
}

const reply = (ref: string, status: string, response: object) => [
  "1",
  ref,
  "room_scroll:7",
  "phx_reply",
  { status, response },
];

test("a channel is joined beside the views of the same socket, and answers", async () => {
  const page = await visit(site, "/");
  visits.push(page);
  await page.join();
  const { socket } = page;
  socket.send(["2", "2", "room_scroll:7", "phx_join", { top: 3 }]);
  expect((await socket.next())[4]).toEqual({ status: "ok", response: { room: "7" } });
  socket.send(["2", "3", "room_scroll:7", "scrolled", { top: 40 }]);
  expect(await socket.next()).toEqual([
    "2",
    "3",
    "room_scroll:7",
    "phx_reply",
    { status: "ok", response: { top: 40 } },
  ]);
  page.event("flash");
  expect((await socket.next())[4]).toMatchObject({ status: "ok", response: { diff: {} } });
});

test("a channel lets in whom it wants", async () => {
  const { ask } = await arrive(false);
  expect(await ask("phx_join")).toEqual(reply("1", "error", { reason: "not for you" }));
  expect((await ask("ask"))[4]).toEqual({ status: "error", response: { reason: "unmatched topic" } });
});

test.each([["room_scrollers:7"], ["lobby:1"], ["lob"], ["phoenix"], [""]])(
  "a topic %j is unmatched",
  async (topic) => {
    const { ask } = await arrive();
    expect(await ask("phx_join", {}, "1", topic)).toEqual([
      null,
      "1",
      topic,
      "phx_reply",
      { status: "error", response: { reason: "unmatched topic" } },
    ]);
  },
);

test("a channel of one topic is joined by it", async () => {
  const { ask } = await arrive();
  expect((await ask("phx_join", {}, "1", "lobby"))[4]).toEqual({ status: "ok", response: {} });
});

test("a broadcast reaches everybody on the topic, or everybody else", async () => {
  const [ada, bob] = [await joined(), await joined()];
  const elsewhere = await arrive();
  await elsewhere.ask("phx_join", { top: 0 }, "1", "room_scroll:8");
  const told = [null, null, "room_scroll:7", "told", { text: "all" }];
  expect(await ada.ask("tell", { text: "all" })).toEqual(told);
  expect(await bob.socket.next()).toEqual(told);
  ada.socket.send(["1", "5", "room_scroll:7", "tell-others", { text: "others" }]);
  expect((await bob.socket.next())[4]).toEqual({ text: "others" });
  broadcastToChannel(pubsub, "room_scroll:7", "told", { text: "server" });
  for (const { socket } of [ada, bob]) expect((await socket.next())[4]).toEqual({ text: "server" });
  expect((await elsewhere.ask("heartbeat", {}, "1", "phoenix"))[2]).toBe("phoenix");
});

test("a channel hears what it subscribed to, and pushes", async () => {
  const { ask, socket } = await joined();
  pubsub.broadcast("counts", "one more");
  expect(await socket.next()).toEqual([
    "1",
    null,
    "room_scroll:7",
    "heard",
    { room: "7", message: "one more" },
  ]);
  expect((await ask("ask"))[4]).toEqual({ top: 3 });
  expect(await ask("refuse")).toEqual(reply("5", "error", { reason: "no" }));
});

test("a channel that crashes says so, once, and can be joined again", async () => {
  const { ask } = await joined();
  expect(await ask("break")).toEqual(["1", "1", "room_scroll:7", "phx_error", {}]);
  expect([ended, pubsub.subscriptions]).toEqual([["7"], 0]);
  expect(site.log.map((line) => line.split("\n")[0])).toEqual([
    `"room_scroll:7" crashed: Error: the channel broke`,
  ]);
  expect((await ask("phx_join", { top: 1 }, "2"))[4]).toMatchObject({ status: "ok" });
});

test("a join that crashes is said to", async () => {
  const { ask } = await arrive();
  expect(await ask("phx_join", { top: "crash" })).toEqual(reply("1", "error", { reason: "join crashed" }));
  expect([ended, site.log.length]).toEqual([[], 1]);
});

test("a channel ends by a leave, by itself, and with its socket", async () => {
  const first = await joined();
  expect((await first.ask("phx_leave"))[3]).toBe("phx_close");
  expect((await first.socket.next())[4]).toEqual({ status: "ok", response: {} });
  const second = await joined();
  expect(await second.ask("quit")).toEqual(["1", "1", "room_scroll:7", "phx_close", {}]);
  expect(ended).toEqual(["7", "7"]);
  const third = await joined();
  await third.socket.close();
  await expect.poll(() => ended).toEqual(["7", "7", "7"]);
});
