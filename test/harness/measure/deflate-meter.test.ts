import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import WebSocket, { type PerMessageDeflateOptions, WebSocketServer } from "ws";
import { DeflateMeter } from "../../../harness/measure/deflate-meter.ts";

/** What a real server sent, in the order in which it did. */
const recorded = readFileSync("test/fixtures/wire/stream.jsonl", "utf8").trim().split("\n");
/** More different symbols than zlib's buffers hold, so that their size matters. */
const varied = Array.from({ length: 20_000 }, (_, n) => ((n * 2_654_435_761) % 1e9).toString(36)).join(" ");
const frames = [...recorded, "é–🙂", "", "x".repeat(70_000), varied, recorded[0] ?? ""];

/** The payload bytes that ws puts on the wire for each frame. */
async function sentByWs(deflate: PerMessageDeflateOptions): Promise<number[]> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    perMessageDeflate: { threshold: 0, ...deflate },
  });
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const connected = once(server, "connection") as Promise<[WebSocket]>;
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const upgraded = once(client, "upgrade");
  const [peer] = await connected;
  await once(client, "open");
  const [{ socket }] = await upgraded;
  const sizes: number[] = [];
  for (const frame of frames) {
    const before = socket.bytesRead;
    const received = once(client, "message");
    peer.send(frame);
    await received;
    const taken = socket.bytesRead - before;
    sizes.push(taken - (taken > 65_535 ? 10 : taken > 127 ? 4 : 2));
  }
  client.terminate();
  return sizes;
}

async function metered(way: "deflated" | "deflated_takeover"): Promise<number[]> {
  const meter = new DeflateMeter("stream");
  for (const [index, frame] of frames.entries()) meter.record(`frame${index}`, frame);
  const metrics = await meter.metrics();
  await meter.close();
  return frames.map((_, index) => {
    const found = metrics.find(({ name }) => name === `payload.frame${index}.${way}.bytes`);
    return found?.values.sum ?? -1;
  });
}

test("each frame in a context of its own takes what ws sends without context takeover", async () => {
  expect(await metered("deflated")).toEqual(await sentByWs({ serverNoContextTakeover: true }));
});

test("all frames in one context take what ws sends with context takeover", async () => {
  expect(await metered("deflated_takeover")).toEqual(await sentByWs({}));
});

test("sizes are counted by operation and case, and those that repeat take less with takeover", async () => {
  const meter = new DeflateMeter("stream");
  const frame = recorded.find((line) => line.length > 500) ?? "";
  for (const caseName of [undefined, "again", "again"]) meter.record("insert", frame, caseName);
  const metrics = await meter.metrics();
  expect(metrics.map(({ name, case: of, mode, values }) => [name, of, mode, values.count])).toEqual([
    ["payload.insert.deflated.bytes", undefined, "stream", 3],
    ["payload.insert.again.deflated.bytes", "again", "stream", 2],
    ["payload.insert.deflated_takeover.bytes", undefined, "stream", 3],
    ["payload.insert.again.deflated_takeover.bytes", "again", "stream", 2],
  ]);
  const [own, , takeover] = metrics;
  expect(own?.values.min).toBe(own?.values.max);
  expect(takeover?.values.max).toBe(own?.values.max);
  expect(takeover?.values.min).toBeLessThan(20);
  await meter.close();
});
