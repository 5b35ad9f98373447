import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startBoardSite } from "../live-site/board-site.ts";
import type { LiveSite } from "../live-site/live-site.ts";
import { RawBrowser } from "./raw-client.ts";

const DAY_MS = 86_400_000;

let site: LiveSite;
let nowMs: number;

beforeEach(async () => {
  nowMs = 1_700_000_000_000;
  site = await startBoardSite({ nowMs: () => nowMs });
});
afterEach(() => site.close());

const pathOf = (token: string | undefined) =>
  `/live/websocket?vsn=2.0.0${token === undefined ? "" : `&_page_token=${encodeURIComponent(token)}`}`;

/** What a socket is answered with: `open`, or the refusal. */
async function upgrade(token: string | undefined) {
  const socket = new WebSocket(`${site.origin.replace("http", "ws")}${pathOf(token)}`);
  const outcome = await Promise.race([
    once(socket, "open").then(() => "open" as const),
    once(socket, "unexpected-response").then(([, response]) => response as IncomingMessage),
  ]);
  if (outcome === "open") {
    socket.close();
    await once(socket, "close");
    return outcome;
  }
  outcome.setEncoding("utf8");
  let body = "";
  for await (const part of outcome) body += part;
  return { status: outcome.statusCode, reason: outcome.headers["x-refused"], body };
}

/** What a page's script hears when it asks by a plain request why its socket does not open. */
async function ask(token: string | undefined) {
  const response = await fetch(`${site.origin}${pathOf(token)}`);
  return {
    status: response.status,
    reason: response.headers.get("x-refused"),
    body: await response.text(),
  };
}

const tokenOf = async (path: string) => (await new RawBrowser(site.origin).get(path)).pageToken;

test("a socket is opened with the token of its page for a day, then refused, and told why", async () => {
  const token = await tokenOf("/boards/1");
  nowMs += DAY_MS;
  expect(await upgrade(token)).toBe("open");
  expect(await ask(token)).toEqual({ status: 426, reason: null, body: "" });
  nowMs += 1;
  const refused = { status: 403, reason: "page token expired", body: "page token expired" };
  expect([await upgrade(token), await ask(token)]).toEqual([refused, refused]);
  expect(site.log).toEqual(["upgrade refused: page token expired"]);
  expect(await upgrade(await tokenOf("/boards/1"))).toBe("open");
});

test.each(["forged", "", "a.b"])("a socket with the token %j is refused", async (token) => {
  const refused = { status: 403, reason: "page token invalid", body: "page token invalid" };
  expect([await upgrade(token), await ask(token)]).toEqual([refused, refused]);
  expect(site.log).toEqual(["upgrade refused: page token invalid"]);
});

test("only pages that want it carry a token, a new one at each load, and a socket without one is opened", async () => {
  expect(await tokenOf("/plain/1")).toBeUndefined();
  expect(await tokenOf("/boards/1")).not.toBe(await tokenOf("/boards/1"));
  expect(await upgrade(undefined)).toBe("open");
  expect((await ask(undefined)).status).toBe(426);
});
