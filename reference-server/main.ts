/**
 * Starts the reference server as a process of its own.
 *
 * It says one line of JSON on standard output: `{"event":"listening","url",...}`, or `{"event":"error","code",
 * "message"}` and then exits with 1. Its log goes to standard error.
 */
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { shownLocation } from "./chat/store/location.ts";
import { type CommandLine, parseCommandLine } from "./options.ts";
import { createServer } from "./server.ts";

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const log = (line: string): void => void process.stderr.write(`${line}\n`);

function fail(code: string, message: string): void {
  say({ event: "error", code, message });
  process.exitCode = 1;
}

function secretOf(options: CommandLine): string {
  return options["fixed-identifiers"]
    ? `no secret: fixed identifiers of seed ${options.seed}`
    : randomBytes(48).toString("base64url");
}

async function start(options: CommandLine): Promise<void> {
  const server = await createServer({
    database: options.database,
    seed: options.seed,
    messagesPerRoom: options.messages,
    rooms: options.rooms,
    emptyRooms: options["empty-rooms"],
    users: options.users,
    mode: options.mode,
    limit: options.limit,
    faults: new Set(options.fault),
    secret: process.env.SECRET_KEY_BASE ?? secretOf(options),
    idleTimeoutMs: options["idle-timeout-ms"],
    compress: options.compress,
    instrument: options.instrument,
    fixedIdentifiers: options["fixed-identifiers"],
    log,
    nowMs: Date.now,
  });
  const stop = (): void => {
    process.stdin.destroy();
    void server.close();
  };
  process.once("SIGTERM", stop).once("SIGINT", stop);
  try {
    const url = await server.listen({ host: options.host, port: options.port });
    const { port } = server.server.address() as AddressInfo;
    const database = shownLocation(options.database);
    say({ event: "listening", url, port, pid: process.pid, mode: options.mode, database });
  } catch (error) {
    await server.close();
    const inUse = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    return fail(
      inUse ? "port-in-use" : "cannot-listen",
      inUse ? `port ${options.port} on ${options.host} is in use` : String(error),
    );
  }
  // Whoever supervises this process holds its standard input: when he is gone, so is the server.
  if (options.supervised) process.stdin.on("end", stop).on("error", stop).resume();
}

try {
  await start(parseCommandLine(process.argv.slice(2), process.env));
} catch (error) {
  fail("cannot-start", error instanceof Error ? error.message : String(error));
}
