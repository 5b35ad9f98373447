import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startDelayingLink } from "../../harness/load/delaying-link.ts";

/** A server that sends back what it gets, behind a link. */
async function linked() {
  const accepted: Socket[] = [];
  const server = createServer((socket) => {
    accepted.push(socket);
    socket.on("error", () => {}).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const link = await startDelayingLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await link.close();
    server.close();
  });
  const open = (): Socket => connect(Number(new URL(link.origin).port), "127.0.0.1").on("error", () => {});
  return { link, open, accepted };
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

test("a freeze ends nothing on either side and carries nothing more; what was frozen breaks when it is mended", async () => {
  const { link, open, accepted } = await linked();
  const near = open();
  near.write("before");
  expect(await received(near, 6)).toBe("before");
  link.freeze();
  near.write("lost");
  const other = open();
  other.write("held");
  await once(other, "connect");

  const [far] = accepted;
  far?.write("lost too");
  const farEnded = far && once(far, "close");
  far?.destroy();
  await farEnded;
  expect([near.destroyed, near.readableLength]).toEqual([false, 0]);

  const broken = new Promise((resolve) => near.once("close", resolve));
  link.mend();
  expect(await broken).toBe(true);
  expect(await received(other, 4)).toBe("held");
  expect(near.bytesRead, "nothing came after the freeze").toBe(6);
});

test("a server hears nothing of a client that is gone behind a frozen link", async () => {
  const { link, open, accepted } = await linked();
  const near = open();
  near.write("before");
  await received(near, 6);
  link.freeze();
  near.destroy();
  await once(near, "close");
  const other = open();
  await once(other, "connect");
  const far = accepted[0] as Socket;
  expect([far.destroyed, far.bytesRead]).toEqual([false, 6]);
  const broken = new Promise((resolve) => far.once("close", resolve));
  link.mend();
  expect(await broken).toBe(true);
});
