import type { Socket } from "node:net";

/** What the sockets of a population have carried together: frames, their headers, the upgrade, heartbeats. */
export interface WireTotals {
  readonly connections: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** Adds up what sockets carry, those that are open and those that were. */
export class WireMeter {
  readonly #open = new Set<Socket>();
  #closed: WireTotals = { connections: 0, receivedBytes: 0, sentBytes: 0 };

  /** A connection was made. */
  opened(socket: Socket): void {
    this.#open.add(socket);
  }

  /** It has carried all that it will. */
  closed(socket: Socket): void {
    if (this.#open.delete(socket)) this.#closed = withSocket(this.#closed, socket);
  }

  /** Everything so far. */
  get totals(): WireTotals {
    return [...this.#open].reduce(withSocket, this.#closed);
  }
}

function withSocket({ connections, receivedBytes, sentBytes }: WireTotals, socket: Socket): WireTotals {
  return {
    connections: connections + 1,
    receivedBytes: receivedBytes + socket.bytesRead,
    sentBytes: sentBytes + socket.bytesWritten,
  };
}
