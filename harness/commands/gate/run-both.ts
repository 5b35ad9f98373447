import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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

const OWN_ENTRY = fileURLToPath(new URL("../../bin.ts", import.meta.url));

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
    results[side].push(await runIn(folders[side], side, options));
  }
  return { base: atLeastOne(results.base), head: atLeastOne(results.head) };
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
