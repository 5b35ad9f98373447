import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Variants } from "../../compare/compare.ts";
import type { Variant } from "../../compare/variant.ts";
import { messageOf } from "../../core/errors.ts";
import type { RunResult } from "../../core/run-result.ts";
import { comparedOf, differences } from "../../gate/comparable.ts";
import { isFolder, readRuns, resultsIn } from "../gate/read-runs.ts";
import { variantOf, variantsOf } from "./variants.ts";

/** What was read, and all that is wrong with it, a sentence each. */
export interface GivenVariants {
  readonly variants: Variants | null;
  readonly problems: readonly string[];
}

/** What one word names: a file, or a folder of repeats. */
interface Source {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

interface ReadSource extends Source {
  readonly runs: readonly RunResult[];
}

/**
 * The variants in results that were given. They are told by the modes of the results. Where all have the same one, by the names
 * of files or folders, and where folders share several, by both. Files that share several modes are repeats of one run.
 *
 * @param words files that `bench run` wrote, folders of repeats, or folders of such folders, as `bench compare` writes them
 * @param cwd where relative paths start
 */
export function givenVariants(words: readonly string[], cwd: string): GivenVariants {
  const problems: string[] = [];
  const sources = words.flatMap((word) => sourcesOf(word, cwd, problems));
  const read = named(sources).map((source): ReadSource => {
    const { runs, problems: own } = readRuns([source.path], cwd);
    problems.push(...own);
    return { ...source, runs: runs ?? [] };
  });
  const scenarios = [...new Set(read.flatMap(({ runs }) => runs.map(({ scenario }) => scenario)))];
  if (scenarios.length > 1) problems.push(`they are runs of several scenarios: ${scenarios.join(", ")}`);
  const [first, second, ...others] = grouped(read);
  if (problems.length > 0) return { variants: null, problems };
  if (first === undefined || second === undefined) {
    const why = `there is one variant alone: ${first?.name ?? "none"}. Give the results of another mode, or of another run.`;
    return { variants: null, problems: [why] };
  }
  return { variants: [first, second, ...others], problems };
}

function grouped(read: readonly ReadSource[]): Variant[] {
  const all = read.flatMap(({ runs }) => runs);
  const modes = [...new Set(all.flatMap(({ configuration }) => configuration.modes))];
  if (modes.length === 1 || read.some((one) => read.some((other) => areApart(one, other)))) {
    return read.flatMap(({ name, runs }) => variantsOf(name, runs));
  }
  return modes.flatMap((mode) =>
    variantOf(
      mode,
      all.filter(({ configuration }) => configuration.modes.includes(mode)).map((run) => ({ run, mode })),
    ),
  );
}

/** Whether two sources that share a mode are no repeats of each other. */
function areApart(one: ReadSource, other: ReadSource): boolean {
  const [a] = one.runs;
  const [b] = other.runs;
  if (one === other || a === undefined || b === undefined) return false;
  if (!a.configuration.modes.some((mode) => b.configuration.modes.includes(mode))) return false;
  return one.isFolder || other.isFolder || differences(comparedOf(a), comparedOf(b)).length > 0;
}

function sourcesOf(word: string, cwd: string, problems: string[]): Source[] {
  const path = resolve(cwd, word);
  if (!isFolder(path)) return [{ name: basename(word).replace(/\.json$/, ""), path, isFolder: false }];
  try {
    const within = readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && resultsIn(join(path, entry.name)).length > 0)
      .map(({ name }) => ({ name, path: join(path, name), isFolder: true }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    if (resultsIn(path).length === 0 && within.length > 0) return within;
  } catch (error) {
    problems.push(messageOf(error));
    return [];
  }
  return [{ name: basename(path), path, isFolder: true }];
}

/** The sources by names that tell them apart: those that are called alike by their paths. */
function named(sources: readonly Source[]): Source[] {
  return sources.map((source) => {
    const isShared = sources.some((other) => other !== source && other.name === source.name);
    return isShared ? { ...source, name: source.path } : source;
  });
}
