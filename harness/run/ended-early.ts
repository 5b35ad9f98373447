import { BenchError, messageOf } from "../core/errors.ts";
import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";

/** Why a run ended before its end, and what to exit with then. */
export interface EndedEarly {
  /** In one line. */
  readonly by: string;
  readonly exitCode: ExitCode;
}

/** What a result says that is written in the middle of a run, should nothing be written afterwards. */
export const UNFINISHED: EndedEarly = {
  by: "the run did not come to its end",
  exitCode: EXIT_CODES.unexpected,
};

/** What an error, or the abort of the signal that it followed from, says of the run that it ended. */
export function whyEnded(error: unknown, signal: AbortSignal): EndedEarly {
  if (signal.aborted)
    return { by: `interrupted by ${String(signal.reason)}`, exitCode: EXIT_CODES.interrupted };
  const exitCode = error instanceof BenchError ? error.exitCode : EXIT_CODES.unexpected;
  return { by: messageOf(error), exitCode };
}
