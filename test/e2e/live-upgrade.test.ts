import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { counter, LIFE_ROUTES } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { RawSocket } from "./raw-client.ts";

let site: LiveSite;
let brokenReader: boolean;
/** The server's ends of all connections. */
let ends: Socket[];

beforeEach(async () => {
  brokenReader = false;
  site = await startLiveSite({
    routes: LIFE_ROUTES,
    views: [counter],
    sessionOf() {
      if (brokenReader) throw new Error("the reader broke");
      return {};
    },
  });
  ends = [];
  site.server.server.on("connection", (end: Socket) => ends.push(end));
});
afterEach(async () => {
  // One that a test has found to stay open must not hold up the end.
  for (const end of ends) end.destroy();
  await site.close();
});

const open = (cookie = "", csrfToken = "") => RawSocket.open(site.origin, { cookie, csrfToken });

/** Asks for an upgrade of a path, and never hangs up. Resolves with the answer's first line when the server has. */
async function answerOf(path: string): Promise<string> {
  const { hostname, port } = new URL(site.origin);
  const client = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  onTestFinished(() => void client.destroy());
  client.write(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  const [answer] = (await once(client, "data")) as [Buffer];
  return answer.toString().split("\r\n")[0] ?? "";
}

test("who is refused an upgrade is hung up on, so that the server can end", async () => {
  expect(await answerOf("/nowhere")).toBe("HTTP/1.1 404 Not Found");
  await expect.poll(() => ends.map(({ destroyed }) => destroyed)).toEqual([true]);
  await site.close();
  expect(site.server.server.listening).toBe(false);
});

test("a socket that cannot be opened since its session cannot be read takes nothing with it", {
  timeout: 10_000,
}, async () => {
  const page = await fetch(`${site.origin}/`);
  const cookie = page.headers.getSetCookie().map((line) => line.split(";")[0]);
  const csrfToken = /name="csrf-token" content="([^"]*)"/.exec(await page.text())?.[1];
  brokenReader = true;
  await expect(open(cookie.join("; "), csrfToken)).rejects.toThrow("500");
  expect(site.log.map((line) => line.split("\n")[0])).toEqual(["upgrade failed: Error: the reader broke"]);
  const other = await open();
  expect(other.socket.readyState).toBe(other.socket.OPEN);
});

test("a server that stops opens no more sockets", async () => {
  const slow = await open();
  slow.socket.pause();
  const stopped = site.close();
  await expect(open()).rejects.toThrow("503");
  slow.socket.resume();
  await stopped;
  expect(site.endpoint.connections).toBe(0);
});
