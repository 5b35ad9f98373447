import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { defineChannel } from "../../reference-server/live/channel.ts";
import { counter, LIFE_ROUTES } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { type Visit, visit } from "../live-site/live-visit.ts";
import { RawSocket } from "./raw-client.ts";

/** Stands in what clients send, and must not stand in the log. */
const CANARY = "CANARY-IN-THE-PAYLOAD";

let site: LiveSite;
let bystander: Visit;
let broadcasts = 0;
const visits: Visit[] = [];

beforeAll(async () => {
  const echo = defineChannel<null>({
    topic: "echo:*",
    join: () => ({ ok: true, state: null }),
    handleIn: (_socket, _event, payload) => ({ status: "ok", response: payload }),
  });
  site = await startLiveSite({
    routes: LIFE_ROUTES,
    views: [counter],
    channels: [echo],
    otherPaths: ["/dead"],
  });
  bystander = await visit(site, "/");
  await bystander.join();
});
afterEach(async () => {
  for (const { socket } of visits.splice(0)) await socket.close();
  await bystanderIsWell();
  for (const line of site.log) {
    expect(line.length).toBeLessThan(2100);
    expect(line).not.toContain(CANARY);
  }
  site.log.length = 0;
});
afterAll(async () => {
  await bystander.socket.close();
  await site.close();
});

/** The view of somebody else on the server still answers, and hears a broadcast. */
async function bystanderIsWell(): Promise<void> {
  broadcasts += 1;
  site.pubsub.broadcast("news", `news ${broadcasts}`);
  expect((await bystander.socket.next())[4]).toEqual({ "3": `news ${broadcasts}` });
  bystander.event("nothing");
  expect((await bystander.socket.next())[4]).toEqual({ status: "ok", response: {} });
}

async function joined(): Promise<Visit> {
  const arrived = await visit(site, "/");
  visits.push(arrived);
  await arrived.join();
  return arrived;
}

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("a frame", () => {
  test.each([
    ["empty", ""],
    ["no JSON", `{"${CANARY}`],
    ["of too few parts", '["1","2","t","e"]'],
    ["of too many parts", '["1","2","t","e",{},{}]'],
    ["no array", '{"0":"1"}'],
    ["of numbers for refs", '[1,2,"t","e",{}]'],
    ["without a topic", '["1","2",null,"e",{}]'],
    ["without an event", '["1","2","t",7,{}]'],
    ["with a list for a payload", '["1","2","t","e",[]]'],
    ["without a payload", '["1","2","t","e",null]'],
    ["nested too deep, and open", "[".repeat(1_000_000)],
    ["nested too deep, and closed", nested(500_000)],
    ["with a payload nested too deep", `["1","2","echo:1","e",{"a":${nested(100)}}]`],
  ])("that is %s closes its socket, and is logged once, however many follow", async (_, data) => {
    const { socket } = await joined();
    for (let count = 0; count < 5; count++) socket.socket.send(data);
    const [code] = await once(socket.socket, "close");
    expect(code).toBe(1008);
    expect(site.log).toEqual([`a frame that is no message, ${data.length} characters: connection closed`]);
  });

  test("may be nested as deep as anybody needs, and brackets in its texts do not count", async () => {
    const { socket } = await joined();
    socket.send(["2", "2", "echo:1", "phx_join", {}]);
    await socket.next();
    const payload = `{"text":${JSON.stringify(`${"[".repeat(1000)}\\"{`)},"list":${nested(90)}}`;
    socket.socket.send(`["2","3","echo:1","say",${payload}]`);
    expect((await socket.next())[4]).toEqual({ status: "ok", response: JSON.parse(payload) });
  });

  test("of a megabyte is read, one of more closes its socket", async () => {
    const { socket, main } = await joined();
    const event = (length: number) => JSON.stringify(["1", "2", `lv:${main.id}`, "event", longEvent(length)]);
    socket.socket.send(event(1_000_000));
    expect((await socket.next())[4]).toEqual({ status: "ok", response: {} });
    socket.socket.send(event(2_000_000));
    expect((await once(socket.socket, "close"))[0]).toBe(1009);
  });
});

const longEvent = (length: number) => ({
  type: "form",
  event: "none",
  value: `${CANARY}=${"x".repeat(length)}`,
});

describe("an event", () => {
  test.each<[string, object]>([
    ["without a type", { event: "flash", value: {} }],
    ["without a name", { type: "click", value: {} }],
    ["without a value", { type: "click", event: "flash" }],
    ["with a number for a name", { type: "click", event: 7, value: {} }],
    ["with a list for a type", { type: ["form"], event: "flash", value: {} }],
    ["with an object for a form", { type: "form", event: "flash", value: { [CANARY]: 1 } }],
  ])("%s takes its view down, as a message that fits no clause does", async (_, payload) => {
    const { send, socket, main } = await joined();
    send("event", payload);
    expect(await socket.next()).toEqual(["1", "1", `lv:${main.id}`, "phx_error", {}]);
    expect(site.log.length).toBe(1);
  });

  test.each([[null], [7], ["text"], [[1, 2]], [{ __proto__: null }], [{ constructor: 1 }]])(
    "with the value %j is handled",
    async (value) => {
      const { send, socket } = await joined();
      send("event", { type: "click", event: "flash", value });
      expect((await socket.next())[4]).toMatchObject({ status: "ok", response: { diff: {} } });
    },
  );
});

/** Sends bytes to the server, and reads what it answers until it closes the connection. */
async function raw(request: string): Promise<string> {
  const { port } = new URL(site.origin);
  const connection = connect(Number(port), "127.0.0.1");
  connection.write(request.replaceAll("\n", "\r\n"));
  return text(connection);
}

