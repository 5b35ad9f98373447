/**
 * The server of the benchmark, a process of its own: a page for each user, an answer to his join, and as many frames as it
 * is told, at a steady rate. It renders nothing: what it costs is no one's figure.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { realClock } from "../../../harness/core/real-time.ts";
import { diffFrame, INSERT_BYTES, insertPayload, joinReply, pageFor } from "./frames.ts";
import type { SendOrder, Told } from "./messages.ts";

const FRAMES_PER_SECOND = 20;
const ROOM_SIZE = 100;

interface Client {
  readonly user: string;
  readonly socket: WebSocket;
}

/** By group, in the order in which they came. */
const groups = new Map<string, Client[]>();
let messages = 0;
const sequences = new Map<string, number>();

const http = createServer(({ url = "" }, response) => {
  const user = new URL(url, "http://localhost").searchParams.get("user") ?? "";
  response.setHeader("content-type", "text/html; charset=utf-8").end(pageFor(user));
});
const server = new WebSocketServer({ server: http, perMessageDeflate: false, backlog: 1024 } as object);
server.on("connection", (socket, { url = "" }) => {
  const user = new URL(url, "http://localhost").searchParams.get("_csrf_token") ?? "";
  const group = user.replace(/\d+$/u, "");
  const clients = groups.get(group) ?? [];
  groups.set(group, clients);
  clients.push({ user, socket });
  socket.on("message", (data) => {
    const [joinRef, ref, topic, event] = JSON.parse(data.toString());
    if (event === "phx_join") socket.send(joinReply(user, joinRef));
    else socket.send(JSON.stringify([joinRef, ref, topic, "phx_reply", { status: "ok", response: {} }]));
  });
  socket.on(
    "close",
    () =>
      void clients.splice(
        clients.findIndex((client) => client.socket === socket),
        1,
      ),
  );
});
http.listen(0, "127.0.0.1", 1024, () => {
  tell({ kind: "listening", origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});

process.on("message", send);
process.on("disconnect", () => process.exit());

/** Each room has its turns, evenly spread, so that not all sockets get their frames at once. */
function send({ group, sameness, framesPerSocket }: SendOrder): void {
  const clients = groups.get(group) ?? [];
  const rooms = Math.ceil(clients.length / ROOM_SIZE);
  const turns = rooms * framesPerSocket;
  const startMs = performance.now();
  let turn = 0;
  const go = () => {
    const due = Math.min(turns, ((performance.now() - startMs) / 1000) * FRAMES_PER_SECOND * rooms);
    for (; turn < due; turn++) {
      const room = turn % rooms;
      sendToRoom(`${group} ${room}`, clients.slice(room * ROOM_SIZE, (room + 1) * ROOM_SIZE), sameness);
    }
    if (turn < turns) setTimeout(go, 1);
  };
  go();
}

function sendToRoom(name: string, members: readonly Client[], sameness: SendOrder["sameness"]): void {
  const sequence = sequences.get(name) ?? 0;
  sequences.set(name, sequence + 1);
  const nowUs = realClock();
  const shared = insertPayload(messages++, sequence, nowUs);
  for (const { user, socket } of members) {
    const payload = sameness === "same" ? shared : insertPayload(messages++, sequence, nowUs);
    const text = diffFrame(user, payload);
    if (text.length !== INSERT_BYTES) throw new Error(`a frame of ${text.length} bytes`);
    socket.send(text);
  }
}

function tell(told: Told): void {
  process.send?.(told);
}
