import { ensureChrome } from "../../harness/browser/install-chrome.ts";
import { type Chrome, launchChrome } from "../../harness/browser/launch.ts";
import { nodeChromeHost } from "../../harness/browser/node-chrome-host.ts";

/** The Chrome of a test, as the program finds or installs one. Whoever starts it closes it. */
export async function startTestChrome(): Promise<Chrome> {
  const { path } = await ensureChrome(nodeChromeHost(process.env), () => {});
  return launchChrome({ executablePath: path });
}
