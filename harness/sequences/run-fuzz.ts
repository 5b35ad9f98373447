import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";
import type { FuzzOptions } from "../core/fuzz.ts";
import type { Io } from "../core/io.ts";
import { progressOn, SILENT } from "../run/progress.ts";
import { type FuzzRun, fuzzOnce } from "./fuzz-loop.ts";
import { differenceReport, type FuzzCount, fuzzSummary } from "./fuzz-report.ts";
import { SEQUENCE_MODES, type SequenceMode } from "./sequence.ts";
import { openSequenceStage } from "./sequence-stage.ts";

/**
 * Does random sequences in each mode, in turn, until one goes wrong: so many, or for so long.
 *
 * @param openStage for tests. Default: a server, a Chrome and a simulated user of its own
 * @returns 98 where one went wrong, which is printed as a test
 */
export async function runFuzz(
  options: FuzzOptions,
  { stdout, stderr, env, signal }: Io,
  openStage: typeof openSequenceStage = openSequenceStage,
): Promise<ExitCode> {
  const { seed, runs, steps, durationMs } = options;
  const modes = (options.modes ?? SEQUENCE_MODES) as readonly SequenceMode[];
  const progress = options.quiet ? SILENT : progressOn(stderr);
  const counts = new Map<SequenceMode, FuzzCount>(modes.map((mode) => [mode, { runs: 0, compared: 0 }]));
  const nowMs = () => performance.now();
  await using stage = await openStage({ env, signal, say: progress.say });
  const beganMs = nowMs();
  const over = (round: number) =>
    signal.aborted || (durationMs === undefined ? round >= runs : nowMs() - beganMs >= durationMs);
  const summary = () =>
    fuzzSummary({ counts, steps, seed, chrome: stage.chromeVersion, durationMs: nowMs() - beganMs });
  try {
    for (let round = 0; !over(round); round += 1) {
      for (const mode of modes) {
        if (durationMs !== undefined && over(round)) break;
        const run: FuzzRun = { mode, seed: (seed + round) % 2 ** 32, steps };
        progress.update("doing sequences", `${round + 1}${durationMs ? "" : ` of ${runs}`}, ${mode}`);
        const { compared, difference } = await fuzzOnce(run, {
          ...stage.performance,
          nowMs,
          signal,
          onDifference: (message) => {
            progress.say(`${mode}, seed ${run.seed}: ${message}`);
            progress.update("making it shorter");
          },
        });
        const count = counts.get(mode) as FuzzCount;
        counts.set(mode, { runs: count.runs + 1, compared: count.compared + compared });
        if (difference === null) continue;
        progress.end();
        stdout.write(`${summary()}\n${differenceReport(difference)}`);
        return EXIT_CODES.incorrect;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    progress.end();
  }
  stdout.write(summary());
  if (signal.aborted) {
    stdout.write("INTERRUPTED: no difference so far, exit code 105\n");
    return EXIT_CODES.interrupted;
  }
  stdout.write("PASSED: no difference, exit code 0\n");
  return EXIT_CODES.passed;
}
