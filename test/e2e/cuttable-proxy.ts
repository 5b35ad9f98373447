import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut. */
export interface CuttableProxy {
  readonly origin: string;
  /** Ends all connections, on both sides, without a word of what is above TCP. */
  cut(): void;
  /** Ends new connections at once, or no longer. */
  refuse(refuses: boolean): void;
  /** Carries nothing any more, in either direction, and ends nothing: as where a cable is pulled. */
  freeze(): void;
  close(): Promise<void>;
}

/** Starts a proxy of bytes on a port of its own. */
export async function startCuttableProxy(to: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let state: "carrying" | "refusing" | "frozen" = "carrying";

  const server = createServer((near) => {
    if (state === "refusing") return void near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("data", (bytes) => state === "carrying" && other.write(bytes));
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        if (state !== "frozen") other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    refuse: (refuses) => {
      state = refuses ? "refusing" : "carrying";
    },
    freeze: () => {
      state = "frozen";
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
