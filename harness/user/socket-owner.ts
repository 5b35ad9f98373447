import type { BenchError } from "../core/errors.ts";
import type { Bytes, Micros } from "../core/units.ts";
import type { ChannelOutput } from "../protocol/channel.ts";
import type { Frame } from "../protocol/frame-decoder.ts";
import type { SocketChannel } from "./socket-channel.ts";

/** A frame as the socket handed it over, decoded. */
export interface ReceivedFrame {
  readonly frame: Frame;
  /** The channel that it is for; null for one of the socket itself, or of a channel that is gone. */
  readonly channel: SocketChannel | null;
  /** What that channel makes of it. */
  readonly outputs: readonly ChannelOutput[];
  readonly receivedAt: Micros;
  readonly bytes: Bytes;
}

/** Who owns a socket and is told what happens on it. */
export interface SocketOwner {
  /** For errors. */
  readonly name: string;
  /** Takes a frame in and gives the time when that was done. What it throws as a BenchError ends the socket. */
  take(received: ReceivedFrame): Micros;
  /** The socket is of no use any more. Not called for what was asked for. */
  ended(end: SocketEnd): void;
}

/** Why a socket ended by itself. */
export interface SocketEnd {
  readonly code: string;
  readonly message: string;
  /** The WebSocket's close code; null where there was none. */
  readonly closeCode: number | null;
  /** What those who waited for something were rejected with. */
  readonly error: BenchError;
}
