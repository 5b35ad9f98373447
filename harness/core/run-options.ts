import type { Mode } from "./modes.ts";
import type { ParameterValue } from "./parameter.ts";
import type { Threshold } from "./threshold.ts";

/**
 * What the command line of `bench run <scenario>` says, found valid. What is absent was not given: the
 * scenario decides.
 */
export interface RunOptions {
  /** Values of the scenario's parameters, by name: milliseconds for durations. */
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** The rendering modes to run, in this order, each once. */
  readonly modes?: readonly Mode[];
  readonly seed?: number;
  /** The URL of a server that runs already, as it was normalised by `URL`. Absent: one is started. */
  readonly target?: string;
  /** The database of the target, for the oracle: an absolute path, or a URL with a scheme. */
  readonly database?: string;
  /** The file that keeps the sessions of the target's users from one run to the next: an absolute path. */
  readonly sessions?: string;
  /** The target's process on this machine, of which the memory is read. */
  readonly serverPid?: number;
  /** Generator processes. Absent: one less than there are cores, and at least one. */
  readonly workers?: number;
  /** The file that says how a target is used (`core/target-config.ts`): an absolute path. */
  readonly config?: string;
  /** Whether a target may be on another machine. */
  readonly allowRemote?: boolean;
  /** How much such a target may be loaded: starts a second, and users joining a second. */
  readonly allowRemoteRatePerSec?: number;
  /** Of either level, on top of the scenario's own; may be empty. */
  readonly thresholds: readonly Threshold[];
  /** The folder that the run result is written to: an absolute path. */
  readonly outDir: string;
  /** The port on which a page shows the run while it goes on, 0 for any that is free. Absent: there is none. */
  readonly dashboardPort?: number;
  /** Where the bytes of each operation went, behind the report. */
  readonly why: boolean;
  /** The result alone, as JSON, on standard output. */
  readonly json: boolean;
  /** No progress on standard error. */
  readonly quiet: boolean;
}
