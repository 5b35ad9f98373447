/**
 * Downloads the headless shell of the Chrome that this puppeteer was made for into the folder that is the only argument. A process of
 * its own, since a download cannot be called off; it tells its parent of each step ({@link DownloadMessage}).
 */
import { Browser, install } from "@puppeteer/browsers";
import { PUPPETEER_REVISIONS } from "puppeteer-core/internal/revisions.js";

/** What is told to the parent, in this order: any number of steps forward, then one of the others. */
export type DownloadMessage =
  | { readonly kind: "progress"; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly kind: "installed" }
  | { readonly kind: "failed"; readonly reason: string };

const tell = (message: DownloadMessage): void => void process.send?.(message);

try {
  const [cacheDir] = process.argv.slice(2);
  if (cacheDir === undefined) throw new Error("no folder was given");
  await install({
    browser: Browser.CHROMEHEADLESSSHELL,
    buildId: PUPPETEER_REVISIONS["chrome-headless-shell"],
    cacheDir,
    downloadProgressCallback: (receivedBytes, totalBytes) =>
      tell({ kind: "progress", receivedBytes, totalBytes }),
  });
  tell({ kind: "installed" });
} catch (error) {
  tell({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
} finally {
  process.disconnect?.();
}
