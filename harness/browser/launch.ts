import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, launch } from "puppeteer";
import { messageOf, UsageError } from "../core/errors.ts";
import { ChromePage, type PageOptions } from "./chrome-page.ts";

/** What Chrome is started with. */
export interface LaunchOptions {
  /** As `ensureChrome` found it. */
  readonly executablePath: string;
  /** Keys of servers whose certificates are good though no public authority signed them: SHA-256 of the SPKI, in base64. */
  readonly trustedKeys?: readonly string[];
  /** Root cannot use Chrome's sandbox. Default: whether this process is root's. */
  readonly isRoot?: boolean;
  /** Whether it works without a window. Default: yes. A headless shell has none. */
  readonly headless?: boolean;
  /** The folder in which Chrome's profile is made. Default: the system's for temporary files. */
  readonly profileParent?: string;
}

/** A Chrome that runs. */
export interface Chrome {
  /** `Chrome/156.0.8078.79` */
  readonly version: string;
  readonly pid: number;
  /** Resolves when the process is gone, whoever ended it. Never rejects. */
  readonly exited: Promise<void>;
  /** Opens an empty page in a context of its own: no cookie is shared with another. */
  readonly openPage: (options: PageOptions) => Promise<ChromePage>;
  /** Ends it, by force where it does not listen, and removes its files. May be called again; never rejects. */
  readonly close: () => Promise<void>;
}

const CLOSE_GRACE_MS = 5000;

/** Of a window, in pixels; a person changes it as he likes. */
const WINDOW_SIZE = "1280,900";

/** The flags that Chrome needs in a closed network and without a screen, beside puppeteer's own. */
export function chromeFlags(isRoot: boolean, trustedKeys: readonly string[] = []): string[] {
  return [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A turn of the wheel arrives at once, not over many frames.
    "--disable-smooth-scrolling",
    ...(isRoot ? ["--no-sandbox"] : []),
    ...(trustedKeys.length > 0 ? [`--ignore-certificate-errors-spki-list=${trustedKeys.join(",")}`] : []),
  ];
}

/**
 * Starts a Chrome with a profile of its own. It hangs on a pipe to this process, so it ends with it, even where
 * this process is killed; signals are left to the caller, who closes it.
 *
 * @throws UsageError `chrome-launch` where it does not start
 */
export async function launchChrome(options: LaunchOptions): Promise<Chrome> {
  const { executablePath, isRoot, trustedKeys = [], headless = true, profileParent = tmpdir() } = options;
  const userDataDir = await mkdtemp(join(profileParent, "chat-diff-bench-chrome-"));
  const removeAtExit = (): void => rmSync(userDataDir, { recursive: true, force: true });
  process.once("exit", removeAtExit);
  try {
    const browser = await launch({
      executablePath,
      headless,
      pipe: true,
      userDataDir,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...chromeFlags(isRoot ?? process.getuid?.() === 0, trustedKeys),
        ...(headless ? [] : [`--window-size=${WINDOW_SIZE}`]),
      ],
    });
    return await describe(browser, headless, async () => {
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
      process.off("exit", removeAtExit);
    });
  } catch (error) {
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    process.off("exit", removeAtExit);
    const [firstLine] = messageOf(error).split("\n");
    throw new UsageError(`${executablePath} does not start: ${firstLine}; --debug shows all it said`, {
      code: "chrome-launch",
      cause: error,
    });
  }
}

async function describe(
  browser: Browser,
  headless: boolean,
  removeProfile: () => Promise<void>,
): Promise<Chrome> {
  const child = browser.process();
  const pid = child?.pid;
  if (!child || pid === undefined) throw new Error("there is no process");
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    if (child.exitCode !== null || child.signalCode !== null) resolve();
  });
  const end = async (): Promise<void> => {
    const timer = new AbortController();
    const late = sleep(CLOSE_GRACE_MS, undefined, { signal: timer.signal }).catch(() => {});
    // A Chrome that is gone already cannot be closed: that is what was wanted.
    await Promise.race([browser.close().catch(() => {}), late]);
    timer.abort();
    if (child.exitCode === null && child.signalCode === null) killGroup(pid);
    await exited;
    await removeProfile();
  };
  let ending: Promise<void> | undefined;
  return {
    version: await browser.version(),
    pid,
    exited,
    openPage: async (options) => {
      const page = await ChromePage.open(browser, options);
      // It began with an empty window, which nobody wants beside the one that was opened.
      if (!headless) for (const empty of await browser.defaultBrowserContext().pages()) await empty.close();
      return page;
    },
    close: () => {
      ending ??= end();
      return ending;
    },
  };
}

/** Puppeteer starts Chrome as the leader of a group, so this takes its renderers too. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone in between.
  }
}
