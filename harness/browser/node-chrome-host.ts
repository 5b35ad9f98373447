import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Browser, getInstalledBrowsers } from "@puppeteer/browsers";
import type { ChromeSearchHost } from "./find-chrome.ts";

/** The machine that this process runs on. */
export function nodeChromeHost(env: NodeJS.ProcessEnv): ChromeSearchHost {
  return {
    env,
    platform: process.platform,
    isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    cachedChromes: () => cachedChromes(chromeCacheDir(env)),
    versionOf: chromeVersion,
  };
}

/** Where puppeteer keeps its browsers. */
export function chromeCacheDir(env: NodeJS.ProcessEnv): string {
  return env.PUPPETEER_CACHE_DIR ?? join(env.HOME ?? homedir(), ".cache", "puppeteer");
}

async function cachedChromes(cacheDir: string): Promise<string[]> {
  const installed = await getInstalledBrowsers({ cacheDir });
  return installed
    .filter(({ browser }) => browser === Browser.CHROME)
    .toSorted((a, b) => b.buildId.localeCompare(a.buildId, "en", { numeric: true }))
    .map(({ executablePath }) => executablePath);
}

/** Asks the program; it fails where the program does, or a library that it needs is not there. */
function chromeVersion(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, ["--version"], { timeout: 20_000 }, (error, stdout, stderr) => {
      const [firstLine] = stderr.trim().split("\n");
      if (error) reject(new Error(firstLine || error.message, { cause: error }));
      else resolve(stdout.trim());
    });
  });
}