describe("a request", () => {
  const upgrade = (path: string, more = "") =>
    `GET ${path} HTTP/1.1\nHost: chat\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n${more}\n`;

  test.each([
    ["//", "404"],
    ["//[", "404"],
    ["/%zz", "404"],
    ["http://[/", "404"],
    ["/live/websocket", "400"],
  ])("for an upgrade at %s is refused", async (path, status) => {
    expect((await raw(upgrade(path))).split(" ")[1]).toBe(status);
  });

  test("for an upgrade from an origin that is none is refused", async () => {
    expect((await raw(upgrade("/live/websocket", "Origin: http://[\n"))).split(" ")[1]).toBe("403");
  });

  test.each([
    ["/go/%zz", "chat", "400"],
    ["/", "[", "400"],
    ["//", "chat", "404"],
    ["/go/a?x=%zz&[=&a[=1", "chat", "200"],
  ])("for %s at the host %s is answered with %s", async (path, host, status) => {
    const answer = await raw(`GET ${path} HTTP/1.1\nHost: ${host}\nConnection: close\n\n`);
    expect(answer.split(" ")[1]).toBe(status);
  });

  test.each([["_csrf=%zz"], ["_csrf=a.b; _csrf=c"], [`__phoenix_flash__=${CANARY}`], [";;=;"]])(
    "with the cookies %s opens no session",
    async (cookie) => {
      const socket = await RawSocket.open(site.origin, { cookie, csrfToken: "x" });
      const { page } = bystander;
      expect((await socket.join(page, `${site.origin}/`))[4]).toMatchObject({ status: "error" });
      await socket.close();
      expect((await fetch(site.origin, { headers: { cookie } })).status).toBe(200);
    },
  );
});

/** What a client may send on a page of its own, before anything is changed in it. */
function validFrames({ page, main }: Visit): readonly unknown[] {
  const topic = `lv:${main.id}`;
  const join = (more: object) => ({
    session: page.session,
    static: page.static,
    params: { _mounts: 0 },
    ...more,
  });
  return [
    ["1", "1", topic, "phx_join", join({ url: `${site.origin}/?a[b]=${CANARY}` })],
    ["2", "2", topic, "phx_join", join({ redirect: `${site.origin}/other` })],
    ["1", "3", topic, "event", { type: "click", event: "flash", value: { id: CANARY } }],
    ["1", "4", topic, "event", { type: "click", event: "navigate", value: {} }],
    ["1", "5", topic, "event", { type: "form", event: "send", value: `${CANARY}=1&a[b][]=2`, meta: {} }],
    ["1", "6", topic, "event", { type: "click", event: "crash", value: {}, cid: 1 }],
    ["1", "7", topic, "live_patch", { url: `${site.origin}/?step=1` }],
    ["1", "8", topic, "phx_leave", {}],
    [null, "9", "phoenix", "heartbeat", {}],
    ["3", "10", "echo:1", "phx_join", { text: CANARY }],
    ["3", "11", "echo:1", "say", { text: CANARY }],
    ["1", "12", topic, "cids_will_destroy", { cids: [1] }],
  ];
}

/** One change of a frame: a value somewhere in it is another one, or gone; or its text is cut or goes on. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant("value" as const),
    at: fc.array(fc.nat(6), { maxLength: 3 }),
    value: fc.jsonValue(),
  }),
  fc.record({ kind: fc.constant("gone" as const), at: fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant("cut" as const), length: fc.nat(400) }),
  fc.record({ kind: fc.constant("more" as const), text: fc.string({ unit: "binary" }) }),
  fc.constant({ kind: "none" as const }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** The keys of the value that a path of numbers leads to. */
function changed(frame: unknown, change: Change): string {
  const whole = JSON.stringify(frame);
  if (change.kind === "cut") return whole.slice(0, change.length);
  if (change.kind === "more") return whole + change.text;
  if (change.kind === "none") return whole;
  const copy = JSON.parse(whole) as Record<string, unknown>;
  let holder = copy;
  let key: string | undefined;
  for (const step of change.at) {
    const inner = key === undefined ? holder : holder[key];
    if (typeof inner !== "object" || inner === null || Object.keys(inner).length === 0) break;
    holder = inner as Record<string, unknown>;
    key = Object.keys(holder)[step % Object.keys(holder).length];
  }
  if (key === undefined) return change.kind === "value" ? JSON.stringify(change.value) : "";
  if (change.kind === "gone") delete holder[key];
  else holder[key] = change.value;
  return JSON.stringify(copy);
}

const sending = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("changed" as const), which: fc.nat(11), change }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("text" as const), text: fc.string({ unit: "binary" }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("json" as const), value: fc.jsonValue() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("bytes" as const), bytes: fc.uint8Array() }) },
);

test("whatever a client sends, the server lives on, and others notice nothing", {
  timeout: 100_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(sending, { minLength: 1, maxLength: 12 }),
      async (joins, sendings) => {
        const before = site.log.length;
        const client = await visit(site, "/");
        const frames = validFrames(client);
        const { socket } = client.socket;
        const closed = once(socket, "close");
        if (joins) await client.join();
        for (const one of sendings) {
          if (one.kind === "changed") socket.send(changed(frames[one.which], one.change));
          else if (one.kind === "text") socket.send(one.text);
          else if (one.kind === "json") socket.send(JSON.stringify(one.value));
          else socket.send(one.bytes);
        }
        // An orderly end comes after all that was sent before it.
        socket.close();
        await closed;
        await bystanderIsWell();
        const incidents = site.log.slice(before);
        expect(incidents.length).toBeLessThanOrEqual(sendings.length);
        expect(incidents.join("\n")).not.toContain(CANARY);
      },
    ),
    { seed: 20_260_102, numRuns: 200 },
  );
});
