import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

/** So many sockets are written to together. */
const MOST_TOGETHER = 64;

/**
 * Hands what is said to several clients in a row to the system together, once nothing more is said or there are enough:
 * a client that waits for data is woken, which costs more than its frame, and its like are then awake already.
 */
export class OutgoingFrames {
  readonly #held = new Set<Duplex>();
  #scheduled = false;

  /** Sends a text frame. @param stream below the socket */
  send(socket: WebSocket, stream: Duplex, text: string): void {
    if (!this.#held.has(stream)) {
      this.#held.add(stream);
      stream.cork();
    }
    socket.send(text);
    if (this.#held.size >= MOST_TOGETHER) return this.#release();
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the microtasks, in which views take their turns.
    process.nextTick(() => {
      this.#scheduled = false;
      this.#release();
    });
  }

  #release(): void {
    for (const stream of this.#held) stream.uncork();
    this.#held.clear();
  }
}
