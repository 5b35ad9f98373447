import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type ServerOptions, serverArguments, startServer } from "../../../harness/load/server-process.ts";

const LISTENING = `console.log(JSON.stringify({ event: "listening", url: "http://127.0.0.1:4000", port: 4000, pid: process.pid }));`;
const STAY = "setInterval(() => {}, 1000);";

/** Starts a program in place of the server. */
async function start(script: string, options: Partial<ServerOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const entryPath = join(folder, "server.mjs");
  await writeFile(entryPath, script);
  const log: string[] = [];
  const server = await startServer({ port: 0, onLog: (line) => log.push(line), entryPath, ...options });
  onTestFinished(async () => void (await server.stop()));
  return { server, log };
}

test("a server that listens has its address, and ends when it is told to", async () => {
  const { server, log } = await start(`console.error("up"); ${LISTENING} ${STAY}`);
  expect({ url: server.url, port: server.port }).toEqual({ url: "http://127.0.0.1:4000", port: 4000 });
  const exits = await Promise.all([server.stop(), server.stop(), server.exited]);
  const exit = { code: null, signal: "SIGTERM", lastLog: ["up"] };
  expect(exits).toEqual([exit, exit, exit]);
  expect(log).toEqual(["up"]);
});

test("one that does not listen to SIGTERM is killed after a grace", async () => {
  const { server } = await start(`process.on("SIGTERM", () => {}); ${LISTENING} ${STAY}`, {
    stopGraceMs: 100,
  });
  expect((await server.stop()).signal).toBe("SIGKILL");
});

test("one that waits for the end of its standard input gets it", async () => {
  const script = `process.on("SIGTERM", () => {}); process.stdin.on("end", () => process.exit(7)).resume(); ${LISTENING}`;
  expect((await (await start(script)).server.stop()).code).toBe(7);
});

test("a death in mid-run resolves exited, with the end of the log", async () => {
  const script = `${LISTENING} for (let n = 0; n < 30; n++) console.error("line " + n); process.exitCode = 3;`;
  const { code, lastLog } = await (await start(script)).server.exited;
  expect([code, lastLog.length, lastLog.at(-1)]).toEqual([3, 20, "line 29"]);
});

test.each([
  [
    "says why it cannot start",
    `console.log('{"event":"error","code":"port-in-use","message":"port 4000 on 127.0.0.1 is in use"}')`,
    {
      code: "port-in-use",
      exitCode: 104,
      message: "the reference server cannot start: port 4000 on 127.0.0.1 is in use",
    },
  ],
  [
    "dies before it listens",
    `console.error("SyntaxError: broken"); process.exitCode = 1;`,
    {
      code: "server-start",
      exitCode: 1,
      message: "the reference server ended with 1 before it listened: SyntaxError: broken",
    },
  ],
  [
    "says something else",
    `console.log("hello"); ${STAY}`,
    { code: "server-start", message: "the reference server said something else than that it listens" },
  ],
])("a server that %s is an error", async (_, script, expected) => {
  await expect(start(script)).rejects.toMatchObject(expected);
});

test("a server that says nothing is an error after a while", async () => {
  await expect(start(STAY, { startTimeoutMs: 100 })).rejects.toThrow(
    "the reference server did not listen within 100 ms",
  );
});

test("an abort ends the wait", async () => {
  const controller = new AbortController();
  const started = start(STAY, { signal: controller.signal });
  controller.abort(new Error("stopped"));
  await expect(started).rejects.toThrow("stopped");
});

test("what is not given is not written on the command line", () => {
  const onLog = () => {};
  expect(serverArguments({ port: 0, onLog }).join(" ")).toBe("--port 0 --supervised");
  expect(
    serverArguments({
      port: 4000,
      host: "::1",
      mode: "stream",
      database: "chat.db",
      seed: 7,
      rooms: 4,
      emptyRooms: 1,
      messages: 0,
      users: 12,
      idleTimeoutMs: 4000,
      faults: ["drop-delete", "leak-room"],
      instrument: true,
      onLog,
    }).join(" "),
  ).toBe(
    "--host ::1 --port 4000 --mode stream --database chat.db --seed 7 --rooms 4 --empty-rooms 1 --messages 0 --users 12 " +
      "--idle-timeout-ms 4000 --fault drop-delete --fault leak-room --instrument --supervised",
  );
});
