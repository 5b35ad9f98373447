import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";
import { BenchError, UsageError } from "../core/errors.ts";
import { ownModule } from "../core/own-module.ts";

/** What the reference server is started with. What is absent is the server's to decide. */
export interface ServerOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  readonly mode?: string;
  /** A file, `:memory:`, or a URL. */
  readonly database?: string;
  readonly seed?: number;
  /** How many rooms there are from the start. */
  readonly rooms?: number;
  /** In how many of them nobody has written yet: the last ones. */
  readonly emptyRooms?: number;
  /** Messages in each of the others. */
  readonly messages?: number;
  /** Accounts that there are from the start, `user-0001` and on. */
  readonly users?: number;
  /** What signs its sessions: with the same one they outlive a restart. Default: one of its own. */
  readonly secret?: string;
  /** Names of defects that the server should commit. */
  readonly faults?: readonly string[];
  /** Whether names and tokens are drawn from the seed, so that bytes are the same on every run; only with `instrument`. */
  readonly fixedIdentifiers?: boolean;
  /** Whether it tells of its memory and other insides. */
  readonly instrument?: boolean;
  /** After how much silence it takes a socket for gone. Whoever is there has to send heartbeats more often. */
  readonly idleTimeoutMs?: number;
  /** Takes each line of the server's log. */
  readonly onLog: (line: string) => void;
  /** Ends the wait for the start, and stops the server. */
  readonly signal?: AbortSignal;
  /** How long it may take until it listens. Default: 20,000. */
  readonly startTimeoutMs?: number;
  /** How long it may take to end by itself. Default: 5,000. */
  readonly stopGraceMs?: number;
  /** The program to run, for tests. Default: the reference server. */
  readonly entryPath?: string;
}

/** How a process ended: one of the two is null. */
export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of its log, at most 20. */
  readonly lastLog: readonly string[];
}

/** A server that listens, or did. */
export interface ServerProcess {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the process is gone, whoever ended it. Never rejects. */
  readonly exited: Promise<ServerExit>;
  /** Ends it at once, as a crash does: SIGKILL. Resolves when it is gone. */
  readonly kill: () => Promise<ServerExit>;
  /** Ends it: SIGTERM, after a grace SIGKILL. Resolves when it is gone. May be called again. */
  readonly stop: () => Promise<ServerExit>;
}

const ENTRY_PATH = ownModule("../../reference-server/main", import.meta.url);
const KEPT_LOG_LINES = 20;

const announcement = z.discriminatedUnion("event", [
  z.object({ event: z.literal("listening"), url: z.string(), port: z.int(), pid: z.int() }),
  z.object({ event: z.literal("error"), code: z.string(), message: z.string() }),
]);

/**
 * Starts the reference server as a process of its own, on the Node that runs this one, and waits until it
 * listens. The server holds a pipe to this process and ends when that breaks, so none is ever left behind.
 *
 * @throws UsageError with the server's own code where it says why it cannot start: `port-in-use`, ...
 * @throws BenchError `server-start` where it does not listen in time or ends without a word; `interrupted`
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  options.signal?.throwIfAborted();
  const child = spawn(process.execPath, [options.entryPath ?? ENTRY_PATH, ...serverArguments(options)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: options.secret === undefined ? process.env : { ...process.env, SECRET_KEY_BASE: options.secret },
  });
  // Writing is never tried, but a pipe that breaks would still raise.
  child.stdin.on("error", () => {});
  const lastLog: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    lastLog.push(line);
    if (lastLog.length > KEPT_LOG_LINES) lastLog.shift();
    options.onLog(line);
  });
  const killNow = (): void => void child.kill("SIGKILL");
  process.once("exit", killNow);
  const exited = new Promise<ServerExit>((resolve) => {
    child.once("error", (error) => {
      lastLog.push(error.message);
      resolve({ code: null, signal: null, lastLog });
    });
    child.once("close", (code, signal) => resolve({ code, signal, lastLog }));
  }).finally(() => process.off("exit", killNow));
  const stop = stopper(child, exited, options.stopGraceMs ?? 5000);
  try {
    const { url, port, pid } = await firstLine(child, exited, options);
    const kill = (): Promise<ServerExit> => {
      killNow();
      return exited;
    };
    return { url, port, pid, exited, kill, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What is written behind the server's name on its command line. */
export function serverArguments(options: ServerOptions): string[] {
  const {
    host,
    port,
    mode,
    database,
    seed,
    rooms,
    emptyRooms,
    messages,
    users,
    idleTimeoutMs,
    faults = [],
    fixedIdentifiers = false,
    instrument = false,
  } = options;
  const sized = { rooms, "empty-rooms": emptyRooms, messages, users, "idle-timeout-ms": idleTimeoutMs };
  return Object.entries({ host, port, mode, database, seed, ...sized })
    .flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]))
    .concat(faults.flatMap((fault) => ["--fault", fault]))
    .concat(fixedIdentifiers ? ["--fixed-identifiers"] : [])
    .concat(instrument ? ["--instrument"] : [], ["--supervised"]);
}

function stopper(child: ChildProcess, exited: Promise<ServerExit>, graceMs: number) {
  let stopping: Promise<ServerExit> | undefined;
  return (): Promise<ServerExit> => {
    stopping ??= (async () => {
      child.kill("SIGTERM");
      // It holds this pipe open for as long as somebody is at the other end.
      child.stdin?.end();
      const lateKill = setTimeout(() => child.kill("SIGKILL"), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(lateKill);
      }
    })();
    return stopping;
  };
}

/** The first line of its standard output: that it listens, or why it does not. */
async function firstLine(child: ChildProcess, exited: Promise<ServerExit>, options: ServerOptions) {
  const { signal, startTimeoutMs = 20_000 } = options;
  const failed = (why: string) => new BenchError(`the reference server ${why}`, { code: "server-start" });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => reject(failed(`did not listen within ${startTimeoutMs} ms`)),
    startTimeoutMs,
  );
  const onAbort = (): void => reject(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  if (child.stdout) createInterface({ input: child.stdout }).once("line", resolve);
  void exited.then(({ code, signal: killer, lastLog }) =>
    reject(
      failed(`ended with ${killer ?? code ?? "no code"} before it listened: ${lastLog.at(-1) ?? "no log"}`),
    ),
  );
  try {
    const said = announcement.safeParse(parseJson(await promise));
    if (!said.success) throw failed("said something else than that it listens");
    if (said.data.event === "error") {
      throw new UsageError(`the reference server cannot start: ${said.data.message}`, {
        code: said.data.code,
      });
    }
    return said.data;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
