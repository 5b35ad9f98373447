import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Bystander, CANARY, echo, standBy } from "../live-site/bystander.ts";
import { counter, LIFE_ROUTES } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { type Visit, visit } from "../live-site/live-visit.ts";
import { RawSocket } from "./raw-client.ts";

let site: LiveSite;
let bystander: Bystander;
const visits: Visit[] = [];

beforeAll(async () => {
  site = await startLiveSite({
    routes: LIFE_ROUTES,
    views: [counter],
    channels: [echo],
    otherPaths: ["/dead"],
  });
  bystander = await standBy(site);
});
afterEach(async () => {
  for (const { socket } of visits.splice(0)) await socket.close();
  await bystander.isWell();
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

test.each([["1"], [{}], [-1], [1.5], [true]])(
  "an event for the live component %j, which there is not, is answered by nothing",
  async (cid) => {
    const { send, socket } = await joined();
    send("event", { type: "click", event: "crash", value: {}, cid });
    expect((await socket.next())[4]).toEqual({ status: "ok", response: {} });
  },
);

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
