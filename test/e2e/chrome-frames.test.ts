import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { ReferenceDatabase } from "../../harness/oracle/reference-database.ts";
import { ChromeViewer } from "../../harness/run/chrome-viewer.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";
import { startTestChrome } from "./test-chrome.ts";

let chrome: Chrome;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

const { send, list, accounts } = referenceSite;

/** A Chrome in a room, and its page. */
async function inRoom(mode: string) {
  const file = join(temporaryFolder(), "chat.db");
  const { url: origin } = await startChat({}, "--port", "0", "--users", "2", "--database", file);
  const database = await ReferenceDatabase.open(file);
  onTestFinished(() => database.close());
  const opened = Promise.withResolvers<ChromePage>();
  const watched: Chrome = {
    ...chrome,
    openPage: async (options) => {
      const page = await chrome.openPage(options);
      opened.resolve(page);
      return page;
    },
  };
  const account = { name: "user-0001", password: accounts.password };
  const room = { origin, site: referenceSite, mode, roomId: 1, pageSize: 10, limit: null, database };
  const viewer = await ChromeViewer.open({
    chrome: watched,
    clock: realClock,
    name: "chrome-1",
    account,
    ...room,
  });
  const page = await opened.promise;
  onTestFinished(() => page.close());
  return { viewer, page };
}

const ids = (items: readonly { readonly id: string }[] | null) => items?.map(({ id }) => id);

test.each(["stream", "append"])(
  "in %s a simulated page that is given the frames of a Chrome shows the same: messages, history, a join after a cut; a DOM that no frame led to is found",
  async (mode) => {
    const { viewer, page } = await inRoom(mode);
    await viewer.read();
    expect(await viewer.mirrored()).toEqual(viewer.viewer().list);
    await page.submitMessage(send.form, `[name="${send.field}"]`, "one more");
    await page.waitFor(`${list.container} > :nth-child(11)`);
    await viewer.loadPage();
    const shown = await viewer.mirrored();
    expect([shown?.length, shown]).toEqual([21, viewer.viewer().list]);

    await page.evaluate("new Promise((resolve) => liveSocket.disconnect(resolve))");
    await page.evaluate("liveSocket.connect()");
    await page.waitUntilConnected();
    await viewer.read();
    const joined = await viewer.mirrored();
    expect(joined).toEqual(viewer.viewer().list);
    // The last page of the room, with what was written.
    expect(ids(joined)?.slice(-10)).toEqual(ids(shown)?.slice(-10));

    // What no frame has done is seen.
    await page.evaluate(`document.querySelector("${list.container}").lastElementChild.remove()`);
    await viewer.read();
    expect(ids(await viewer.mirrored())).toEqual(ids(joined));
    expect(ids(viewer.viewer().list)).toEqual(ids(joined)?.slice(0, -1));
  },
);
