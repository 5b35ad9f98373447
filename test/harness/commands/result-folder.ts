import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, onTestFinished } from "vitest";
import { type RunResult, serializeRunResult } from "../../../harness/core/run-result.ts";

/** A folder for the files of a test. */
export interface ResultFolder {
  readonly path: string;
  /** Writes a file, by its path in the folder, and gives its whole path. */
  write(name: string, text: string): string;
  /** Writes a run's result, just so. */
  save(name: string, run: RunResult): string;
}

/** An empty folder for each test of a file, gone after it. */
export function resultFolder(): ResultFolder {
  let path = "";
  beforeEach(() => {
    const made = mkdtempSync(join(tmpdir(), "bench-results-"));
    onTestFinished(() => rmSync(made, { recursive: true }));
    path = made;
  });
  const write = (name: string, text: string): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  return {
    get path() {
      return path;
    },
    write,
    save: (name, run) => write(name, serializeRunResult(run)),
  };
}
