import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut. */
export interface CuttableProxy {
  readonly origin: string;
  /** Ends all connections, on both sides, without a word of what is above TCP. */
  cut(): void;
  /** Has new connections wait. */
  hold(): void;
  /** Has those that wait go on. */
  release(): void;
  /** Carries nothing any more, in either direction, and ends nothing: as where a cable is pulled. */
  freeze(): void;
  close(): Promise<void>;
}

/** Starts a proxy of bytes on a port of its own. */
export async function startCuttableProxy(to: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  let holding = false;
  let frozen = false;

  const carry = (from: Socket, other: Socket) => {
    sockets.add(from);
    from.on("data", (bytes) => !frozen && other.write(bytes));
    from.on("error", () => {});
    from.on("close", () => {
      sockets.delete(from);
      if (!frozen) other.destroy();
    });
  };
  const pass = (near: Socket) => {
    const far = connect(Number(port), hostname);
    carry(near, far);
    carry(far, near);
  };
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (holding || frozen) waiting.add(near);
    else pass(near.resume());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      for (const near of waiting) pass(near.resume());
      waiting.clear();
    },
    freeze: () => {
      frozen = true;
    },
    close: async () => {
      cut();
      for (const near of waiting) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
