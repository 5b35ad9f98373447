import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SEED_PASSWORD } from "../../reference-server/chat/seed-accounts.ts";
import { createServer } from "../../reference-server/server.ts";
import { RawBrowser, type RawPage, RawSocket } from "./raw-client.ts";

let server: Awaited<ReturnType<typeof createServer>>;
let origin: string;
const log: string[] = [];
const sockets: RawSocket[] = [];

beforeAll(async () => {
  server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 25,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: true,
    log: (line) => log.push(line),
    nowMs: () => Date.UTC(2026, 0, 2, 3, 4, 5),
  });
  origin = await server.listen({ port: 0, host: "127.0.0.1" });
});

afterEach(async () => {
  for (const socket of sockets.splice(0))
    if (socket.socket.readyState === socket.socket.OPEN) await socket.close();
  log.length = 0;
});

afterAll(() => server.close());

async function visit(name: string, path = "/stream/rooms/1?members=off") {
  const browser = new RawBrowser(origin);
  await browser.logIn(name);
  const page = await browser.get(path);
  return { browser, page, url: `${origin}${path}` };
}

async function socketOf(browser: RawBrowser, csrfToken: string) {
  const socket = await RawSocket.open(origin, { cookie: browser.cookie, csrfToken });
  sockets.push(socket);
  return socket;
}

async function joined(name: string, path?: string) {
  const { browser, page, url } = await visit(name, path);
  const socket = await socketOf(browser, page.csrfToken);
  const join = await socket.join(page, url);
  return { page, socket, join, event: sender(socket, page) };
}

function sender(socket: RawSocket, page: RawPage) {
  let ref = 1;
  return (payload: Record<string, unknown>) => {
    ref += 1;
    socket.send(["1", String(ref), `lv:${page.id}`, "event", payload]);
    return socket.next();
  };
}

const send = (content: string) => ({
  type: "form",
  event: "send",
  value: new URLSearchParams({ "message[content]": content }).toString(),
});

test("a room asks those who are not logged in to do so, and leads them back", async () => {
  const browser = new RawBrowser(origin);
  const asked = await browser.get("/stateful/rooms/2");
  expect([asked.status, asked.location]).toEqual([302, "/log_in?return_to=%2Fstateful%2Frooms%2F2"]);
  const { csrfToken } = await browser.get("/log_in");
  const entered = await browser.post("/log_in", {
    _csrf_token: csrfToken,
    "user[name]": "hana",
    "user[password]": SEED_PASSWORD,
    return_to: "/stateful/rooms/2",
  });
  expect([entered.status, entered.location]).toEqual([303, "/stateful/rooms/2"]);
});

test("a log-in never leads to another server", async () => {
  const hostile = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil",
  ];
  for (const path of [...hostile, "/a\\b", ""]) {
    const browser = new RawBrowser(origin);
    const { csrfToken } = await browser.get("/log_in");
    const form = { _csrf_token: csrfToken, "user[name]": "hana", "user[password]": SEED_PASSWORD };
    expect((await browser.post("/log_in", { ...form, return_to: path })).location).toBe("/");
  }
});

test("a form without the page's token is refused", async () => {
  const browser = new RawBrowser(origin);
  await browser.get("/log_in");
  const account = { "user[name]": "hana", "user[password]": SEED_PASSWORD };
  const refused = await browser.post("/log_in", { _csrf_token: "wrong", ...account });
  expect([refused.status, browser.cookie.includes("_chat_key")]).toEqual([403, false]);
});

test("a name that is none is said to be so", async () => {
  const browser = new RawBrowser(origin);
  const { csrfToken } = await browser.get("/register");
  const { status, html } = await browser.post("/register", { _csrf_token: csrfToken, "user[name]": "<b>" });
  expect([status, html.includes("a name has 2 to 32 letters")]).toEqual([422, true]);
});

