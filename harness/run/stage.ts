import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BenchError } from "../core/errors.ts";
import type { Mode } from "../core/modes.ts";
import { type Scenario, usersOf } from "../core/scenario.ts";
import { type ServerExit, type ServerProcess, startServer } from "../load/server-process.ts";
import { ReferenceDatabase } from "../oracle/reference-database.ts";

/** The server on which a mode is run, and the database that the oracle reads beside it. */
export interface Stage {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  readonly database: ReferenceDatabase;
  /** Where that database is, for other processes that read it. */
  readonly location: string;
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

/** A stage with a server and a database of its own, both gone when it is closed. */
export async function ownStage(
  mode: Mode,
  { seed, rooms, browsers }: Pick<Scenario, "seed" | "rooms" | "browsers">,
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
      messages: rooms.messagesEach,
      users: usersOf({ rooms }) + browsers,
      secret: "sessions of a server that is being measured outlive its restart",
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
    origin: server.url,
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

/** A stage on a server that somebody else runs, whose database is a file or behind a URL. */
export async function targetStage(origin: string, location: string): Promise<Stage> {
  const database = await ReferenceDatabase.open(location);
  const restart = () =>
    Promise.reject(
      new BenchError(`${origin} was not started by this run, which cannot restart it`, {
        code: "cannot-restart",
      }),
    );
  return {
    origin,
    database,
    location,
    death: new AbortController().signal,
    restart,
    close: () => database.close(),
  };
}

function diedWith({ code, signal, lastLog }: ServerExit): BenchError {
  const how = signal ?? `exit code ${code}`;
  const last = lastLog.at(-1);
  const words = last === undefined ? "" : `; the last it said was: ${last}`;
  return new BenchError(`the server died in the middle of the run (${how})${words}`, { code: "server-died" });
}
