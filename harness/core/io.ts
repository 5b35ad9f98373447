import type { TextStream } from "./text-stream.ts";

/** What a command is given of its process, so that a test can be the process. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: TextStream;
  /** Progress, warnings and errors. */
  readonly stderr: TextStream;
  readonly env: NodeJS.ProcessEnv;
  /** The folder the command was started from; relative paths of the user start there. */
  readonly cwd: string;
  /** Aborted by the first Ctrl-C (SIGINT), SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}
