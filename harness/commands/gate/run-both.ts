import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownModule } from "../../core/own-module.ts";
import { parseRunResult, type RunResult } from "../../core/run-result.ts";
import { type Side, turns } from "../../gate/turns.ts";
import { checkOut, output } from "./checkout.ts";
import type { Runs } from "./read-runs.ts";

/** Runs of two commits that are to be compared. */
export interface BothOptions {
  /** As git takes it. The other side is the working copy. */
  readonly base: string;
  readonly scenario: string;
  /** How often each side is run. */
  readonly repeats: number;
  /** Further words for `bench run`. */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const OWN_ENTRY = ownModule("../../bin", import.meta.url);

/** How often a run is made again that was void: the machine did something else meanwhile. */
const MOST_VOID = 3;

/**
 * Checks the base out and runs both in turn, each in its own folder and, where that has a `bench` of its own, by that one.
 *
 * @throws UsageError where the base cannot be had, or a run gives no result
 */
export async function runBoth(options: BothOptions): Promise<Readonly<Record<Side, Runs>>> {
  const { base, repeats, cwd, signal, say } = options;
  await using checkout = await checkOut(base, { cwd, signal, say });
  const folders: Record<Side, string> = { base: checkout.folder, head: cwd };
  const results: Record<Side, RunResult[]> = { base: [], head: [] };
  for (const side of turns(repeats, Math.random)) {
    say(`${side}: run ${results[side].length + 1} of ${repeats}`);
    results[side].push(await believableRun(folders[side], side, options));
  }
  return { base: atLeastOne(results.base), head: atLeastOne(results.head) };
}

/** A run that is not void, if there is one in a few. */
async function believableRun(folder: string, side: Side, options: BothOptions): Promise<RunResult> {
  for (let again = 0; ; again += 1) {
    const result = await runIn(folder, side, options);
    if (result.verdict !== "void" || again === MOST_VOID) return result;
    options.say(`${side}: void, once more: ${result.generator.reasons.join(" ")}`);
  }
}

async function runIn(
  folder: string,
  side: Side,
  { scenario, words, signal }: BothOptions,
): Promise<RunResult> {
  const out = mkdtempSync(join(tmpdir(), "bench-run-"));
  try {
    const own = join(folder, "harness/bin.ts");
    const entry = existsSync(own) ? own : OWN_ENTRY;
    const argv = [entry, "run", scenario, "--json", "--quiet", "--out", out, ...words];
    return parseRunResult(await output(process.execPath, argv, folder, signal), `the result of ${side}`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function atLeastOne(results: readonly RunResult[]): Runs {
  const [first, ...others] = results;
  if (first === undefined) throw new RangeError("no run was asked for");
  return [first, ...others];
}
