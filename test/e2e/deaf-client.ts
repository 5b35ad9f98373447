import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import type { Duplex } from "node:stream";

const TEXT = 0x1;
const CLOSE = 0x8;

/** A WebSocket client that does not answer the closing of its socket, but goes on sending. */
export class DeafClient {
  readonly #stream: Duplex;
  #received = Buffer.alloc(0);
  #wake: () => void = () => {};

  private constructor(stream: Duplex, head: Buffer) {
    this.#stream = stream;
    this.#take(head);
    stream.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  static async open(origin: string, options: { cookie: string; csrfToken: string }): Promise<DeafClient> {
    const query = new URLSearchParams({ _csrf_token: options.csrfToken, vsn: "2.0.0" });
    const asked = request(`${origin}/live/websocket?${query}`, {
      headers: {
        cookie: options.cookie,
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
      },
    });
    asked.end();
    const [, stream, head] = (await once(asked, "upgrade")) as [unknown, Duplex, Buffer];
    return new DeafClient(stream, head);
  }

  sendText(text: string): void {
    this.#send(TEXT, Buffer.from(text));
  }

  /** Answers the closing at last. Resolves when the server has ended the connection. */
  async sendClose(): Promise<void> {
    const ended = once(this.#stream, "end");
    this.#send(CLOSE, Buffer.from([0x03, 0xe8]));
    await ended;
    this.#stream.destroy();
  }

  /** Resolves when these words were received, in a text or in a closing. */
  async received(words: string): Promise<void> {
    while (!this.#received.includes(words)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    this.#wake();
  }

  /** Source: RFC 6455, 5.2: a frame of a client, of a length in 16 bits, masked with zeros. */
  #send(opcode: number, payload: Buffer): void {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(payload.length);
    const size =
      payload.length < 126 ? Buffer.from([0x80 | payload.length]) : Buffer.from([0x80 | 126, ...length]);
    this.#stream.write(Buffer.concat([Buffer.from([0x80 | opcode]), size, Buffer.alloc(4), payload]));
  }
}
