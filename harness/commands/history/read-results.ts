import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { messageOf, UsageError } from "../../core/errors.ts";
import { RECORDINGS_FILE } from "../../core/recording.ts";
import { parseRunResult, type RunResult } from "../../core/run-result.ts";
import { whyUnfit } from "../../gate/comparable.ts";
import { COMPARISON_FILE, isFolder, readText } from "../gate/read-runs.ts";

/** Runs that were found, in any order, and the files that were left out, a sentence each. */
export interface FoundRuns {
  readonly runs: readonly RunResult[];
  readonly leftOut: readonly string[];
}

/**
 * Reads results that may be of any scenarios and times. What cannot be read, or is not to be believed, is left out and said; what
 * is there twice counts once.
 *
 * @param words files that `bench run` wrote, or folders, of which all such files are read, those in folders below them too
 * @param cwd where relative paths start
 * @throws UsageError `unreadable-file` for a word that is no file and no folder
 */
export function readResults(words: readonly string[], cwd: string): FoundRuns {
  const paths = new Set(words.flatMap((word) => filesOf(resolve(cwd, word))));
  const runs = new Map<string, RunResult>();
  const leftOut: string[] = [];
  for (const path of paths) {
    const name = relative(cwd, path);
    try {
      const run = parseRunResult(readText(path), name);
      const why = whyUnfit(run);
      if (why === null) runs.set(`${run.scenario} ${run.startedAt}`, run);
      else leftOut.push(`${name}: ${why}`);
    } catch (error) {
      leftOut.push(messageOf(error));
    }
  }
  return { runs: [...runs.values()], leftOut };
}

/** What bench writes beside results. */
const OTHERS: readonly string[] = [RECORDINGS_FILE, COMPARISON_FILE];

function filesOf(path: string): string[] {
  if (!isFolder(path)) {
    readText(path);
    return [path];
  }
  try {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && !OTHERS.includes(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${messageOf(cause)}`, { code: "unreadable-file", cause });
  }
}
