import { ensureChrome } from "../harness/browser/install-chrome.ts";
import { nodeChromeHost } from "../harness/browser/node-chrome-host.ts";

/** Installs a Chrome where there is none, before test files run side by side: each would install one. */
export async function setup(): Promise<void> {
  await ensureChrome(nodeChromeHost(process.env), (line) => process.stderr.write(`${line}\n`));
}
