import { cpus } from "node:os";
import { METRIC_NAMES } from "../../harness/core/metric-names.ts";
import { ServerMemory } from "../../harness/run/server-memory.ts";
import { MODES, type ModeName } from "../../reference-server/web/chat/modes.ts";
import { type Row, table } from "../../reports/table.ts";
import type { Benchmark } from "./benchmark.ts";
import type { CrowdCalls } from "./load/crowd-process.ts";
import { type RemoteCrowd, startCrowd } from "./load/remote-crowd.ts";
import { type ServerProcess, startReferenceServer } from "./load/server-process.ts";

const USERS = 5000;
/** At how many connections the server's memory is read. */
const COUNTS = [200, 400, 600, 800, 1000];
/** How long that may take each time. */
const REPORT_MS = 30_000;
const MODE_NAMES = Object.keys(MODES) as ModeName[];
const JOINED: ModeName = "stream";

const NOTES = [
  "Each user has an account, a session, a page and a socket of his own, in one room, without the list of members;",
  "32 at once, of a process of their own. Log in: a form, a password that is hashed with 1 MiB, and a session. Memory:",
  `slope over ${COUNTS.join(", ")} connections that are idle, after collection of garbage.`,
];

/** How long it takes to have a full server, and what each connection costs it. */
export const benchmark: Benchmark = {
  name: "connections",
  describe: `time to log in, mount and join ${USERS.toLocaleString("en-US")} users; server memory of a connection, in each mode`,
  async run({ print, progress }) {
    const server = await startReferenceServer("--users", String(USERS));
    const crowd = startCrowd<CrowdCalls>();
    try {
      await crowd.call("start", server.url, server.url);
      for (const line of table(
        ["time: s", "users/s", "CPU: ms each"],
        await entering(server, crowd, progress),
        100,
      ))
        print(line);
      print("");
      const rows: Row[] = [];
      for (const mode of MODE_NAMES) {
        progress(`${mode} ...`);
        const { perConnection, intercept } = await memoryOf(server, crowd, mode);
        rows.push(row(mode, (perConnection / 1024).toFixed(1), (intercept / 1024 / 1024).toFixed(1)));
      }
      for (const line of table(["KiB each", "MiB else"], rows, 100)) print(line);
    } finally {
      crowd.stop();
      await server.stop();
    }
    for (const line of ["", ...NOTES]) print(line);
    print(`${cpus().length} × ${cpus()[0]?.model}, node ${process.version}.`);
    return [];
  },
};

const pathOf = (mode: ModeName): string => `/${mode}/rooms/1?members=off`;

const row = (label: string, ...cells: readonly string[]): Row => ({
  label,
  cells: cells.map((text) => ({ text })),
});

async function entering(
  server: ServerProcess,
  crowd: RemoteCrowd<CrowdCalls>,
  progress: (line: string) => void,
): Promise<Row[]> {
  const steps = [
    ["log in", () => crowd.call("logIn", USERS)],
    ["mount (HTTP)", () => crowd.call("mount", pathOf(JOINED), USERS)],
    ["join (socket)", () => crowd.call("rejoin", pathOf(JOINED), USERS)],
  ] as const;
  const rows: Row[] = [];
  for (const [label, act] of steps) {
    progress(`${label} ...`);
    const before = await server.usage();
    const startMs = performance.now();
    await act();
    const seconds = (performance.now() - startMs) / 1000;
    const cpuMs = ((await server.usage()).cpuUs - before.cpuUs) / 1000;
    rows.push(
      row(
        label,
        seconds.toFixed(1),
        Math.round(USERS / seconds).toLocaleString("en-US"),
        (cpuMs / USERS).toFixed(2),
      ),
    );
  }
  await crowd.call("leave");
  return rows;
}

/** What the server keeps for each connection, and for anything else, in bytes. */
async function memoryOf(server: ServerProcess, crowd: RemoteCrowd<CrowdCalls>, mode: ModeName) {
  const memory = new ServerMemory({ origin: server.url, memory: { kind: "report" } });
  for (const count of COUNTS) {
    await crowd.call("mount", pathOf(mode), count);
    await crowd.call("rejoin", pathOf(mode), count);
    await memory.read(count, AbortSignal.timeout(REPORT_MS));
  }
  await crowd.call("leave");
  const metric = memory.metric(METRIC_NAMES.serverMemoryPerConnection, mode);
  const told = metric?.points?.map(({ x }) => x);
  if (metric === undefined || String(told) !== String(COUNTS)) {
    throw new Error(`${told} were connected, not ${COUNTS}`);
  }
  return { perConnection: metric.values.perUnit, intercept: metric.values.intercept };
}
