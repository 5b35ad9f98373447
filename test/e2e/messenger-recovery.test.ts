import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Chrome } from "../../harness/browser/launch.ts";
import { accountSite } from "./account-site.ts";
import { addContact, CONNECTED, fill, textsOf, untilTexts, visitAs } from "./messenger-site.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

let chrome: Chrome;
beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "chat.db");
}

/** Somebody who has begun a conversation with bob and carla, and looks for a third one. */
async function halfMade(origin: string, recovery: string) {
  const alice = await visitAs(chrome, "alice", `${origin}/?recover=${recovery}`);
  for (const name of ["carla", "bob"]) await addContact(alice, name);
  await fill(alice, "#conversation_title", "Half a ti");
  await fill(alice, "#contact_name", "de");
  await untilTexts(alice, "#found button", ["Add deniz"]);
  return alice;
}

/** What the form of a page holds, without what was told to the server. */
const forgetOwnText = `document.querySelector("#conversation_title").setAttribute("value", "")`;

test.each(["auto", "hook"])(
  "by %s, a half-made conversation is there again after a restart of the server",
  async (recovery) => {
    const database = newFile();
    const before = await accountSite({ database });
    const alice = await halfMade(before.origin, recovery);
    await alice.evaluate(forgetOwnText);
    await before.close();
    await until(alice, `document.querySelector("[data-phx-session]").matches(".phx-loading, .phx-error")`);
    await accountSite({ database }, Number(new URL(before.origin).port));
    await alice.waitFor(CONNECTED);
    await untilTexts(alice, "#contacts li", ["carla ✕", "bob ✕"]);
    await untilTexts(alice, "#found button", ["Add deniz"]);
    expect(await alice.evaluate(`document.querySelector("#conversation_title").getAttribute("value")`)).toBe(
      "Half a ti",
    );
    await alice.click("#conversation-form [type=submit]");
    await untilTexts(alice, "#conversations strong", ["Half a ti"]);
    expect(await textsOf(alice, "#conversations .members")).toEqual(["alice, bob, carla"]);
  },
);

test.each(["auto", "hook"])("by %s, it is there again after a cut of the connection", async (recovery) => {
  const { origin } = await accountSite();
  const alice = await halfMade(origin, recovery);
  await alice.evaluate(`liveSocket.getSocket().conn.close()`);
  await until(alice, `document.querySelector("[data-phx-session]").matches(".phx-loading, .phx-error")`);
  await alice.waitFor(CONNECTED);
  await untilTexts(alice, "#contacts li", ["carla ✕", "bob ✕"]);
  expect(await alice.evaluate(`document.querySelector("#conversation_title").value`)).toBe("Half a ti");
});
