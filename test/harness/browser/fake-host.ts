import type { ChromeInstallHost } from "../../../harness/browser/install-chrome.ts";

/** What a machine has. */
export interface FakeMachine {
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: string;
  readonly isRoot?: boolean;
  readonly osRelease?: string;
  /** The files that exist. */
  readonly files?: readonly string[];
  /** What is in puppeteer's cache. */
  readonly cached?: readonly string[];
  /** Files that are there and do not start. */
  readonly broken?: readonly string[];
  /** What a download brings: a file, or a reason why not. */
  readonly download?: string | Error;
  /** What the n-th command brings: a file, nothing, or a reason why it fails. */
  readonly commands?: readonly (string | Error | undefined)[];
}

/** A machine of plain data. `done` has what was executed. */
export function fakeHost(machine: FakeMachine) {
  const files = new Set(machine.files);
  const done: string[] = [];
  const bring = (outcome: string | Error | undefined): void => {
    if (outcome instanceof Error) throw outcome;
    if (outcome !== undefined) files.add(outcome);
  };
  const host: ChromeInstallHost = {
    env: machine.env ?? {},
    platform: machine.platform ?? "linux",
    isRoot: machine.isRoot ?? true,
    osRelease: machine.osRelease ?? "ID=debian\n",
    isFile: (path) => files.has(path),
    cachedChromes: async () => (machine.cached ?? []).filter((path) => files.has(path)),
    versionOf: async (path) => {
      if (machine.broken?.includes(path)) throw new Error("libnss3.so: cannot open shared object file");
      return "Chrome 1.0";
    },
    download: async () => {
      done.push("download");
      bring(machine.download);
    },
    execute: async (command, args, env) => {
      const index = done.filter((line) => line !== "download").length;
      done.push(`${env.DEBIAN_FRONTEND} ${command} ${args.join(" ")}`);
      bring(machine.commands?.[index]);
    },
  };
  return { host, done };
}
