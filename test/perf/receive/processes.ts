import { type ChildProcess, fork } from "node:child_process";
import type { ClientKind, Connected, Measured, Sameness, Told } from "./messages.ts";

/** The most that anything may take: connecting ten thousand users, or the frames of a round. */
const PATIENCE_MS = 120_000;

/** Starts the sender. Gives where it listens. */
export async function startSender(processes: DisposableStack): Promise<Sender> {
  const child = start(processes, "sender.ts", []);
  const { origin } = await hear(child, "listening");
  return { child, origin };
}

/** The process that sends the frames. */
export interface Sender {
  readonly child: ChildProcess;
  readonly origin: string;
}

/** A process of clients that are connected. */
export interface ClientProcess {
  readonly child: ChildProcess;
  readonly group: string;
  readonly users: number;
  readonly connected: Connected;
}

/** Starts a process of clients; resolves when all of them are connected. */
export async function startClients(
  processes: DisposableStack,
  { origin }: Sender,
  kind: ClientKind,
  group: string,
  users: number,
): Promise<ClientProcess> {
  const child = start(processes, "client.ts", [kind, origin, group, String(users)]);
  return { child, group, users, connected: await hear(child, "connected") };
}

/** Sends frames to each client of a process. Gives the CPU time that they have cost it. */
export async function measureFrames(
  sender: Sender,
  { child, group, users }: ClientProcess,
  sameness: Sameness,
  framesPerSocket: number,
): Promise<Measured> {
  const measuring = hear(child, "measuring");
  child.send({ frames: users * framesPerSocket });
  await measuring;
  const measured = hear(child, "measured");
  sender.child.send({ group, sameness, framesPerSocket });
  return measured;
}

function start(processes: DisposableStack, file: string, args: readonly string[]): ChildProcess {
  const child = fork(new URL(file, import.meta.url), args);
  processes.defer(() => void child.kill("SIGKILL"));
  return child;
}

/** The next thing of a kind that a process tells. */
function hear<Kind extends Told["kind"]>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<Told, { kind: Kind }>> {
  const { promise, resolve, reject } = Promise.withResolvers<Extract<Told, { kind: Kind }>>();
  const isWanted = (told: Told): told is Extract<Told, { kind: Kind }> => told.kind === kind;
  const take = (told: Told) => isWanted(told) && resolve(told);
  const fail = () => reject(new Error(`a process of the benchmark has ended before it was ${kind}`));
  const late = setTimeout(() => reject(new Error(`a process was not ${kind} in time`)), PATIENCE_MS);
  child.on("message", take).once("exit", fail);
  return promise.finally(() => {
    clearTimeout(late);
    child.off("message", take).off("exit", fail);
  });
}
