import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { clientFrame, serverFrame } from "./raw-frames.ts";

/** A WebSocket that counts the bytes that it is sent, and looks at none but those of a frame that is waited for. */
export class DrainingSocket {
  readonly #socket: Socket;
  readonly #onBytes: (bytes: number) => void;
  #expected: { chunks: Buffer[]; resolve: (text: string) => void } | undefined;

  private constructor(socket: Socket, onBytes: (bytes: number) => void) {
    this.#socket = socket;
    this.#onBytes = onBytes;
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    // The server may be gone before its clients.
    socket.on("error", () => {});
  }

  /** @throws Error where the server refuses the upgrade. */
  static async open(url: URL, cookie: string, onBytes: (bytes: number) => void): Promise<DrainingSocket> {
    const asked = request(url, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
        ...(cookie !== "" && { cookie }),
      },
    });
    asked.once("response", ({ statusCode }: IncomingMessage) =>
      asked.destroy(new Error(`the upgrade was answered with ${statusCode}`)),
    );
    const upgraded = once(asked, "upgrade");
    asked.end();
    const [, socket, head] = (await upgraded) as [IncomingMessage, Socket, Buffer];
    if (head.length > 0) throw new Error("the server speaks before it is asked");
    return new DrainingSocket(socket.setNoDelay(true), onBytes);
  }

  send(text: string): void {
    this.#socket.write(clientFrame(text));
  }

  /** The text of the next frame, which is to be the next thing that comes. */
  next(): Promise<string> {
    return new Promise((resolve) => {
      this.#expected = { chunks: [], resolve };
    });
  }

  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, "close");
    this.#socket.destroy();
    await closed;
  }

  #take(chunk: Buffer): void {
    this.#onBytes(chunk.length);
    if (this.#expected === undefined) return;
    const { chunks, resolve } = this.#expected;
    chunks.push(chunk);
    const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    const frame = serverFrame(bytes);
    if (frame === undefined || bytes.length < frame.end) return;
    this.#expected = undefined;
    resolve(bytes.toString("utf8", frame.start, frame.end));
  }
}
