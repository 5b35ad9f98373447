import WebSocket from "ws";
import { type ClientOptions, type Clients, connectAll } from "./clients.ts";
import type { ClientKind } from "./messages.ts";

/** Plain `ws` clients, that drop each frame or parse it as JSON and drop that. */
export async function connectBare(kind: ClientKind, options: ClientOptions): Promise<Clients> {
  const { origin, onFrame } = options;
  let last: unknown;
  const drop = (data: Buffer) => {
    last = data;
    onFrame();
  };
  const parse = (data: Buffer) => {
    last = JSON.parse(data.toString());
    onFrame();
  };
  const take = kind === "drop" ? drop : parse;
  const sockets = await connectAll(options, (user) => {
    const url = `${origin.replace("http", "ws")}/live/websocket?_csrf_token=${user}`;
    const socket = new WebSocket(url, { perMessageDeflate: false, origin });
    socket.on("message", take);
    return new Promise<WebSocket>((resolve, reject) => {
      socket.once("open", () => {
        socket.off("error", reject);
        resolve(socket);
      });
      socket.once("error", reject);
    });
  });
  return { held: sockets, problems: () => (last === null ? 1 : 0) };
}
