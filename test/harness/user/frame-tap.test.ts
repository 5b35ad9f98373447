import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import * as ws from "ws";
import { FrameTap } from "../../../harness/user/frame-tap.ts";

const ANSWER = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

/** The half of `ws` that makes messages of bytes, which its types leave out. */
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { isServer: false }) => NodeJS.WritableStream;
};

/** A frame of a server: RFC 6455, 5.2. */
function frame(text: string, opcode = 1, isFinal = true): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const header = Buffer.alloc(length > 65_535 ? 10 : length > 125 ? 4 : 2);
  header[0] = opcode | (isFinal ? 0x80 : 0);
  header[1] = length > 65_535 ? 127 : length > 125 ? 126 : length;
  if (length > 65_535) header.writeBigUInt64BE(BigInt(length), 2);
  else if (length > 125) header.writeUInt16BE(length, 2);
  return Buffer.concat([header, payload]);
}

/** A tap that has seen the answer to the upgrade, and what came through it: first to the taker, and else to `ws`. */
async function open(takes: (text: string) => boolean, answer = ANSWER) {
  const came: string[] = [];
  const tap = new FrameTap({
    takeText(bytes, start, end) {
      const text = bytes.toString("utf8", start, end);
      if (takes(text)) came.push(`taken ${text}`);
      return takes(text);
    },
  });
  onTestFinished(() => void tap.destroy());
  // It was never connected: whatever asks for more waits for that.
  tap.setMaxListeners(0);
  const receiver = new Receiver({ isServer: false });
  receiver.on("message", (data: Buffer, isBinary: boolean) => {
    came.push(`${isBinary ? "binary" : "passed"} ${data.toString("utf8")}`);
  });
  receiver.on("ping", (data: Buffer) => came.push(`ping ${data}`));
  receiver.on("error", (error: Error) => came.push(error.message));
  let isOpen = false;
  tap.on("data", (bytes: Buffer) => {
    if (isOpen) receiver.write(bytes);
    isOpen = true;
  });
  // A stream begins to flow in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  tap.receive(Buffer.from(answer));
  return { tap, came };
}

const anything = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: "grapheme" }).map((text) => ({ kind: "text", text }) as const) },
  fc
    .constantFrom(125, 126, 65_535, 65_536, 70_001)
    .map((size) => ({ kind: "text", text: "x".repeat(size) }) as const),
  fc.string({ maxLength: 20 }).map((text) => ({ kind: "fragments", text }) as const),
  fc.string({ maxLength: 20 }).map((text) => ({ kind: "binary", text }) as const),
  fc.string({ maxLength: 20, unit: "grapheme-ascii" }).map((text) => ({ kind: "ping", text }) as const),
);

/** What a server sends for it. */
function framesOf({ kind, text }: { readonly kind: string; readonly text: string }): Buffer {
  switch (kind) {
    case "fragments": {
      const half = frame(text, 1, false);
      return Buffer.concat([half, frame("between", 9), frame("", 0, true)]);
    }
    case "binary":
      return frame(text, 2);
    case "ping":
      return frame(text, 9);
    default:
      return frame(text);
  }
}

describe("a tap", () => {
  it("offers whole texts and passes the rest, all in order, however reads cut the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anything, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        async (sent, cuts, taken) => {
          const takes = (text: string) => text.length % taken === 0;
          const { tap, came } = await open(takes);
          const all = Buffer.concat(sent.map(framesOf));
          const at = [0, ...cuts.map((cut) => cut % (all.length + 1)), all.length].sort((a, b) => a - b);
          for (let i = 1; i < at.length; i++) {
            if (at[i] !== at[i - 1]) tap.receive(all.subarray(at[i - 1], at[i]));
            await new Promise((resolve) => setImmediate(resolve));
          }
          const plain = came.map((what) => what.replace(/^(?:taken|passed) /u, "text "));
          expect(plain).toEqual(
            sent.flatMap(({ kind, text }) =>
              kind === "fragments" ? ["ping between", `text ${text}`] : [`${kind} ${text}`],
            ),
          );
          tap.destroy();
        },
      ),
      { numRuns: 200 },
    );
  });

  it("takes what comes in one read, and has ws put together what does not", async () => {
    const { tap, came } = await open(() => true);
    tap.receive(Buffer.concat([frame("one"), frame("two"), frame("three").subarray(0, 4)]));
    tap.receive(Buffer.concat([frame("three").subarray(4), frame("four")]));
    expect(came).toEqual(["taken one", "taken two", "passed three", "taken four"]);
  });

  it("takes a frame of which a read has ended within the header", async () => {
    const { tap, came } = await open(() => true);
    const long = "x".repeat(200);
    tap.receive(Buffer.concat([frame("one"), frame(long).subarray(0, 3)]));
    tap.receive(frame(long).subarray(3));
    expect(came).toEqual(["taken one", `taken ${long}`]);
  });

  it("takes nothing while a fragmented message is under way, which is for ws to judge", async () => {
    const { tap, came } = await open(() => true);
    tap.receive(Buffer.concat([frame("half", 1, false), frame("intruder")]));
    await new Promise((resolve) => setImmediate(resolve));
    expect(came).toEqual(["Invalid WebSocket frame: invalid opcode 1"]);
  });

  it("takes nothing where frames come in one read with the answer to the upgrade: it has not seen where they begin", async () => {
    const { tap, came } = await open(() => true, `${ANSWER}\u0081\u0002`);
    tap.receive(Buffer.from("hi"));
    tap.receive(frame("more"));
    expect(came.filter((what) => what.startsWith("taken"))).toEqual([]);
  });
});
