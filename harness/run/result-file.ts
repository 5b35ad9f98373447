import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, UsageError } from "../core/errors.ts";
import { type RunResult, serializeRunResult } from "../core/run-result.ts";

/** The file that a run's result is written to, again and again as the run goes on. */
export class ResultFile {
  readonly path: string;
  readonly #folder: string;
  readonly #unfinished: string;

  /**
   * Proves that it can be written, so that no run is made whose result would be lost.
   *
   * @param folder made where there is none
   * @throws UsageError `cannot-write-result`
   */
  constructor(folder: string, scenario: string, startedAt: string) {
    this.#folder = folder;
    this.path = join(folder, `${scenario}-${startedAt.replaceAll(":", "-").replace(/\.\d+Z$/, "Z")}.json`);
    this.#unfinished = `${this.path}.unfinished`;
    this.#try(() => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(this.#unfinished, "");
      rmSync(this.#unfinished);
    });
  }

  /**
   * Replaces what is there; whoever reads meanwhile sees the old or the new result, never half of one.
   *
   * @throws UsageError `cannot-write-result`
   */
  write(result: RunResult): void {
    const text = serializeRunResult(result);
    this.#try(() => {
      writeFileSync(this.#unfinished, text);
      renameSync(this.#unfinished, this.path);
    });
  }

  #try(act: () => void): void {
    try {
      act();
    } catch (cause) {
      const message = `results cannot be written to ${this.#folder}: ${messageOf(cause)}. Say where by --out.`;
      throw new UsageError(message, { code: "cannot-write-result", cause });
    }
  }
}
