import { availableParallelism, cpus, totalmem } from "node:os";
import type { Commit, Environment } from "../core/run-result.ts";

/** What the figures depend on, of this machine and program. */
export function thisEnvironment(versions: {
  /** What is checked out where the run was started; null where nothing is. */
  readonly commit: Commit | null;
  readonly bench: string;
  readonly chrome?: string | undefined;
  /** As the server told it. */
  readonly liveView?: string | undefined;
  /** Of the official client in Chrome. */
  readonly client?: string | undefined;
}): Environment {
  const model = cpus()[0]?.model;
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpus: availableParallelism(),
    ...(model === undefined ? {} : { cpuModel: model }),
    memoryBytes: totalmem(),
    ...(versions.chrome === undefined ? {} : { chrome: versions.chrome }),
    ...(versions.liveView === undefined ? {} : { liveViewVersion: versions.liveView }),
    ...(versions.client === undefined ? {} : { liveViewClientVersion: versions.client }),
    benchVersion: versions.bench,
    ...(versions.commit === null ? {} : { commit: versions.commit }),
  };
}
