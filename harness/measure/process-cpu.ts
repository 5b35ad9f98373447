import { type ReadText, readText } from "./proc-file.ts";

/** What the kernel counts in, to programs: 100 a second on every machine that Node runs on (`getconf CLK_TCK`). */
const TICK_US = 10_000;

/**
 * The processor time that any process of this machine has taken since it began, of all its threads, by itself and by the
 * kernel for it, in microseconds, to the 10 ms. From `/proc/PID/stat`; null where there is no such process, or not on Linux.
 *
 * Source: proc_pid_stat(5).
 */
export async function processCpuUs(pid: number, read: ReadText = readText): Promise<number | null> {
  return parseStat(await read(`/proc/${pid}/stat`).catch(() => ""));
}

/** Reads the text of a `stat`: its 14th and 15th fields; null where it is none. */
export function parseStat(text: string): number | null {
  // The second field is the name of the program in brackets, in which there may be anything.
  const behindName = text.slice(text.lastIndexOf(")") + 1);
  const times = /^ \S(?: -?\d+){10} (\d+) (\d+) /.exec(behindName);
  return times && (Number(times[1]) + Number(times[2])) * TICK_US;
}