test("a field that is given twice is taken as not given", async () => {
  const browser = new RawBrowser(origin);
  const { csrfToken, status, html } = await browser.get("/log_in?return_to=/a&return_to=%26");
  expect([status, html.includes('name="return_to" value="/"')]).toEqual([200, true]);
  const twice = new URLSearchParams([
    ["_csrf_token", csrfToken],
    ["user[name]", "zoe"],
    ["user[name]", "zoe"],
  ]);
  expect((await browser.post("/log_in", twice)).status).toBe(422);
  expect(log).toEqual([]);
});

test("a cookie that was signed for something else is no session, for a page and for a socket", async () => {
  const browser = new RawBrowser(origin);
  const { csrfToken } = await browser.get("/log_in");
  const csrfCookie = /_csrf=([^;]*)/.exec(browser.cookie)?.[1];
  const cookie = `_csrf=${csrfCookie}; _chat_key=${csrfCookie}`;
  const page = await fetch(`${origin}/rooms/1`, { headers: { cookie }, redirect: "manual" });
  expect([page.status, page.headers.get("location")]).toEqual([302, "/log_in?return_to=%2Frooms%2F1"]);
  const socket = await RawSocket.open(origin, { cookie, csrfToken });
  sockets.push(socket);
  expect(socket.socket.readyState).toBe(socket.socket.OPEN);
  expect(log).toEqual([]);
});

test("a join is answered with the whole page and the client's version", async () => {
  const { join, page } = await joined("zoe");
  expect(join.slice(0, 4)).toEqual(["1", "1", `lv:${page.id}`, "phx_reply"]);
  expect(join[4]).toMatchObject({
    status: "ok",
    response: { liveview_version: "1.2.10", rendered: { t: "general" } },
  });
});

test.each([
  ["without the page's CSRF token", async (browser: RawBrowser) => socketOf(browser, "wrong")],
  [
    "without a cookie",
    async (_: RawBrowser, page: RawPage) => {
      const socket = await RawSocket.open(origin, { cookie: "", csrfToken: page.csrfToken });
      sockets.push(socket);
      return socket;
    },
  ],
])("a join %s is stale", async (_, open) => {
  const { browser, page, url } = await visit("zoe");
  const socket = await open(browser, page);
  expect((await socket.join(page, url))[4]).toEqual({ status: "error", response: { reason: "stale" } });
});

test("a join with a token of another page is stale", async () => {
  const { browser, page, url } = await visit("zoe");
  const other = await browser.get("/stream/rooms/1");
  const socket = await socketOf(browser, page.csrfToken);
  expect((await socket.join({ ...page, session: other.session }, url))[4]).toMatchObject({ status: "error" });
  expect((await socket.join({ ...page, static: other.static }, url))[4]).toMatchObject({ status: "error" });
  expect((await socket.join({ ...page, session: `${page.session}x` }, url))[4]).toMatchObject({
    status: "error",
  });
  expect((await socket.join({ ...page, id: other.id }, url))[4]).toMatchObject({ status: "error" });
});

test("an upgrade from a page of another site is refused", async () => {
  const { browser, page } = await visit("zoe");
  const options = { cookie: browser.cookie, csrfToken: page.csrfToken };
  await expect(RawSocket.open(origin, { ...options, origin: "https://evil.example" })).rejects.toThrow("403");
  const socket = await RawSocket.open(origin, { ...options, origin });
  sockets.push(socket);
  expect(socket.socket.readyState).toBe(socket.socket.OPEN);
});

test("a heartbeat is answered", async () => {
  const { socket } = await joined("zoe");
  socket.send([null, "9", "phoenix", "heartbeat", {}]);
  expect(await socket.next()).toEqual([null, "9", "phoenix", "phx_reply", { response: {}, status: "ok" }]);
});

