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

/** Counts a page's WebSocket traffic from now on. The function gives the state of the count. */
export async function countTraffic(page: Page): Promise<() => SocketTraffic> {
  const traffic = { webSockets: 0, framesReceived: 0, bytesReceived: 0, framesSent: 0, bytesSent: 0 };
  const cdp = await page.createCDPSession();
  cdp.on("Network.webSocketCreated", () => {
    traffic.webSockets += 1;
  });
  cdp.on("Network.webSocketFrameReceived", ({ response }) => {
    traffic.framesReceived += 1;
    traffic.bytesReceived += payloadBytes(response);
  });
  cdp.on("Network.webSocketFrameSent", ({ response }) => {
    traffic.framesSent += 1;
    traffic.bytesSent += payloadBytes(response);
  });
  await cdp.send("Network.enable");
  return () => ({ ...traffic });
}

/** The size of a frame as Chrome tells of it: text as it is, anything else in base64 (CDP, `Network.WebSocketFrame`). */
export function payloadBytes({ opcode, payloadData }: { opcode: number; payloadData: string }): number {
  return Buffer.byteLength(payloadData, opcode === 1 ? "utf8" : "base64");
}
