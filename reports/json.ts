import { type RunResult, serializeRunResult } from "../harness/core/run-result.ts";

/** The result as it was written: the same whatever wrote it. */
export function renderJson(result: RunResult): string {
  return serializeRunResult(result);
}
