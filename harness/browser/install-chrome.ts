import { messageOf, UsageError } from "../core/errors.ts";
import { type ChromeSearchHost, type FoundChrome, findChrome } from "./find-chrome.ts";

/** What installing a Chrome needs of the machine, besides looking for one. */
export interface ChromeInstallHost extends ChromeSearchHost {
  readonly isRoot: boolean;
  /** The content of `/etc/os-release`; empty where there is none. */
  readonly osRelease: string;
  /** Puts puppeteer's Chrome into puppeteer's cache. Rejects with the reason, within bounded time. */
  readonly download: (say: Say) => Promise<void>;
  /** Runs a command to its end. Rejects with the line that tells why it failed. */
  readonly execute: (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<void>;
}

/** Takes a line of progress, without a line feed. */
export type Say = (line: string) => void;

/** One way to get a Chrome, or why it is none here. */
export type InstallStep =
  | { readonly kind: "download" }
  | { readonly kind: "apt" }
  | { readonly kind: "skip"; readonly name: string; readonly why: string };

/** A package of newer Debians; older ones have the whole browser alone. */
const APT_SHELL = "chromium-headless-shell";
const APT_BROWSER = "chromium";
/** The metrics of the common Latin fonts, and emoji: people write them in chats. */
const APT_FONTS = ["fonts-liberation", "fonts-noto-color-emoji"];
/** Another apt may be at work, as on a machine that was just started. */
const APT_OPTIONS = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"];

/** Which ways to try, in this order. */
export function planInstall(
  host: Pick<ChromeInstallHost, "platform" | "isRoot" | "osRelease">,
): InstallStep[] {
  const skip = (why: string): InstallStep => ({ kind: "skip", name: "apt-get", why });
  if (host.platform !== "linux") return [{ kind: "download" }];
  if (!isDebian(host.osRelease)) return [{ kind: "download" }, skip("this is no Debian")];
  if (!host.isRoot) return [{ kind: "download" }, skip(`needs root: sudo apt-get install ${APT_SHELL}`)];
  return [{ kind: "download" }, { kind: "apt" }];
}

/** Ubuntu is like Debian, but its chromium is a snap, which does not start in a container. */
function isDebian(osRelease: string): boolean {
  const values = (key: string) =>
    new RegExp(`^${key}="?([^"\n]*)`, "m").exec(osRelease)?.[1]?.split(" ") ?? [];
  const ids = [...values("ID"), ...values("ID_LIKE")];
  return ids.includes("debian") && !ids.includes("ubuntu");
}

/**
 * Finds a Chrome, or installs one, saying so.
 *
 * @param say takes a line about each thing that is done; silent where a Chrome was found
 * @throws UsageError `no-chrome`: what was tried, with each reason, and what to do
 */
export async function ensureChrome(host: ChromeInstallHost, say: Say): Promise<FoundChrome> {
  const search = await findChrome(host);
  switch (search.kind) {
    case "found":
      return search;
    case "unusable":
      throw new UsageError(
        `PUPPETEER_EXECUTABLE_PATH=${search.path} cannot be used: ${search.why}. Correct it, or unset it.`,
        { code: "no-chrome" },
      );
    case "missing":
      say("No Chrome found (PUPPETEER_EXECUTABLE_PATH, puppeteer's cache, the system); installing one.");
      return install(host, say, search.tried);
    default:
      return search satisfies never;
  }
}

async function install(host: ChromeInstallHost, say: Say, found: readonly string[]): Promise<FoundChrome> {
  const tried = [...found];
  for (const step of planInstall(host)) {
    const name = step.kind === "skip" ? step.name : STEP_NAMES[step.kind];
    const outcome = await attempt(step, host, say);
    if (typeof outcome !== "string") {
      say(`Installed ${outcome.version}: ${outcome.path}`);
      return outcome;
    }
    if (step.kind !== "skip") say(`${name}: ${outcome}`);
    tried.push(`${name}: ${outcome}`);
  }
  throw new UsageError(
    [
      "no Chrome was found, and none could be installed:",
      ...tried.map((line) => `  ${line}`),
      "Install Chrome or Chromium, or set PUPPETEER_EXECUTABLE_PATH to one, or go without: --browsers 0",
    ].join("\n"),
    { code: "no-chrome" },
  );
}

const STEP_NAMES = { download: "puppeteer's download", apt: "apt-get" } as const;

/** Takes a step; gives the Chrome that is there now, or the reason why there is none. */
async function attempt(step: InstallStep, host: ChromeInstallHost, say: Say): Promise<FoundChrome | string> {
  if (step.kind === "skip") return step.why;
  try {
    await (step.kind === "download" ? host.download(say) : aptInstall(host, say));
  } catch (error) {
    return messageOf(error);
  }
  const search = await findChrome(host);
  if (search.kind === "found") return search;
  // On a bare machine, puppeteer's Chrome lacks libraries that a package would have brought.
  return search.kind === "missing" ? (search.tried.at(-1) ?? "installed, but not found") : search.why;
}

async function aptInstall(host: ChromeInstallHost, say: Say): Promise<void> {
  const apt = (...args: readonly string[]) =>
    host.execute("apt-get", [...APT_OPTIONS, ...args], { ...host.env, DEBIAN_FRONTEND: "noninteractive" });
  const installWithFonts = (chrome: string) => {
    const packages = [chrome, ...APT_FONTS];
    say(`Running apt-get install ${packages.join(" ")} (a minute or two)`);
    return apt("install", "-y", "--no-install-recommends", ...packages);
  };
  say("Running apt-get update");
  await apt("update");
  try {
    await installWithFonts(APT_SHELL);
  } catch (error) {
    if (!messageOf(error).includes("Unable to locate package")) throw error;
    await installWithFonts(APT_BROWSER);
  }
}
