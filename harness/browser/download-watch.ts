import { fork } from "node:child_process";
import { ownModule } from "../core/own-module.ts";
import type { DownloadMessage } from "./download-chrome.ts";
import type { Say } from "./install-chrome.ts";

const ENTRY_PATH = ownModule("./download-chrome", import.meta.url);
/** A closed network may show by nothing but silence. */
const SILENCE_MS = 20_000;
/** After the last byte the archive is unpacked, without a word. */
const UNPACK_MS = 180_000;

/** What a download needs. */
export interface DownloadOptions {
  /** Where puppeteer keeps its browsers. */
  readonly cacheDir: string;
  readonly say: Say;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** How long it may say nothing before it is given up. Default: 20,000. */
  readonly silenceMs?: number;
  /** The program that downloads, for tests. */
  readonly entryPath?: string;
}

/**
 * Downloads puppeteer's Chrome in a process that is ended when it falls silent.
 *
 * @throws Error with the reason in a line
 */
export async function downloadChrome(options: DownloadOptions): Promise<void> {
  const { cacheDir, say, signal, silenceMs = SILENCE_MS, entryPath = ENTRY_PATH } = options;
  say("Downloading puppeteer's Chrome");
  const child = fork(entryPath, [cacheDir], { stdio: "ignore", ...(signal ? { signal } : {}) });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const announce = progressLines(say);
  let place = "no answer";
  let timer: NodeJS.Timeout | undefined;
  const expectWordWithin = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => reject(new Error(`${place} for ${ms / 1000} s`)), ms);
  };
  expectWordWithin(silenceMs);
  child.on("error", reject);
  child.on("exit", () => reject(new Error("ended without a word")));
  child.on("message", (message) => {
    const said = message as DownloadMessage;
    switch (said.kind) {
      case "progress":
        place = `no progress after ${megabytes(said.receivedBytes)} of ${megabytes(said.totalBytes)} MB`;
        announce(said.receivedBytes, said.totalBytes);
        return expectWordWithin(said.receivedBytes < said.totalBytes ? silenceMs : UNPACK_MS);
      case "installed":
        return resolve();
      case "failed":
        return reject(new Error(oneLine(said.reason)));
      default:
        return said satisfies never;
    }
  });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}

/** Says how far it is at every quarter. */
export function progressLines(say: Say): (receivedBytes: number, totalBytes: number) => void {
  let quarter = 0;
  return (receivedBytes, totalBytes) => {
    const reached = totalBytes > 0 ? Math.floor((receivedBytes / totalBytes) * 4) : 0;
    if (reached <= quarter) return;
    quarter = reached;
    say(`Downloaded ${quarter * 25} % of ${megabytes(totalBytes)} MB`);
  };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

/** A reason of many lines as one, not too long for a terminal. */
export function oneLine(reason: string): string {
  const line = reason.replaceAll(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
