import { availableParallelism, cpus, totalmem } from "node:os";
import type { Environment } from "../core/run-result.ts";

/** What the figures depend on, of this machine and program. */
export function thisEnvironment(benchVersion: string, chromeVersion: string | undefined): Environment {
  const model = cpus()[0]?.model;
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpus: availableParallelism(),
    ...(model === undefined ? {} : { cpuModel: model }),
    memoryBytes: totalmem(),
    ...(chromeVersion === undefined ? {} : { chrome: chromeVersion }),
    benchVersion,
  };
}
