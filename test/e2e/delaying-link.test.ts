import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startDelayingLink } from "../../harness/sequences/delaying-link.ts";

/** A server that sends back what it gets, behind a link. */
async function linked() {
  const server = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const link = await startDelayingLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await link.close();
    server.close();
  });
  const open = (): Socket => connect(Number(new URL(link.origin).port), "127.0.0.1").on("error", () => {});
  return { link, open };
}

/** What comes from a socket until it is so long. */
async function received(socket: Socket, length: number): Promise<string> {
  let text = "";
  for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
    text += String(bytes);
    if (text.length >= length) break;
  }
  return text;
}

test("bytes stay in their order when the delay gets shorter while they are under way", async () => {
  const { link, open } = await linked();
  const socket = open();
  await once(socket, "connect");
  const began = performance.now();
  for (const [index, delayMs] of [60, 5, 30, 0, 0].entries()) {
    link.delay({ toServerMs: delayMs, toPageMs: delayMs });
    socket.write(String(index));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(await received(socket, 5)).toBe("01234");
  expect(performance.now() - began).toBeGreaterThanOrEqual(60);
});

test("a cut breaks what is there with all that is under way, and holds what comes until it is mended", async () => {
  const { link, open } = await linked();
  const first = open();
  await once(first, "connect");
  link.delay({ toServerMs: 0, toPageMs: 1000 });
  first.write("lost");
  link.cut();
  const hadError = await new Promise((resolve) => first.once("close", resolve));
  expect(hadError).toBe(true);

  link.delay({ toServerMs: 0, toPageMs: 0 });
  const second = open();
  second.write("held");
  await once(second, "connect");
  link.mend();
  expect(await received(second, 4)).toBe("held");
});
