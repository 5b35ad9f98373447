import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Accounts } from "../core/account.ts";
import { BenchError } from "../core/errors.ts";
import { type Scenario, usersOf } from "../core/scenario.ts";
import type { Site } from "../core/site.ts";
import { type ServerExit, type ServerProcess, startServer } from "../load/server-process.ts";
import { ReferenceDatabase } from "../oracle/reference-database.ts";
import type { OpenTarget } from "../target/open-target.ts";
import type { MemorySource } from "./server-memory.ts";

/** The server on which a mode is run, and the database that the oracle reads beside it. */
export interface Stage {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** Whom its users and Chromes log in as, by their numbers from 0: users first. */
  readonly accounts: Accounts;
  /** Null where nobody knows what is stored: then nothing is checked against it. */
  readonly database: ReferenceDatabase | null;
  /** Where that is, for other processes that read it. */
  readonly location: string | null;
  readonly memory: MemorySource;
  /** The process that it is, where that is known and on this machine. After a restart it is another. */
  readonly serverPid: number | null;
  /** Whether it may be asked where its templates are written: our own chat alone. */
  readonly tellsTemplates: boolean;
  /** The path of its LiveView socket, and what a page's script sends there besides its own. */
  readonly socketPath: string;
  readonly connectParams: Readonly<Record<string, string>>;
  /** A file of certificates that are trusted besides the system's, by each process that connects; null: none. */
  readonly ca: string | null;
  /** Aborts when the server ends by itself; the reason is a BenchError. */
  readonly death: AbortSignal;
  /**
   * Kills the server, and starts it again where it was.
   *
   * @throws BenchError `cannot-restart` where it is somebody else's
   */
  restart(): Promise<void>;
  /** Gives back what was taken for it. */
  close(): Promise<void>;
}

const REFERENCE = {
  memory: { kind: "report" },
  tellsTemplates: true,
  socketPath: "/live/websocket",
  connectParams: {},
  ca: null,
} as const;

/** As many as the server has by itself: each is a line on the page, so fewer would make its bytes others. */
const USUAL_ROOMS = 3;

/** A stage with a server and a database of its own, both gone when it is closed. */
export async function ownStage(
  mode: string,
  {
    seed,
    rooms,
    browsers,
    site,
    fixed = false,
  }: Pick<Scenario, "seed" | "rooms" | "browsers" | "site" | "fixed">,
  options: { readonly signal: AbortSignal; readonly onLog: (line: string) => void },
): Promise<Stage> {
  await using made = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "chat-diff-bench-"));
  made.defer(() => rmSync(folder, { recursive: true, force: true }));
  const location = join(folder, "chat.db");
  const death = new AbortController();
  let ending = false;
  const start = async (port: number): Promise<ServerProcess> => {
    const started = await startServer({
      port,
      mode,
      database: location,
      seed,
      rooms: Math.max(USUAL_ROOMS, rooms.members.length),
      messages: rooms.messagesEach,
      users: usersOf({ rooms }) + browsers,
      secret: "sessions of a server that is being measured outlive its restart",
      fixedIdentifiers: fixed,
      instrument: true,
      ...options,
    });
    started.exited.then((exit) => ending || death.abort(diedWith(exit)));
    return started;
  };
  let server = await start(0);
  made.defer(async () => {
    ending = true;
    await server.stop();
  });
  const database = made.use(await ReferenceDatabase.open(location));
  const owned = made.move();
  return {
    ...REFERENCE,
    origin: server.url,
    get serverPid() {
      return server.pid;
    },
    accounts: { kind: "scheme", scheme: site.accounts },
    database,
    location,
    death: death.signal,
    restart: async () => {
      ending = true;
      await server.kill();
      server = await start(server.port);
      ending = false;
    },
    close: () => owned.disposeAsync(),
  };
}

/**
 * A stage on our own chat, where somebody else runs it.
 *
 * @param location its database: a file, or a URL; null where nobody knows
 * @param serverPid of its process, where its memory is to be read there, and its processor time; null: as it tells itself
 */
export async function targetStage(
  origin: string,
  location: string | null,
  serverPid: number | null,
  { accounts: scheme }: Pick<Site, "accounts">,
): Promise<Stage> {
  const accounts: Accounts = { kind: "scheme", scheme };
  const memory: MemorySource = serverPid === null ? REFERENCE.memory : { kind: "process", pid: serverPid };
  return onTarget({ ...REFERENCE, origin, accounts, memory, serverPid }, location);
}

/** A stage on an application of others, whose data is put back before. It stays when the stage is closed. */
export async function openTargetStage(
  { accounts, socketPath, connectParams, ca, running }: OpenTarget,
  {
    origin,
    database,
    serverPid,
  }: { readonly origin: string; readonly database: string | null; readonly serverPid: number | null },
): Promise<Stage> {
  await running.reset();
  const memory: MemorySource = serverPid === null ? null : { kind: "process", pid: serverPid };
  const { death } = running;
  const tellsTemplates = false;
  return onTarget(
    { origin, accounts, socketPath, connectParams, ca, memory, serverPid, tellsTemplates, death },
    database,
  );
}

async function onTarget(
  stage: Omit<Stage, "database" | "location" | "death" | "restart" | "close"> & Partial<Pick<Stage, "death">>,
  location: string | null,
): Promise<Stage> {
  const database = location === null ? null : await ReferenceDatabase.open(location);
  const close = async () => database?.close();
  const restart = () =>
    Promise.reject(
      new BenchError(`${stage.origin} was not started by this run, which cannot restart it`, {
        code: "cannot-restart",
      }),
    );
  return { death: new AbortController().signal, ...stage, database, location, restart, close };
}

function diedWith({ code, signal, lastLog }: ServerExit): BenchError {
  const how = signal ?? `exit code ${code}`;
  const last = lastLog.at(-1);
  const words = last === undefined ? "" : `; the last it said was: ${last}`;
  return new BenchError(`the server died in the middle of the run (${how})${words}`, { code: "server-died" });
}
