import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { messageOf, UsageError } from "../../core/errors.ts";
import { parseRunResult, type RunResult } from "../../core/run-result.ts";
import { comparedOf, differences, whyUnfit } from "../../gate/comparable.ts";

/** Runs that can be compared with each other, in the order of their beginning; at least one. */
export type Runs = readonly [RunResult, ...RunResult[]];

/** What was read, and all that is wrong with it, a sentence each. */
export interface ReadRuns {
  readonly runs: Runs | null;
  readonly problems: readonly string[];
}

/**
 * Reads the results of repeats of one run.
 *
 * @param words files that `bench run` wrote, or folders of them, of which all are read
 * @param cwd where relative paths start
 */
export function readRuns(words: readonly string[], cwd: string): ReadRuns {
  const problems: string[] = [];
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(messageOf(error));
      return undefined;
    }
  };
  const paths = words.flatMap((word) => attempt(() => filesOf(resolve(cwd, word))) ?? []);
  const read = paths.flatMap((path) => {
    const run = attempt(() => parseRunResult(readText(path), path));
    return run === undefined ? [] : [{ path, run }];
  });
  for (const { path, run } of read) {
    const why = whyUnfit(run);
    if (why !== null) problems.push(`${path} cannot be used: ${why}`);
  }
  const [first, ...others] = read;
  for (const { path, run } of others) {
    const differing = first === undefined ? [] : differences(comparedOf(first.run), comparedOf(run));
    if (differing.length > 0) {
      problems.push(`${path} is no repeat of ${first?.path}: ${differing.join("; ")}`);
    }
  }
  const [one, ...more] = read.map(({ run }) => run).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return { runs: one === undefined ? null : [one, ...more], problems };
}

/**
 * The text of a file.
 *
 * @throws UsageError `unreadable-file`
 */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${messageOf(cause)}`, { code: "unreadable-file", cause });
  }
}

/** Whether there is a folder of that name. What is not there is none: who reads it says so. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Throws what is wrong: as it is, or a line each below a first one. */
export function refuseFor(problems: readonly string[]): never {
  const message =
    problems.length === 1 ? problems.join() : [`${problems.length} problems:`, ...problems].join("\n  ");
  throw new UsageError(message, { code: "unusable-files" });
}

/** What `bench compare` writes into the folder of the folders of its results: no result itself. */
export const COMPARISON_FILE = "comparison.json";

/** The names of the results in a folder, sorted. Throws what `readdirSync` does. */
export function resultsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== COMPARISON_FILE)
    .sort();
}

/** A file is itself; a folder is the results in it. */
function filesOf(path: string): string[] {
  if (!isFolder(path)) return [path];
  const names = resultsIn(path);
  if (names.length === 0) {
    throw new UsageError(`${basename(path)} has no result in it, which ends in .json`, {
      code: "unreadable-file",
    });
  }
  return names.map((name) => join(path, name));
}