test.each(["stream", "stateful"])(
  "in %s a message reaches everybody in the room, and nobody else",
  async (mode) => {
    const alice = await joined("alice", `/${mode}/rooms/1?members=off`);
    const bob = await joined("bob", `/${mode}/rooms/1?members=off`);
    const carla = await joined("carla", `/${mode}/rooms/2`);
    const reply = await alice.event(send(`hello from ${mode}`));
    expect(reply[4]).toEqual({ status: "ok", response: { diff: { e: [["message_sent", {}]] } } });
    for (const { socket } of [alice, bob]) {
      const [, ref, , event, diff] = await socket.next();
      expect([ref, event, JSON.stringify(diff).includes(`hello from ${mode}`)]).toEqual([null, "diff", true]);
    }
    carla.socket.send([null, "9", "phoenix", "heartbeat", {}]);
    expect((await carla.socket.next())[2]).toBe("phoenix");
  },
);

test("a blank message changes nothing, and sends nothing", async () => {
  const { event } = await joined("zoe");
  expect((await event(send("  \n ")))[4]).toEqual({ status: "ok", response: {} });
});

test("an own message can be edited and deleted; another's cannot, whatever is sent", async () => {
  const alice = await joined("alice");
  const mallory = await joined("mallory");
  await alice.event(send("mine"));
  const created = JSON.stringify((await alice.socket.next())[4]);
  await mallory.socket.next();
  const id = /messages-(\d+)/.exec(created)?.[1];

  const nothing = { status: "ok", response: {} };
  expect((await mallory.event({ type: "click", event: "delete", value: { id } }))[4]).toEqual(nothing);
  expect((await mallory.event({ type: "click", event: "edit", value: { id } }))[4]).toEqual(nothing);
  const edit = { type: "form", event: "save_edit", value: `message%5Bcontent%5D=theirs` };
  expect((await mallory.event(edit))[4]).toEqual(nothing);

  await alice.event({ type: "click", event: "edit", value: { id } });
  await alice.event({ ...edit, value: "message%5Bcontent%5D=changed" });
  for (const { socket } of [alice, mallory]) {
    expect(JSON.stringify((await socket.next())[4])).toContain('"changed"');
  }
  expect((await alice.event({ type: "click", event: "delete", value: { id } }))[4]).toEqual(nothing);
  for (const { socket } of [alice, mallory]) {
    expect((await socket.next())[4]).toEqual({
      "8": { "0": { k: { kc: 0 }, stream: ["0", [], [`messages-${id}`]] } },
    });
  }
});

