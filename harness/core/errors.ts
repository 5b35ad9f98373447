import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";

/** What a {@link BenchError} is made from. */
export interface BenchErrorOptions {
  /** A stable name, in kebab-case, by which failures are grouped: `port-in-use`. */
  readonly code: string;
  /** What the process exits with when nothing else handles the error. Default: 1, unexpected. */
  readonly exitCode?: ExitCode;
  /** The error underneath, shown only with `--debug`. */
  readonly cause?: unknown;
}

/**
 * An error that a user of `bench` can act on. The message says in one line what was wrong, where, and what
 * to do about it; it is printed without a stack trace unless `--debug` is given.
 */
export class BenchError extends Error {
  override readonly name: string = "BenchError";
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(message: string, options: BenchErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.exitCode = options.exitCode ?? EXIT_CODES.unexpected;
  }
}

/** A command line, scenario, file or environment that cannot be used: exit code 104. */
export class UsageError extends BenchError {
  override readonly name = "UsageError";

  constructor(message: string, options: { readonly code: string; readonly cause?: unknown }) {
    super(message, { ...options, exitCode: EXIT_CODES.usage });
  }
}

/** The text of anything that was thrown. Where each of several addresses was tried in vain, it is in the parts alone. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === "")
    return thrown.errors.map(messageOf).join("; ");
  return thrown instanceof Error ? thrown.message : String(thrown);
}
