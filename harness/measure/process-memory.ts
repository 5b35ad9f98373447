import { type ReadText, readText } from "./proc-file.ts";

/** What a process holds of the machine's memory, in bytes. */
export interface ProcessMemory {
  /** Pages that are in memory, those that are shared counted in full. */
  readonly rssBytes: number;
  /** The same, each shared page divided by those who share it. Null where the kernel does not tell. */
  readonly pssBytes: number | null;
  /** Pages that are this process' alone: what its end would give back. Null where the kernel does not tell. */
  readonly privateBytes: number | null;
}

const PAGE_BYTES = 4096;

/**
 * What any process of this machine holds, by its id: from `/proc/PID/smaps_rollup`, or where that may not be read (of another
 * user's process, or before Linux 4.14) its resident pages from `/proc/PID/statm`, of 4 KiB each. Null where there is
 * neither: no such process, or not on Linux.
 *
 * Source: proc_pid_smaps(5) and proc_pid_statm(5).
 */
export async function processMemory(pid: number, read: ReadText = readText): Promise<ProcessMemory | null> {
  const orNothing = (name: string) => read(`/proc/${pid}/${name}`).catch(() => "");
  return parseRollup(await orNothing("smaps_rollup")) ?? parseStatm(await orNothing("statm"));
}

/** Reads the text of a `smaps_rollup`; null where it is none. */
export function parseRollup(text: string): ProcessMemory | null {
  const kilobytes = new Map(
    [...text.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map(([, name, amount]) => [name, Number(amount)]),
  );
  const rss = kilobytes.get("Rss");
  if (rss === undefined) return null;
  const bytesOf = (...names: string[]) => {
    const amounts = names.flatMap((name) => kilobytes.get(name) ?? []);
    return amounts.length < names.length ? null : amounts.reduce((sum, amount) => sum + amount * 1024, 0);
  };
  return {
    rssBytes: rss * 1024,
    pssBytes: bytesOf("Pss"),
    privateBytes: bytesOf("Private_Clean", "Private_Dirty"),
  };
}

/**
 * Reads the text of a `statm`, whose second number is that of the resident pages; null where it is none, or where there are
 * no pages: the process has ended and was not waited for.
 */
export function parseStatm(text: string): ProcessMemory | null {
  const resident = /^\d+ (\d+) /.exec(text)?.[1];
  if (resident === undefined || resident === "0") return null;
  return { rssBytes: Number(resident) * PAGE_BYTES, pssBytes: null, privateBytes: null };
}
