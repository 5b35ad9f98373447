import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../core/run-result.ts";
import { type Side, turns } from "../../gate/turns.ts";
import { believableRun } from "./believable-run.ts";
import { checkOut } from "./checkout.ts";
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

const SIDES: readonly Side[] = ["base", "head"];

/**
 * Checks the base out and runs both in turn, each in its own folder and, where that has a `bench` of its own, by that one.
 *
 * @throws UsageError where the base cannot be had, or a run gives no result
 */
export async function runBoth(options: BothOptions): Promise<Readonly<Record<Side, Runs>>> {
  const { base, scenario, words, repeats, cwd, signal, say } = options;
  await using checkout = await checkOut(base, { cwd, signal, say });
  const folders: Record<Side, string> = { base: checkout.folder, head: cwd };
  const results: Record<Side, RunResult[]> = { base: [], head: [] };
  for (const side of turns(SIDES, repeats, Math.random)) {
    say(`${side}: run ${results[side].length + 1} of ${repeats}`);
    const folder = folders[side];
    const own = join(folder, "harness/bin.ts");
    const entry = existsSync(own) ? { entry: own } : {};
    results[side].push(
      await believableRun({ ...entry, name: side, words: [scenario, ...words], cwd: folder, signal, say }),
    );
  }
  return { base: atLeastOne(results.base), head: atLeastOne(results.head) };
}

function atLeastOne(results: readonly RunResult[]): Runs {
  const [first, ...others] = results;
  if (first === undefined) throw new RangeError("no run was asked for");
  return [first, ...others];
}
