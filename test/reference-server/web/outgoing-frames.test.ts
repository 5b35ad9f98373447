import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { OutgoingFrames } from "../../../reference-server/web/outgoing-frames.ts";

/** A socket and the stream below it. What the socket itself is told to send, it writes in capital letters. */
function client() {
  const stream = new PassThrough();
  const socket = { send: (text: string) => void stream.write(text.toUpperCase()) } as WebSocket;
  return { stream, socket, arrived: () => String(stream.read() ?? "") };
}

const framed = (text: string) => String(Buffer.from([0x81, text.length, ...Buffer.from(text)]));

test("what is said in one turn leaves together, in order, after the microtasks", async () => {
  const outgoing = new OutgoingFrames(false);
  const [one, other] = [client(), client()];
  outgoing.send(one.socket, one.stream, "a");
  outgoing.send(other.socket, other.stream, "b");
  outgoing.send(one.socket, one.stream, "c");
  expect([one.arrived(), other.arrived()]).toEqual(["", ""]);
  await new Promise(setImmediate);
  expect([one.arrived(), other.arrived()]).toEqual([framed("a") + framed("c"), framed("b")]);
});

test("the 64th client has those before it, and itself, written to at once", () => {
  const outgoing = new OutgoingFrames(false);
  const clients = Array.from({ length: 64 }, client);
  for (const { socket, stream } of clients.slice(0, 63)) outgoing.send(socket, stream, "a");
  expect(clients.map(({ arrived }) => arrived()).join("")).toBe("");
  for (const { socket, stream } of clients.slice(63)) outgoing.send(socket, stream, "a");
  expect(clients.map(({ arrived }) => arrived()).join("")).toBe(framed("a").repeat(64));
});

test("a socket that may compress frames makes them itself", async () => {
  const outgoing = new OutgoingFrames(true);
  const { socket, stream, arrived } = client();
  outgoing.send(socket, stream, "a");
  expect(arrived()).toBe("");
  await new Promise(setImmediate);
  expect(arrived()).toBe("A");
});
