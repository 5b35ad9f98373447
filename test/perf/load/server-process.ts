import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** What it has used and sent so far. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** What a server has used and sent since its start. */
export interface Usage {
  readonly cpuUs: number;
  readonly framesSent: number;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Starts a server that says where it listens in a line of JSON, and ends with its standard input. */
export async function startServer(file: string, ...argv: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [file, ...argv], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const said = await new Promise<string>((resolve) =>
    lines.once("line", resolve).once("close", () => resolve("{}")),
  );
  const { url } = JSON.parse(said) as { url?: string };
  if (url === undefined) throw new Error(`${file} does not listen: ${said}`);
  return {
    url,
    // It has said something, so it was started.
    pid: child.pid ?? 0,
    async usage() {
      return (await (await fetch(new URL("/debug", url))).json()) as Usage;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Starts a reference server that is measured. */
export const startReferenceServer = (...argv: readonly string[]): Promise<ServerProcess> =>
  startServer("reference-server/main.ts", "--port", "0", "--instrument", "--supervised", ...argv);

/** Microseconds of CPU for each frame between two looks. */
export function cpuPerFrame(before: Usage, after: Usage): number {
  return (after.cpuUs - before.cpuUs) / (after.framesSent - before.framesSent);
}
