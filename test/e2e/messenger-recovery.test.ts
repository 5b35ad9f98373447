import { expect, test } from "vitest";
import { CONNECTED, chatSite } from "./chat-site.ts";
import { addContact, fill, sharedDatabase, textsOf, untilTexts } from "./messenger-site.ts";

const site = chatSite({ messagesPerRoom: 0, database: sharedDatabase().file });

/** Somebody who has begun a conversation with bob and carla, and looks for a third one. */
async function halfMade(recovery: string) {
  const alice = await site.visit("alice", `/?recover=${recovery}`);
  for (const name of ["carla", "bob"]) await addContact(alice, name);
  await fill(alice, "#conversation_title", "Half a ti");
  await fill(alice, "#contact_name", "de");
  await untilTexts(alice, "#found button", ["Add deniz"]);
  return alice;
}

/** A page whose view has lost its connection. */
const CUT_OFF = "[data-phx-session]:is(.phx-loading, .phx-error)";

/** What the form of a page holds, without what was told to the server. */
const forgetOwnText = `document.querySelector("#conversation_title").setAttribute("value", "")`;

test.each(["auto", "hook"])(
  "by %s, a half-made conversation is there again after a restart of the server",
  async (recovery) => {
    const alice = await halfMade(recovery);
    site.excuse(alice);
    await alice.evaluate(forgetOwnText);
    await site.stop();
    await alice.waitFor(CUT_OFF);
    await site.restart();
    await alice.waitFor(CONNECTED);
    await untilTexts(alice, "#contacts li", ["carla ✕", "bob ✕"]);
    await untilTexts(alice, "#found button", ["Add deniz"]);
    expect(await alice.evaluate(`document.querySelector("#conversation_title").getAttribute("value")`)).toBe(
      "Half a ti",
    );
    await alice.click("#conversation-form [type=submit]");
    await untilTexts(alice, "#conversations li:first-child strong", ["Half a ti"]);
    expect(await textsOf(alice, "#conversations li:first-child .members")).toEqual(["alice, bob, carla"]);
  },
);

test.each(["auto", "hook"])("by %s, it is there again after a cut of the connection", async (recovery) => {
  const alice = await halfMade(recovery);
  // It may be back before one could look for what marks it as cut off.
  await alice.evaluate(`new Promise((resolve) => {
    const socket = liveSocket.getSocket();
    socket.onClose(() => resolve(document.querySelector(${JSON.stringify(CUT_OFF)}) !== null));
    socket.conn.close();
  })`);
  await alice.waitFor(CONNECTED);
  await untilTexts(alice, "#contacts li", ["carla ✕", "bob ✕"]);
  expect(await alice.evaluate(`document.querySelector("#conversation_title").value`)).toBe("Half a ti");
});
