import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What is done with the bytes of one connection on their way: what is returned goes on. */
export interface Passage {
  readonly sent: (bytes: Buffer) => Buffer;
  readonly received: (bytes: Buffer) => Buffer;
}

/** A way to a server. */
export interface ByteProxy {
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a proxy of bytes on a port of its own, of whose connections each has a passage. */
export async function startByteProxy(to: string, passage: () => Passage): Promise<ByteProxy> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const { sent, received } = passage();
    near.on("data", (bytes) => void far.write(sent(bytes)));
    far.on("data", (bytes) => void near.write(received(bytes)));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
