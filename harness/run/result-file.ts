import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, UsageError } from "../core/errors.ts";
import { type RunResult, serializeRunResult } from "../core/run-result.ts";

/** The file that a run's result is written to, again and again as the run goes on. */
export class ResultFile {
  readonly path: string;

  /**
   * @param folder made where there is none
   * @throws UsageError `cannot-write-result`
   */
  constructor(folder: string, scenario: string, startedAt: string) {
    this.path = join(folder, `${scenario}-${startedAt.replaceAll(":", "-").replace(/\.\d+Z$/, "Z")}.json`);
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw new UsageError(
        `results cannot be written to ${folder}: ${messageOf(error)}. Say where by --out.`,
        {
          code: "cannot-write-result",
          cause: error,
        },
      );
    }
  }

  /** Replaces what is there; whoever reads meanwhile sees the old or the new result, never half of one. */
  write(result: RunResult): void {
    const unfinished = `${this.path}.unfinished`;
    writeFileSync(unfinished, serializeRunResult(result));
    renameSync(unfinished, this.path);
  }
}
