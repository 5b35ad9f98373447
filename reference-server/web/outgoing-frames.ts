import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { textFrame } from "./text-frame.ts";

/** So many sockets are written to together. */
const MOST_TOGETHER = 64;

/**
 * Hands what is said to several clients in a row to the system together, once nothing more is said or there are enough:
 * a client that waits for data is woken, which costs more than its frame, and its like are then awake already.
 */
export class OutgoingFrames {
  #held: Duplex[] = [];
  readonly #compressed: boolean;
  #scheduled = false;

  /** @param compressed whether sockets may have agreed on compression */
  constructor(compressed: boolean) {
    this.#compressed = compressed;
  }

  /** Sends a text frame. @param stream below the socket, which is open */
  send(socket: WebSocket, stream: Duplex, text: string): void {
    if (stream.writableCorked === 0) {
      this.#held.push(stream);
      stream.cork();
    }
    // In one piece: `ws` writes the header for itself, which costs another part in what is handed to the system.
    if (this.#compressed) socket.send(text);
    else stream.write(textFrame(text));
    if (this.#held.length >= MOST_TOGETHER) return this.#release();
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the microtasks, in which views take their turns.
    process.nextTick(() => {
      this.#scheduled = false;
      this.#release();
    });
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const stream of held) stream.uncork();
  }
}
