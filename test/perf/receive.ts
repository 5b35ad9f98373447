import { table } from "../../reports/table.ts";
import type { Benchmark, BenchmarkIo } from "./benchmark.ts";
import { median, medianRatio } from "./measure.ts";
import type { ClientKind, Sameness } from "./receive/messages.ts";
import {
  type ClientProcess,
  measureFrames,
  type Sender,
  startClients,
  startSender,
} from "./receive/processes.ts";

const USERS = 1000;
const MANY_USERS = 10_000;
const ROUNDS = 5;
/** At 20 frames a second. */
const FRAMES = { warmUp: 60, round: 40 } as const;

const KINDS: readonly ClientKind[] = ["drop", "parse", "user"];
const NAMES: Readonly<Record<ClientKind, string>> = {
  drop: "ws, frame dropped",
  parse: "ws, JSON.parse",
  user: "simulated user",
};
const CASES: Readonly<Record<Sameness, { readonly title: string; readonly most: number }>> = {
  same: { title: "users of a room get the same change", most: 0.9 },
  different: { title: "every frame differs", most: 1.3 },
};
/** The most that a simulated user may take beyond a bare client. */
const MOST_BYTES = 8 * 1024;

const NOTES = [
  `CPU time of the client process a frame, median of ${ROUNDS} rounds in which the clients take turns: ${USERS} sockets, 20 frames a`,
  "second on each, the 910-byte insert of the recordings. Ratio: to the client that parses, median of the rounds' ratios.",
  "The simulated user merges, reads the item, checks the invariants, and records bytes, latency and delivery, with ten",
  "messages on his page. Memory: heap and external after collection, each, beyond the bare client's.",
];

/** Simulated users against bare `ws` clients, on the frames of one sender. */
export const benchmark: Benchmark = {
  name: "receive",
  describe: "CPU and memory of a simulated user who receives, merges and checks, against a bare ws client",
  async run(io) {
    const missed: string[] = [];
    for (const sameness of ["same", "different"] as const) missed.push(...(await compareCpu(io, sameness)));
    missed.push(...(await compareMemory(io, USERS)));
    if (!io.skipsLong) missed.push(...(await compareMemory(io, MANY_USERS)));
    for (const line of ["", ...NOTES]) io.print(line);
    return missed;
  },
};

async function compareCpu({ print, progress }: BenchmarkIo, sameness: Sameness): Promise<string[]> {
  using processes = new DisposableStack();
  const sender = await startSender(processes);
  const clients = new Map<ClientKind, ClientProcess>();
  for (const kind of KINDS) {
    progress(`${sameness}: connecting ${USERS}, ${NAMES[kind]} ...`);
    clients.set(kind, await startClients(processes, sender, kind, `${kind}-`, USERS));
  }
  const cpuUs = new Map(KINDS.map((kind) => [kind, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    const isWarmUp = round === 0;
    progress(`${sameness}: ${isWarmUp ? "warming up" : `round ${round} of ${ROUNDS}`} ...`);
    for (const [kind, client] of clients) {
      const us = await measureOne(sender, client, sameness, isWarmUp ? FRAMES.warmUp : FRAMES.round);
      if (!isWarmUp) cpuUs.get(kind)?.push(us);
    }
  }
  const { title, most } = CASES[sameness];
  const ratioOf = (kind: ClientKind) => medianRatio(cpuUs.get(kind) ?? [], cpuUs.get("parse") ?? []);
  const rows = KINDS.map((kind) => {
    const us = cpuUs.get(kind) ?? [];
    const cells = [median(us), Math.min(...us), Math.max(...us), ratioOf(kind)].map((value) =>
      value.toFixed(2),
    );
    return { label: NAMES[kind], cells: cells.map((text) => ({ text })) };
  });
  print(title);
  for (const line of table(["µs a frame", "least", "most", "ratio"], rows, 100)) print(line);
  print("");
  const ratio = ratioOf("user");
  return ratio > most ? [`${title}: ${ratio.toFixed(2)} times the client that parses, not ${most}`] : [];
}

async function measureOne(
  sender: Sender,
  client: ClientProcess,
  sameness: Sameness,
  frames: number,
): Promise<number> {
  const { cpuUs, problems } = await measureFrames(sender, client, sameness, frames);
  if (problems > 0) throw new Error(`${client.group}: ${problems} problems`);
  return cpuUs / (frames * client.users);
}

async function compareMemory({ print, progress }: BenchmarkIo, users: number): Promise<string[]> {
  const measure = async (kind: ClientKind) => {
    using processes = new DisposableStack();
    progress(`memory: connecting ${users}, ${NAMES[kind]} ...`);
    const sender = await startSender(processes);
    return (await startClients(processes, sender, kind, `${kind}-`, users)).connected;
  };
  const bare = await measure("drop");
  const user = await measure("user");
  const beyond = user.bytesPerUser - bare.bytesPerUser;
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  print(
    `${users.toLocaleString("en-US")} users in one process: ${kb(user.bytesPerUser)} each, a bare client ${kb(bare.bytesPerUser)}: ` +
      `${kb(beyond)} beyond it; mounted and joined in ${(user.connectMs / 1000).toFixed(1)} s`,
  );
  return beyond > MOST_BYTES
    ? [`${users} users: ${kb(beyond)} each beyond a bare client, not ${kb(MOST_BYTES)}`]
    : [];
}
