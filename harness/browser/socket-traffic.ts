import type { Page } from "puppeteer";

/** What went over a page's WebSockets since it was opened. Shows that a Chrome took part. */
export interface SocketTraffic {
  /** Connections that the page opened, those that failed included. */
  readonly webSockets: number;
  readonly framesReceived: number;
  /** Payloads, without the frames' headers; after decompression. */
  readonly bytesReceived: number;
  readonly framesSent: number;
  readonly bytesSent: number;
}

/** A text frame on one of a page's WebSockets. */
export interface SocketFrame {
  readonly direction: "sent" | "received";
  /** The same for all frames of a WebSocket, and for no other. */
  readonly socket: string;
  readonly text: string;
}

/** A text frame (RFC 6455, 5.2). */
const TEXT = 1;

/**
 * Counts a page's WebSocket traffic from now on. The function gives the state of the count.
 *
 * @param onFrame told of every text frame, in the order in which the page sent and received them
 */
export async function countTraffic(
  page: Page,
  onFrame?: (frame: SocketFrame) => void,
): Promise<() => SocketTraffic> {
  const traffic = { webSockets: 0, framesReceived: 0, bytesReceived: 0, framesSent: 0, bytesSent: 0 };
  const cdp = await page.createCDPSession();
  cdp.on("Network.webSocketCreated", () => {
    traffic.webSockets += 1;
  });
  const tell = (
    direction: SocketFrame["direction"],
    socket: string,
    { opcode, payloadData }: { readonly opcode: number; readonly payloadData: string },
  ) => opcode === TEXT && onFrame?.({ direction, socket, text: payloadData });
  cdp.on("Network.webSocketFrameReceived", ({ requestId, response }) => {
    tell("received", requestId, response);
    traffic.framesReceived += 1;
    traffic.bytesReceived += payloadBytes(response);
  });
  cdp.on("Network.webSocketFrameSent", ({ requestId, response }) => {
    tell("sent", requestId, response);
    traffic.framesSent += 1;
    traffic.bytesSent += payloadBytes(response);
  });
  await cdp.send("Network.enable");
  return () => ({ ...traffic });
}

/** The size of a frame as Chrome tells of it: text as it is, anything else in base64 (CDP, `Network.WebSocketFrame`). */
export function payloadBytes({ opcode, payloadData }: { opcode: number; payloadData: string }): number {
  return Buffer.byteLength(payloadData, opcode === TEXT ? "utf8" : "base64");
}
