import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { BenchError } from "../core/errors.ts";
import { parseRunResult, type RunResult } from "../core/run-result.ts";

/** A run of a scenario in a process of its own. */
export interface BenchRun {
  /** The program: `harness/bin.ts`. */
  readonly entryPath: string;
  readonly scenario: string;
  readonly options: readonly string[];
  /** Where the result goes. */
  readonly outDir: string;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Runs `bench run` in a process that is told nothing but its command line, and gives its result.
 *
 * @throws BenchError `self-test` where it gives none
 */
export async function benchRun({
  entryPath,
  scenario,
  options,
  outDir,
  signal,
}: BenchRun): Promise<RunResult> {
  const child = spawn(
    process.execPath,
    [entryPath, "run", scenario, "--json", "--quiet", "--workers", "1", "--out", outDir, ...options],
    { stdio: ["ignore", "pipe", "pipe"], signal, killSignal: "SIGINT" },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (stdout.trim() === "") {
    throw new BenchError(
      `bench run ${scenario} ended with ${code ?? "a signal"} and no result: ${stderr.trim()}`,
      {
        code: "self-test",
      },
    );
  }
  return parseRunResult(stdout, scenario);
}
