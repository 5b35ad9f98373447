/**
 * A bare `ws` server as a process of its own: whatever text it is sent, it answers everybody with the next of the texts
 * that it was given. `POST /texts` gives them, as a JSON array; `GET /debug` says what it has used.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";

let texts: readonly string[] = [];
let next = 0;
let framesSent = 0;

const server = createServer(async (request, response) => {
  if (request.method === "POST") {
    texts = JSON.parse(await text(request)) as string[];
    next = 0;
    return void response.end();
  }
  const { user, system } = process.cpuUsage();
  response.end(JSON.stringify({ cpuUs: user + system, framesSent }));
});
const sockets = new WebSocketServer({ server });
sockets.on("connection", (socket) => {
  socket.on("message", () => {
    const said = texts[next++ % texts.length] ?? "";
    for (const client of sockets.clients) client.send(said);
    framesSent += sockets.clients.size;
  });
  socket.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
