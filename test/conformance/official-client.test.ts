import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Chrome } from "../../harness/browser/launch.ts";
import type { ListItem } from "../../harness/core/list-item.ts";
import { SOCKET_TOPIC } from "../../harness/protocol/wire-keys.ts";
import { ReplayServer, type WireFrame } from "../../harness/replay/replay-server.ts";
import { replayScripts } from "../../harness/replay/replayed-chrome.ts";
import { startTestChrome } from "../e2e/test-chrome.ts";
import { OFFICIAL_PACKAGES, type OfficialVersion } from "../official/rendered.ts";
import { RecordedUser } from "./recorded-user.ts";
import { type Recorded, range, recording } from "./recording.ts";
import { ReplayedClient } from "./replayed-client.ts";

let chrome: Chrome;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

/** Heartbeats belong to the socket, whose life here is its own; a view that left has no page to compare. */
function concernsPage({ data, step }: Recorded): boolean {
  return step !== "leave" && JSON.parse(data)[2] !== SOCKET_TOPIC;
}

/** What is looked at after each frame. */
type Look = (user: RecordedUser, client: ReplayedClient, frame: string) => Promise<void>;

/** Has both take a recording. @returns the number of frames that were looked at */
async function replay(name: string, version: OfficialVersion, look: Look): Promise<number> {
  const liveView = fileURLToPath(
    new URL(`../../node_modules/${OFFICIAL_PACKAGES[version]}`, import.meta.url),
  );
  const scripts = [...replayScripts(liveView), fileURLToPath(new URL("replay-html.js", import.meta.url))];
  await using server = new ReplayServer({ viewId: "phx-replayed", scripts });
  const origin = await server.listen();
  const page = await chrome.openPage({ name });
  await page.goto(`${origin}/`);
  const client = new ReplayedClient(server, page);
  const user = new RecordedUser();
  let frames = 0;
  for (const recorded of recording(name)) {
    user.take(recorded);
    if (!concernsPage(recorded)) continue;
    const frame: WireFrame = JSON.parse(recorded.data);
    if (recorded.dir === "out") {
      await client.push(frame);
      continue;
    }
    await client.receive(frame);
    frames += 1;
    await look(user, client, `frame ${frames}, ${recorded.step}`);
  }
  expect(page.problems()).toEqual([]);
  await page.close();
  return frames;
}

describe("the simulated user and the official client in Chrome see the same after every frame", () => {
  it.each<[string, OfficialVersion, number]>([
    ["chrome-stream", "1.2", 17],
    ["chrome-stateful", "1.2", 17],
    ["stream", "1.2", 77],
    ["limited", "1.2", 77],
    ["stateful", "1.2", 77],
    ["keyed", "1.2", 77],
    ["full", "1.2", 77],
    ["lv-1.0-stream", "1.0", 6],
    ["lv-1.0-stateful", "1.0", 6],
  ])("%s, with the client of %s", async (name, version, looks) => {
    let known: string | null = null;
    const frames = await replay(name, version, async (user, client, frame) => {
      const { items, title } = user.page;
      const html = await client.normalise(user.page.html());
      expect({ items, html }, frame).toEqual({ items: await client.items(), html: await client.html() });
      if (title !== known) expect(await client.title(), frame).toBe(title);
      known = title;
    });
    expect(frames).toBe(looks);
  });

  /**
   * With `append`, the client finds the former element of a template by the template's magic id (`getNodeKey` in
   * dom_patch.ts), which stays with the index of its entry. So the item that is rendered at an index takes the
   * elements without an id that are the root of a template from the one that was rendered there before, and stayed
   * on the page. The simulated user keeps what the server meant.
   */
  it("append, but for the roots of templates that one item takes from another", async () => {
    let senders: readonly (readonly [id: string, sender: string | undefined])[] = [];
    const frames = await replay("append", "1.2", async (user, client, frame) => {
      const html = await client.normalise(user.page.html(), ".meta");
      const items = await client.items();
      const read = ({ id, fields }: ListItem) => [id, fields.content];
      expect({ items: user.page.items.map(read), html }, frame).toEqual({
        items: items.map(read),
        html: await client.html(".meta"),
      });
      senders = items.map(({ id, fields }) => [id, fields.sender]);
    });
    const robbed = senders.filter(([, sender]) => sender === undefined).map(([id]) => id);
    const expected = [
      100495,
      ...range(900001, 900002),
      ...range(100481, 100490),
      ...range(100471, 100480),
      100461,
      ...range(900003, 900051),
    ];
    expect(robbed).toEqual(expected.map((id) => `messages-${id}`));
    expect(frames).toBe(74);
  });
});