const idsIn = (frame: unknown) =>
  [...JSON.stringify(frame).matchAll(/ id=\\"messages-(\d+)/g)].map((match) => Number(match[1]));
const older = (before: number | undefined, more: object = {}) => ({
  type: "js",
  event: "load_older",
  value: { id: `history-${before}`, ...more },
});
const NOTHING = { status: "ok", response: {} };

test("history comes page by page until there is no more", async () => {
  const { event, join } = await joined("zoe", "/stream/rooms/3");
  const last = idsIn(join);
  // A page of history is sent newest first.
  const second = idsIn(await event(older(last[0]))).toReversed();
  const first = idsIn(await event(older(second[0]))).toReversed();
  expect([first.length, second.length, last.length]).toEqual([5, 10, 10]);
  expect((await event(older(first[0])))[4]).toEqual(NOTHING);
  const order = [...first, ...second, ...last];
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test.each([
  ["an overrun of the top and the request that goes with it", { _overran: true }, {}],
  ["the request and the overrun, the other way round", {}, { _overran: true }],
])("%s bring one page, with the first of the two", async (_, first, second) => {
  const { event, join } = await joined("zoe");
  const [firstId] = idsIn(join);
  expect(idsIn(await event(older(firstId, first))).length).toBe(10);
  expect((await event(older(firstId, second)))[4]).toEqual(NOTHING);
});

test("a view that throws says so to its page alone, and can be joined again", async () => {
  const { page, socket, event } = await joined("zoe");
  const crashed = await event({ type: "js", event: "load_older", value: {} });
  expect(crashed.slice(2, 4)).toEqual([`lv:${page.id}`, "phx_error"]);
  expect(log.length).toBe(1);
  expect((await socket.join(page, `${origin}/stream/rooms/1`))[4]).toMatchObject({ status: "ok" });
});

test.each([
  ["no JSON", "{", 1008],
  ["of the wrong arity", '["1","2","t","e"]', 1008],
  ["whose payload is an array", '["1","2","t","e",[]]', 1008],
  ["nested a million deep", "[".repeat(1_000_000), 1008],
  ["over a mebibyte", `"${"x".repeat(1_048_577)}"`, 1009],
  ["binary", Buffer.from([1, 2, 3]), 1003],
])("a frame that is %s closes its own socket and no other", async (_, data, code) => {
  const other = await joined("other");
  const { socket } = await joined("zoe");
  socket.socket.send(data);
  expect((await once(socket.socket, "close"))[0]).toBe(code);
  expect((await other.event(send(" ")))[4]).toEqual({ status: "ok", response: {} });
});

test("a topic that was never joined is unmatched", async () => {
  const { socket } = await joined("zoe");
  socket.send(["7", "8", "lv:nothing", "event", { type: "click", event: "edit", value: {} }]);
  expect((await socket.next())[4]).toEqual({ status: "error", response: { reason: "unmatched topic" } });
});

test("an event of a join that is no more is unmatched", async () => {
  const { socket, page } = await joined("zoe");
  socket.send(["0", "8", `lv:${page.id}`, "event", send("from before")]);
  expect((await socket.next())[4]).toEqual({ status: "error", response: { reason: "unmatched topic" } });
});

test("a view that was left is closed, and what comes later is not for it", async () => {
  const alice = await joined("alice");
  const bob = await joined("bob");
  bob.socket.send(["1", "7", `lv:${bob.page.id}`, "phx_leave", {}]);
  // The order and the refs are those of the recordings.
  const topic = `lv:${bob.page.id}`;
  expect(await bob.socket.next()).toEqual(["1", "1", topic, "phx_close", {}]);
  expect(await bob.socket.next()).toEqual(["1", "7", topic, "phx_reply", { response: {}, status: "ok" }]);
  await alice.event(send("too late for bob"));
  bob.socket.send([null, "9", "phoenix", "heartbeat", {}]);
  expect((await bob.socket.next())[2]).toBe("phoenix");
});

test("the memory report counts the open sockets", async () => {
  await joined("zoe");
  const report = (await (await fetch(`${origin}/debug/memory`)).json()) as Record<string, number>;
  expect(Object.keys(report).sort()).toEqual(["connections", "externalBytes", "heapUsedBytes", "rssBytes"]);
  expect(report.connections).toBe(1);
});

test("the report of what the server does counts CPU, sockets, frames and what waits in them", async () => {
  const { event } = await joined("zoe");
  const debug = async () => (await (await fetch(`${origin}/debug`)).json()) as Record<string, number>;
  const before = await debug();
  await event({ type: "click", event: "cancel_edit", value: {} });
  const after = await debug();
  const { cpuUs, rssBytes, framesSent, ...others } = after;
  expect(others).toEqual({ connections: 1, bufferedBytes: 0, mostBufferedBytes: 0 });
  expect((framesSent ?? 0) - (before.framesSent ?? 0)).toBe(1);
  // A microsecond is too short for an event, a day too long; no process has less than a megabyte.
  expect((cpuUs ?? 0) - (before.cpuUs ?? 0)).toSatisfy((us: number) => us > 1 && us < 86_400e6);
  expect(rssBytes).toSatisfy((bytes: number) => bytes > 1_048_576);
});

test("views that are told to crash do so as by an exception, and may be joined again", async () => {
  const { page, socket } = await joined("zoe");
  const response = await fetch(`${origin}/debug/crash-views`, { method: "POST" });
  expect(await response.json()).toEqual({ views: 1 });
  expect(await socket.next()).toEqual(["1", "1", `lv:${page.id}`, "phx_error", {}]);
  expect((await socket.join(page, `${origin}/stream/rooms/1?members=off`))[4]).toMatchObject({
    status: "ok",
  });
  expect(log.map((line) => line.split("\n")[0])).toEqual([`"lv:${page.id}" crashed: Error: told to crash`]);
});
