import { expect, onTestFinished, test } from "vitest";
import { chatSite } from "./chat-site.ts";
import { startCuttableProxy } from "./cuttable-proxy.ts";
import { blurDraft, draftOf, untilMembers, writeDraft } from "./presence-page.ts";

const IDLE_TIMEOUT_MS = 3000;
const ROOM = "/stream/rooms/1";

const site = chatSite({ idleTimeoutMs: IDLE_TIMEOUT_MS });

/** Two pages that say often enough that they are there, one of them by a way that can be cut. */
async function aliceAndBob() {
  const proxy = await startCuttableProxy(site.origin);
  onTestFinished(() => proxy.close());
  const visit = async (name: string, at: string) => {
    const page = await site.visit(name, ROOM, at);
    await page.evaluate(`(({ socket }) => {
      socket.heartbeatIntervalMs = ${IDLE_TIMEOUT_MS / 3};
      socket.resetHeartbeat();
    })(liveSocket)`);
    return page;
  };
  return { proxy, alice: await visit("alice", site.origin), bob: await visit("bob", proxy.origin) };
}

test("who is cut off while he writes is gone at once; when he is back he does not write, and has his draft", async () => {
  const { proxy, alice, bob } = await aliceAndBob();
  await writeDraft(bob, "half a thought");
  await untilMembers(alice, "alice you", "bob ...");
  proxy.hold();
  proxy.cut();
  await untilMembers(alice, "alice you");
  await blurDraft(bob);
  proxy.release();
  await untilMembers(alice, "alice you", "bob");
  await untilMembers(bob, "alice", "bob you");
  expect(await draftOf(bob)).toMatchObject({ value: "half a thought", focused: false });
});

test("who is cut off without a word is gone, and no longer writes, once he was silent for too long", async () => {
  const { proxy, alice, bob } = await aliceAndBob();
  await writeDraft(bob, "half a thought");
  await untilMembers(alice, "alice you", "bob ...");
  const { webSockets } = alice.traffic();
  proxy.freeze();
  await untilMembers(alice, "alice you");
  expect(alice.traffic().webSockets, "whoever is not silent stays").toBe(webSockets);
});
