import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that changes one byte on its way to one client. */
export interface AlteringProxy {
  readonly origin: string;
  /** How often it has changed something. */
  readonly altered: number;
  close(): Promise<void>;
}

/** What is changed, and for whom. */
export interface Alteration {
  /** What the client says of himself in the request of his upgrade: a token of its URL. */
  readonly client: () => string;
  /** What is searched for in what he gets. */
  readonly find: string;
  /** What stands in its place, as long. */
  readonly replacement: string;
}

/** Starts a proxy of bytes on a port of its own. It changes what it finds once. */
export async function startAlteringProxy(
  to: string,
  { client, find, replacement }: Alteration,
): Promise<AlteringProxy> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let altered = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let isVictim = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (bytes) => {
      isVictim ||= bytes.includes("Upgrade: websocket") && bytes.includes(client());
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      const at = isVictim && altered === 0 ? bytes.indexOf(find) : -1;
      if (at !== -1) altered += bytes.write(replacement, at) > 0 ? 1 : 0;
      near.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get altered() {
      return altered;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
