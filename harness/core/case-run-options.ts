import type { RunOptions } from "./run-options.ts";
import type { CaseMode } from "./stream-case.ts";

/** What the command line of `bench run` says for a scenario of cases, found valid. What is absent was not given. */
export interface CaseRunOptions
  extends Pick<RunOptions, "target" | "allowRemote" | "allowRemoteRatePerSec" | "outDir" | "json" | "quiet"> {
  /** Ids of the cases to do, in any order. Absent: all. */
  readonly only?: readonly string[];
  /** Each once. Absent: all. */
  readonly modes?: readonly CaseMode[];
}
