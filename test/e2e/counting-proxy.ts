import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A text frame that has passed, by the length of its payload. */
export interface PassedFrame {
  readonly direction: "sent" | "received";
  readonly bytes: number;
}

/** A way to a server that notes the WebSocket frames on it. */
export interface CountingProxy {
  readonly origin: string;
  readonly frames: readonly PassedFrame[];
  close(): Promise<void>;
}

const TEXT = 1;

/** Starts a proxy of bytes on a port of its own, which reads the headers of frames (RFC 6455, 5.2) behind an upgrade. */
export async function startCountingProxy(to: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(to);
  const frames: PassedFrame[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const readers = { sent: frameLengths(), received: frameLengths() };
    const pass = (direction: PassedFrame["direction"], to: Socket) => (bytes: Buffer) => {
      for (const length of readers[direction](bytes)) frames.push({ direction, bytes: length });
      to.write(bytes);
    };
    near.on("data", pass("sent", far));
    far.on("data", pass("received", near));
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
    frames,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads one direction of a connection; gives the lengths of the text frames that are whole. */
function frameLengths(): (bytes: Buffer) => number[] {
  let isUpgraded = false;
  let left = Buffer.alloc(0);
  return (bytes) => {
    left = Buffer.concat([left, bytes]);
    if (!isUpgraded) {
      const head = left.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      isUpgraded = end !== -1 && /^upgrade: websocket/im.test(head.slice(0, end));
      left = isUpgraded ? left.subarray(end + 4) : Buffer.alloc(0);
    }
    const lengths: number[] = [];
    for (let frame = isUpgraded ? frameAt(left) : null; frame !== null; frame = frameAt(left)) {
      left = left.subarray(frame.end);
      if (frame.opcode === TEXT) lengths.push(frame.length);
    }
    return lengths;
  };
}

function frameAt(bytes: Buffer): { opcode: number; length: number; end: number } | null {
  if (bytes.length < 2) return null;
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 2 + extended) return null;
  const length =
    extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const end = 2 + extended + (second & 0x80 ? 4 : 0) + length;
  return bytes.length < end ? null : { opcode: first & 0x0f, length, end };
}
