import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BenchError, messageOf } from "../../core/errors.ts";
import { ownModule } from "../../core/own-module.ts";
import { parseRunResult, type RunResult } from "../../core/run-result.ts";
import { output } from "./checkout.ts";

/** A run that is one of several. */
export interface OneOfRuns {
  /** What its side or variant is called. */
  readonly name: string;
  /** What `bench run` is given: the scenario, and options. */
  readonly words: readonly string[];
  /** The folder that it is run in. */
  readonly cwd: string;
  /** The program that runs it. Default: this one. */
  readonly entry?: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const OWN_ENTRY = ownModule("../../bin", import.meta.url);

/** How often a run is made again that was void: the machine did something else meanwhile. */
const MOST_VOID = 3;

/**
 * A run in a process of its own that is not void, if there is one in a few.
 *
 * @throws BenchError `no-result` where it gives none
 */
export async function believableRun(options: OneOfRuns): Promise<RunResult> {
  for (let again = 0; ; again += 1) {
    const result = await runOnce(options);
    if (result.verdict !== "void" || again === MOST_VOID) return result;
    options.say(`${options.name}: void, once more: ${result.generator.reasons.join(" ")}`);
  }
}

async function runOnce({ name, words, cwd, entry = OWN_ENTRY, signal }: OneOfRuns): Promise<RunResult> {
  const out = mkdtempSync(join(tmpdir(), "bench-run-"));
  try {
    const argv = [entry, "run", ...words, "--json", "--quiet", "--out", out];
    return parseRunResult(await output(process.execPath, argv, cwd, signal), `the result of ${name}`);
  } catch (cause) {
    signal.throwIfAborted();
    const why = messageOf(cause).replace(/^bench: /, "");
    throw new BenchError(`${name} gave no result: ${why}`, { code: "no-result", cause });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
