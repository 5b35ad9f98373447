import { afterEach, describe, expect, test } from "vitest";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import { chatSite } from "./chat-site.ts";
import { type CuttableProxy, startCuttableProxy } from "./cuttable-proxy.ts";
import { blurDraft, draftOf, untilMembers, writeDraft } from "./presence-page.ts";

const IDLE_TIMEOUT_MS = 3000;

const site = chatSite({ idleTimeoutMs: IDLE_TIMEOUT_MS });

let proxy: CuttableProxy;
// Before the site's own: through a frozen proxy nobody answers a server that closes.
afterEach(() => proxy.close());

/** Two pages that say often enough that they are there, one of them by a way that can be cut. */
async function aliceAndBob(mode: string) {
  proxy = await startCuttableProxy(site.origin);
  const visit = async (name: string, at: string) => {
    const page = await site.visit(name, `/${mode}/rooms/1`, at);
    await page.evaluate(`(({ socket }) => {
      socket.heartbeatIntervalMs = ${IDLE_TIMEOUT_MS / 3};
      socket.resetHeartbeat();
    })(liveSocket)`);
    return page;
  };
  const [alice, bob] = [await visit("alice", site.origin), await visit("bob", proxy.origin)];
  site.excuse(bob);
  // Her heartbeats are there to be heard: that an answer is late, on a machine that is busy, is not to cut her off.
  await alice.evaluate("(() => { liveSocket.socket.heartbeatTimeout = () => {}; })()");
  return { alice, bob };
}

describe.each(Object.keys(MODES))("in %s,", (mode) => {
  test("who is cut off while he writes is gone at once; when he is back he does not write, and has his draft", async () => {
    const { alice, bob } = await aliceAndBob(mode);
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
    const { alice, bob } = await aliceAndBob(mode);
    await writeDraft(bob, "half a thought");
    await untilMembers(alice, "alice you", "bob ...");
    const { webSockets } = alice.traffic();
    proxy.freeze();
    await untilMembers(alice, "alice you");
    expect(alice.traffic().webSockets, "whoever is not silent stays").toBe(webSockets);
  });
});
