import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { startNode } from "./bench.ts";
import { RawBrowser, RawSocket } from "./raw-client.ts";

/** A server of its own process, and its address. */
async function startServer(...options: readonly string[]): Promise<string> {
  const { child } = startNode("reference-server/main.ts", "--port", "0", "--messages", "20", ...options);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await new Promise<string>((resolve) => lines.once("line", resolve));
  return (JSON.parse(line) as { url: string }).url;
}

/** A joined room: what its socket negotiated, its frames, and how many bytes they took. */
async function joinRoom(origin: string) {
  const browser = new RawBrowser(origin);
  await browser.logIn("zoe");
  const page = await browser.get("/stream/rooms/1");
  const socket = await RawSocket.open(origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  const join = await socket.join(page, `${origin}/stream/rooms/1`);
  const wireBytes = bytesReadBy(socket.socket);
  await socket.close();
  return { extensions: socket.socket.extensions, join, wireBytes };
}

function bytesReadBy(socket: WebSocket): number {
  return (socket as unknown as { readonly _socket: { readonly bytesRead: number } })._socket.bytesRead;
}

test("--compress offers permessage-deflate: the same frames in fewer bytes", async () => {
  const [plain, deflated] = await Promise.all([startServer(), startServer("--compress")]);
  const [before, after] = [await joinRoom(plain), await joinRoom(deflated)];
  expect([before.extensions, after.extensions]).toEqual(["", "permessage-deflate"]);
  expect(after.join[4]).toEqual(before.join[4]);
  const joinBytes = Buffer.byteLength(JSON.stringify(before.join));
  expect(before.wireBytes).toBeGreaterThan(joinBytes);
  expect(after.wireBytes).toBeLessThan(joinBytes / 2);
});

test("--compress leaves a client plain that does not ask for it", async () => {
  const origin = await startServer("--compress");
  const socket = new WebSocket(`${origin.replace("http", "ws")}/live/websocket?vsn=2.0.0`, {
    perMessageDeflate: false,
  });
  const frame = await new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("open", () => socket.send('[null,"1","phoenix","heartbeat",{}]'));
    socket.once("message", (data) => resolve(String(data)));
  });
  expect([socket.extensions, frame]).toEqual([
    "",
    '[null,"1","phoenix","phx_reply",{"response":{},"status":"ok"}]',
  ]);
  socket.close();
});
