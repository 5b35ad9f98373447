import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parseRunResult, type RunResult } from "../../harness/core/run-result.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a process printed, and how it ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** A process of the program, as a shell starts it. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `bench`. It is killed when the test ends, should it still run. */
export function startBench(...argv: readonly string[]): Started {
  return startNode("harness/bin.ts", ...argv);
}

/** Starts a file of the program on the Node of the tests. */
export function startNode(file: string, ...argv: readonly string[]): Started {
  return startNodeWith({}, file, ...argv);
}

/** The same, with variables of the environment besides those of the tests. */
export function startNodeWith(
  env: Readonly<Record<string, string>>,
  file: string,
  ...argv: readonly string[]
): Started {
  const child = spawn(process.execPath, [file, ...argv], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ended = Promise.all([text(child.stdout), text(child.stderr), exit]).then(
    ([stdout, stderr, exitCode]) => ({ stdout, stderr, exitCode }),
  );
  // A test may look at the process only while it runs, and end it.
  ended.catch(() => {});
  return { child, ended };
}

/** Resolves when a line of a process' standard error begins with the words. */
export async function saidOnStderr({ child, ended }: Started, words: string): Promise<void> {
  const said = Promise.withResolvers<void>();
  let seen = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
    if (seen.split("\n").some((line) => line.startsWith(words))) said.resolve();
  });
  const over = ended.then(({ stderr }) =>
    Promise.reject(new Error(`it ended without saying "${words}": ${stderr}`)),
  );
  await Promise.race([said.promise, over]);
}

/** A folder of the test, removed with it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The one result that was written to a folder. What belongs to it is beside it: its report, and a folder. */
export function onlyResult(folder: string): RunResult {
  const path = onlyResultPath(folder);
  return parseRunResult(readFileSync(path, "utf8"), path);
}

/** Where that is. */
export function onlyResultPath(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true });
  const [file, ...others] = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".html"))
    .map(({ name }) => name);
  if (file === undefined || others.length > 0)
    throw new Error(`one file was expected, not ${[file, ...others]}`);
  return join(folder, file);
}

/** The processes below one, their names by pid, from `/proc`. */
export function descendants(pid: number): Map<number, string> {
  const found = new Map<number, string>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
      if (parent !== pid) continue;
      found.set(Number(name), /^Name:\s*(.+)/m.exec(status)?.[1] ?? "");
      for (const [below, its] of descendants(Number(name))) found.set(below, its);
    } catch {
      // Gone while it was looked at.
    }
  }
  return found;
}

/** The group that a process is in, to all of which a terminal's Ctrl-C goes: the fifth field of its `stat`. Null for one that is gone. */
export function groupOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
  } catch {
    return null;
  }
}

/** The pid of the process below one that runs a file: `reference-server/main.ts`. */
export function descendantRunning(file: string, pid: number): number | undefined {
  return [...descendants(pid).keys()].find((below) =>
    commandLineOf(below).some((word) => word.endsWith(file)),
  );
}

/** The words that a process was started with; none of one that is gone. */
export function commandLineOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/**
 * Whether a process is there. In a container whose first process adopts no orphans, one that ended stays as a zombie: that
 * is not alive.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
}
