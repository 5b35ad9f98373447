import { encodeFrame } from "./envelope.ts";
import type { Frame } from "./frame-decoder.ts";
import { ProtocolError } from "./protocol-error.ts";
import { EVENT, SOCKET_TOPIC } from "./wire-keys.ts";

/** The frame by which a socket says that it is there. Source: `sendHeartbeat` in phoenix/socket.js. */
export function heartbeatFrame(ref: string): string {
  return encodeFrame(null, ref, SOCKET_TOPIC, EVENT.heartbeat, {});
}

/**
 * Checks that a frame of the socket's own topic answers a heartbeat.
 *
 * @param ref of the heartbeat that was not answered yet; null if there is none
 * @throws ProtocolError if it does not
 */
export function checkHeartbeatReply(frame: Frame, ref: string | null): void {
  if (frame.event === EVENT.reply && ref !== null && frame.ref === ref) return;
  throw new ProtocolError(frame.event, "", `on topic ${SOCKET_TOPIC} answers no heartbeat of this socket`);
}
