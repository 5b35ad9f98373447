import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { OutgoingFrames } from "../../../reference-server/web/outgoing-frames.ts";

/** A socket that writes what it is to send to the stream below it, as it is. */
function client() {
  const stream = new PassThrough();
  const socket = { send: (text: string) => void stream.write(text) } as WebSocket;
  return { stream, socket, arrived: () => String(stream.read() ?? "") };
}

test("what is said in one turn leaves together, in order, after the microtasks", async () => {
  const outgoing = new OutgoingFrames();
  const [one, other] = [client(), client()];
  outgoing.send(one.socket, one.stream, "a");
  outgoing.send(other.socket, other.stream, "b");
  outgoing.send(one.socket, one.stream, "c");
  expect([one.arrived(), other.arrived()]).toEqual(["", ""]);
  await new Promise(setImmediate);
  expect([one.arrived(), other.arrived()]).toEqual(["ac", "b"]);
});

test("the 64th client has those before it, and itself, written to at once", () => {
  const outgoing = new OutgoingFrames();
  const clients = Array.from({ length: 64 }, client);
  for (const { socket, stream } of clients.slice(0, 63)) outgoing.send(socket, stream, "a");
  expect(clients.map(({ arrived }) => arrived()).join("")).toBe("");
  for (const { socket, stream } of clients.slice(63)) outgoing.send(socket, stream, "a");
  expect(clients.map(({ arrived }) => arrived()).join("")).toBe("a".repeat(64));
});
