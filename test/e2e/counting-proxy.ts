import { type ByteProxy, startByteProxy } from "./byte-proxy.ts";

/** A text frame that has passed, by the length of its payload. */
export interface PassedFrame {
  readonly direction: "sent" | "received";
  readonly bytes: number;
}

/** A way to a server that notes the WebSocket frames on it. */
export interface CountingProxy extends ByteProxy {
  readonly frames: readonly PassedFrame[];
}

const TEXT = 1;

/** Starts a proxy that reads the headers of frames (RFC 6455, 5.2) behind an upgrade. */
export async function startCountingProxy(to: string): Promise<CountingProxy> {
  const frames: PassedFrame[] = [];
  const proxy = await startByteProxy(to, () => {
    const reading = (direction: PassedFrame["direction"]) => {
      const read = frameLengths();
      return (bytes: Buffer) => {
        for (const length of read(bytes)) frames.push({ direction, bytes: length });
        return bytes;
      };
    };
    return { sent: reading("sent"), received: reading("received") };
  });
  return { ...proxy, frames };
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
