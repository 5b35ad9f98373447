import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server, on a port of its own on this machine, that delays and breaks connections as it is told. */
export interface DelayingLink {
  /** `http://127.0.0.1:4001` */
  readonly origin: string;
  /** How long bytes are under way from now on. They stay in their order. */
  delay(delays: { readonly toServerMs: number; readonly toPageMs: number }): void;
  /** Breaks all connections, on both sides, with all that is under way; new ones wait. */
  cut(): void;
  /**
   * Carries nothing more on the connections that there are, in either direction, and ends none of them: as where a cable is
   * pulled. New ones wait.
   */
  freeze(): void;
  /** Breaks those that are frozen, lets those that wait go on, and others come about. */
  mend(): void;
  close(): Promise<void>;
}

/** Starts a link of bytes to a server: `http://127.0.0.1:4000`. */
export async function startDelayingLink(to: string): Promise<DelayingLink> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  const frozen = new Set<Socket>();
  let delays = { toServerMs: 0, toPageMs: 0 };
  let isCut = false;

  const carry = (from: Socket, into: Socket, delayMs: () => number) => {
    const later = inOrder(delayMs);
    sockets.add(from);
    from.setNoDelay(true);
    from.on("data", (bytes) => later(() => void (into.destroyed || frozen.has(from) || into.write(bytes))));
    from.on("error", () => {});
    from.on("close", () => {
      sockets.delete(from);
      // Nobody is told of it, until it is mended.
      if (!frozen.delete(from)) later(() => into.destroy());
    });
  };
  const pass = (near: Socket) => {
    const far = connect(Number(port), hostname);
    carry(near, far, () => delays.toServerMs);
    carry(far, near, () => delays.toPageMs);
  };
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (isCut) waiting.add(near.on("error", () => {}).on("close", () => waiting.delete(near)));
    else pass(near.resume());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delay: (given) => {
      delays = given;
    },
    cut,
    freeze: () => {
      isCut = true;
      for (const socket of sockets) frozen.add(socket);
    },
    mend: () => {
      isCut = false;
      for (const socket of frozen) socket.resetAndDestroy();
      for (const near of waiting) pass(near.resume());
      waiting.clear();
    },
    close: async () => {
      cut();
      for (const near of waiting) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Does things after a delay, and never one of them before another that was asked for earlier. */
function inOrder(delayMs: () => number): (act: () => void) => void {
  const queue: { readonly atMs: number; readonly act: () => void }[] = [];
  const doWhatIsDue = () => {
    for (let [next] = queue; next !== undefined; [next] = queue) {
      const leftMs = next.atMs - performance.now();
      if (leftMs > 0) return void setTimeout(doWhatIsDue, Math.ceil(leftMs));
      queue.shift();
      next.act();
    }
  };
  return (act) => {
    queue.push({ atMs: performance.now() + delayMs(), act });
    if (queue.length === 1) doWhatIsDue();
  };
}
