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

/** A text frame, and when Chrome sent or received it: milliseconds on a clock of its own, which only goes on. */
export interface TimedSocketFrame extends SocketFrame {
  readonly chromeMs: number;
}

/** Who is told of a page's traffic, in the order in which it comes. */
export interface TrafficListener {
  /** A text frame. */
  readonly onFrame?: (frame: TimedSocketFrame) => void;
  /** A WebSocket has been closed, by its `socket`. */
  readonly onSocketClosed?: (socket: string) => void;
  /** A request by which a client of Phoenix polls where it gets no WebSocket: its messages are none of the frames. */
  readonly onLongPoll?: (url: string) => void;
}

/** A text frame (RFC 6455, 5.2). */
const TEXT = 1;
/** Where Phoenix' transport of that name is, below any socket's path. */
const LONG_POLL = /\/longpoll$/;

/** Counts a page's WebSocket traffic from now on. The function gives the state of the count. */
export async function countTraffic(
  page: Page,
  { onFrame, onSocketClosed, onLongPoll }: TrafficListener = {},
): Promise<() => SocketTraffic> {
  const traffic = { webSockets: 0, framesReceived: 0, bytesReceived: 0, framesSent: 0, bytesSent: 0 };
  const cdp = await page.createCDPSession();
  cdp.on("Network.webSocketCreated", () => {
    traffic.webSockets += 1;
  });
  const tell = (
    direction: SocketFrame["direction"],
    socket: string,
    timestamp: number,
    { opcode, payloadData }: { readonly opcode: number; readonly payloadData: string },
  ) => opcode === TEXT && onFrame?.({ direction, socket, text: payloadData, chromeMs: timestamp * 1000 });
  cdp.on("Network.webSocketFrameReceived", ({ requestId, timestamp, response }) => {
    tell("received", requestId, timestamp, response);
    traffic.framesReceived += 1;
    traffic.bytesReceived += payloadBytes(response);
  });
  cdp.on("Network.webSocketFrameSent", ({ requestId, timestamp, response }) => {
    tell("sent", requestId, timestamp, response);
    traffic.framesSent += 1;
    traffic.bytesSent += payloadBytes(response);
  });
  if (onSocketClosed) cdp.on("Network.webSocketClosed", ({ requestId }) => onSocketClosed(requestId));
  if (onLongPoll)
    cdp.on("Network.requestWillBeSent", ({ request: { url } }) => {
      if (LONG_POLL.test(URL.parse(url)?.pathname ?? "")) onLongPoll(url);
    });
  await cdp.send("Network.enable");
  return () => ({ ...traffic });
}

/** The size of a frame as Chrome tells of it: text as it is, anything else in base64 (CDP, `Network.WebSocketFrame`). */
export function payloadBytes({ opcode, payloadData }: { opcode: number; payloadData: string }): number {
  return Buffer.byteLength(payloadData, opcode === TEXT ? "utf8" : "base64");
}
