/**
 * Takes the pictures of the chat that the README shows: `npm run screenshots`. The clock of the server and its seed are
 * fixed, so that only what was changed looks different.
 */
import { join } from "node:path";
import type { ChromePage } from "../harness/browser/chrome-page.ts";
import { ensureChrome } from "../harness/browser/install-chrome.ts";
import { launchChrome } from "../harness/browser/launch.ts";
import { nodeChromeHost } from "../harness/browser/node-chrome-host.ts";
import type { ListItem } from "../harness/core/list-item.ts";
import { createServer } from "../reference-server/server.ts";
import { referenceSite } from "../scenarios/reference-site.ts";
import { logInForm } from "./e2e/log-in-form.ts";

const FOLDER = join(import.meta.dirname, "../reference-server/pictures");
const DESKTOP = { width: 1100, height: 640 };
const PHONE = { width: 390, height: 720 };

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const server = await createServer({
  database: ":memory:",
  seed: 1,
  messagesPerRoom: 40,
  mode: "stream",
  faults: new Set(),
  secret: "a secret for pictures that is long enough",
  instrument: false,
  log: say,
  nowMs: () => Date.UTC(2024, 0, 2, 9, 30),
});
const origin = await server.listen({ port: 0, host: "127.0.0.1" });
const { path } = await ensureChrome(nodeChromeHost(process.env), say);
const chrome = await launchChrome({ executablePath: path });

async function visit(name: string): Promise<ChromePage> {
  const page = await chrome.openPage({ name, viewport: DESKTOP });
  await page.logIn({
    url: `${origin}/stream/rooms/1`,
    ...logInForm(name),
  });
  await page.waitUntilConnected();
  return page;
}

async function write(page: ChromePage, text: string): Promise<void> {
  await page.submitMessage(referenceSite.send.form, "#message_content", text);
  const shown = (items: readonly ListItem[]) => items.at(-1)?.fields.content === text;
  await page.waitForList(referenceSite.list, shown, `show "${text}"`);
}

const [alice, bob] = [await visit("alice"), await visit("bob")];
await write(bob, "Streams or not, what does one message cost us?");
await write(alice, "I have just measured it: one insert, 200 readers, two modes side by side.");
await write(bob, "Nice 🎉 Put it into the pull request, please.");
const shown = (items: readonly ListItem[]) => items.at(-1)?.fields.sender === "bob";
await alice.waitForList(referenceSite.list, shown, "show what bob wrote");
for (const dark of [false, true]) {
  const look = dark ? "dark" : "light";
  await alice.screenshot(`${FOLDER}/room-${look}.png`, { ...DESKTOP, dark });
  await alice.screenshot(`${FOLDER}/room-phone-${look}.png`, { ...PHONE, dark });
}
await chrome.close();
await server.close();
say(`Written to ${FOLDER}`);
