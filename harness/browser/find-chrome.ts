import { posix } from "node:path";

/** A Chrome that starts, as its `--version` showed. */
export interface FoundChrome {
  readonly kind: "found";
  /** Absolute. */
  readonly path: string;
  /** As it says itself: `Google Chrome 148.0.7778.97`, `Chromium 156.0.8078.79 built on Debian ...`. */
  readonly version: string;
  readonly source: ChromeSource;
}

/** Where it was found, in the order of looking: `PUPPETEER_EXECUTABLE_PATH`, puppeteer's cache, the system. */
export type ChromeSource = "environment" | "cache" | "system";

/** The outcome of looking for a Chrome. */
export type ChromeSearch =
  | FoundChrome
  /** There is none. `tried` says what was there and did not start, a line each; often empty. */
  | { readonly kind: "missing"; readonly tried: readonly string[] }
  /** The one that `PUPPETEER_EXECUTABLE_PATH` names does not start. No other is taken in its place. */
  | { readonly kind: "unusable"; readonly path: string; readonly why: string };

/** What looking for a Chrome needs of the machine. */
export interface ChromeSearchHost {
  readonly env: NodeJS.ProcessEnv;
  /** As `process.platform`. */
  readonly platform: string;
  readonly isFile: (path: string) => boolean;
  /** Executables of Chrome in puppeteer's cache: headless shells first, of each kind the newest. */
  readonly cachedChromes: () => Promise<readonly string[]>;
  /** What the program says to `--version`. Rejects with the reason where it does not start. */
  readonly versionOf: (path: string) => Promise<string>;
}

/**
 * Headless shells: the same Blink and V8 without the browser's own windows, each of which has renderers of its own. A page in a
 * context of its own took 0.14 s of CPU to open, and 0.6 s in the whole browser (156, two cores). Debian's is not taken by its
 * command, a script that stays between: ending that does not end Chrome.
 */
const LINUX_SHELL_NAMES = ["chrome-headless-shell"];
const LINUX_SHELL_PLACES = ["/usr/lib/chromium/chromium-headless-shell"];
const LINUX_NAMES = ["google-chrome-stable", "google-chrome", "chrome", "chromium", "chromium-browser"];
const LINUX_PLACES = ["/opt/google/chrome/chrome", "/usr/bin/chromium", "/snap/bin/chromium"];
const MAC_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Whether a program is a Chrome without a window, by its name. */
const isShell = (path: string): boolean => /headless[-_]shell/.test(posix.basename(path));

/**
 * Looks for a Chrome that starts. Installs nothing.
 *
 * @param kind `whole`: one that can open a window. Default: any
 */
export async function findChrome(
  host: ChromeSearchHost,
  kind: "any" | "whole" = "any",
): Promise<ChromeSearch> {
  const isWanted = (path: string) => kind === "any" || !isShell(path);
  const named = host.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) {
    if (!isWanted(named))
      return { kind: "unusable", path: named, why: "it is a headless shell, which has no window" };
    const found = await tryStart(host, named, "environment");
    return typeof found === "string" ? { kind: "unusable", path: named, why: found } : found;
  }
  const tried: string[] = [];
  const candidates = [
    ...(await host.cachedChromes()).map((path) => ({ path, source: "cache" as const })),
    ...systemPlaces(host.platform, host.env.PATH ?? "").map((path) => ({
      path,
      source: "system" as const,
    })),
  ];
  for (const { path, source } of candidates) {
    if (!isWanted(path) || !host.isFile(path)) continue;
    const found = await tryStart(host, path, source);
    if (typeof found !== "string") return found;
    tried.push(`${path} does not start: ${found}`);
  }
  return { kind: "missing", tried };
}

/** Where a Chrome that was installed for the whole system may be: headless shells first, of each kind the best. */
export function systemPlaces(platform: string, searchPath: string): string[] {
  switch (platform) {
    case "linux": {
      const folders = searchPath.split(":").filter((folder) => folder !== "");
      const onPath = (names: readonly string[]) =>
        names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
      const shells = [...onPath(LINUX_SHELL_NAMES), ...LINUX_SHELL_PLACES];
      return [...new Set([...shells, ...onPath(LINUX_NAMES), ...LINUX_PLACES])];
    }
    case "darwin":
      return MAC_PLACES;
    default:
      return [];
  }
}

async function tryStart(
  host: ChromeSearchHost,
  path: string,
  source: ChromeSource,
): Promise<FoundChrome | string> {
  if (!host.isFile(path)) return "there is no such file";
  try {
    return { kind: "found", path, source, version: await host.versionOf(path) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
