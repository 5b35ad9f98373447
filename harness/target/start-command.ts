import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { messageOf, UsageError } from "../core/errors.ts";
import type { CommandConfig } from "../core/target-config.ts";

/** How a command ended. */
export interface CommandExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last it said; empty where it said nothing. */
  readonly lastLine: string;
}

/** A command that runs, with all that it started. */
export interface RunningCommand {
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it. Never rejects. */
  readonly exited: Promise<CommandExit>;
  /** Asks it and all that it started to end, and ends what does not. May be called again. */
  readonly stop: () => Promise<void>;
}

const STOP_GRACE_MS = 5000;
/** How long what a command said last may be on its way. */
const LAST_WORDS_MS = 200;

/**
 * Starts a command in a process group of its own, so that all that it starts ends with it, at the latest with this process.
 *
 * @param onLog takes what it says, line by line
 * @throws UsageError `command-failed` where there is no such program
 */
export async function startCommand(
  { command, args, cwd, env }: CommandConfig,
  onLog: (line: string) => void,
): Promise<RunningCommand> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let lastLine = "";
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => {
      if (line.trim() !== "") lastLine = line.trim();
      onLog(line);
    });
  }
  try {
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  } catch (cause) {
    throw new UsageError(`${command} cannot be started: ${messageOf(cause)}`, {
      code: "command-failed",
      cause,
    });
  }
  const { pid } = child;
  if (pid === undefined) throw new Error("there is no process");
  const killNow = () => killGroup(pid, "SIGKILL");
  process.once("exit", killNow);
  const exited = new Promise<CommandExit>((resolve) => {
    const ended = () => resolve({ code: child.exitCode, signal: child.signalCode, lastLine });
    child.once("close", ended);
    // What it started may hold its output open.
    child.once("exit", () => setTimeout(ended, LAST_WORDS_MS));
  });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    killGroup(pid, "SIGTERM");
    const late = setTimeout(killNow, STOP_GRACE_MS);
    await exited;
    clearTimeout(late);
    // What it started may have outlived it.
    killNow();
    process.off("exit", killNow);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return {
    pid,
    exited,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** How a command ended, in words. */
export function exitInWords({ code, signal, lastLine }: CommandExit): string {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return lastLine === "" ? how : `${how}; the last it said was: ${lastLine}`;
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it is gone.
  }
}
