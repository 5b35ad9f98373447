import type { UsersReport } from "../load/users-executor.ts";
import type { StartCounts } from "../measure/health-monitor.ts";

/** What became of all starts of a process that were due, to be counted on. */
export type Starts = { -readonly [Count in keyof StartCounts]: StartCounts[Count] };

/** Counts what one executor reports. */
export function count(
  starts: Starts,
  report: Pick<UsersReport, "made" | "late" | "maxLateUs"> & { readonly dropped?: number },
): void {
  starts.made += report.made;
  starts.late += report.late;
  starts.maxLateUs = Math.max(starts.maxLateUs, report.maxLateUs);
  starts.dropped += report.dropped ?? 0;
}
