import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Browser, getInstalledBrowsers } from "@puppeteer/browsers";
import { downloadChrome } from "./download-watch.ts";
import type { ChromeInstallHost } from "./install-chrome.ts";

/** Long enough for a slow mirror, short enough for a CI. */
const EXECUTE_TIMEOUT_MS = 600_000;
/** Best first. */
const CACHED_KINDS = [Browser.CHROMEHEADLESSSHELL, Browser.CHROME];

/**
 * The machine that this process runs on.
 *
 * @param signal ends an installation that is under way
 */
export function nodeChromeHost(env: NodeJS.ProcessEnv, signal?: AbortSignal): ChromeInstallHost {
  return {
    env,
    platform: process.platform,
    isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    cachedChromes: () => cachedChromes(chromeCacheDir(env)),
    versionOf: chromeVersion,
    isRoot: process.getuid?.() === 0,
    osRelease: osRelease(),
    download: (say) => downloadChrome({ cacheDir: chromeCacheDir(env), say, signal }),
    execute: (command, args, ownEnv) => execute(command, args, ownEnv, signal),
  };
}

function osRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}

function execute(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = { env, timeout: EXECUTE_TIMEOUT_MS, maxBuffer: 2 ** 26, ...(signal ? { signal } : {}) };
  return new Promise((resolve, reject) => {
    execFile(command, [...args], options, (error, _stdout, stderr) => {
      if (error) reject(new Error(failureLine(stderr) ?? error.message, { cause: error }));
      else resolve();
    });
  });
}

/** The line of a program's errors that tells most: apt marks its own with `E:`. */
export function failureLine(stderr: string): string | undefined {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => line.startsWith("E: ")) ?? lines.at(-1);
}

/** Where puppeteer keeps its browsers. */
export function chromeCacheDir(env: NodeJS.ProcessEnv): string {
  return env.PUPPETEER_CACHE_DIR ?? join(env.HOME ?? homedir(), ".cache", "puppeteer");
}

async function cachedChromes(cacheDir: string): Promise<string[]> {
  const installed = await getInstalledBrowsers({ cacheDir });
  return CACHED_KINDS.flatMap((kind) =>
    installed
      .filter(({ browser }) => browser === kind)
      .toSorted((a, b) => b.buildId.localeCompare(a.buildId, "en", { numeric: true }))
      .map(({ executablePath }) => executablePath),
  );
}

/** Asks the program; it fails where the program does, or a library that it needs is not there. */
function chromeVersion(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, ["--version"], { timeout: 20_000 }, (error, stdout, stderr) => {
      const [firstLine] = stderr.trim().split("\n");
      if (error) reject(new Error(firstLine || error.message, { cause: error }));
      else resolve(shortVersion(stdout));
    });
  });
}

/** `Chromium 156.0.8078.79` of `Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)`. */
export function shortVersion(output: string): string {
  return /^.*?\d+(?:\.\d+)+/.exec(output.trim())?.[0] ?? output.trim();
}
