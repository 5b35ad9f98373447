/** Where a benchmark says what it found. */
export interface BenchmarkIo {
  /** Takes a line of the report, without a line feed. */
  readonly print: (line: string) => void;
  /** Takes a line about what is being done. */
  readonly progress: (line: string) => void;
  /** Whether what takes minutes is left out. */
  readonly skipsLong: boolean;
}

/** A benchmark: a file beside this one, and a line in `index.ts`. */
export interface Benchmark {
  readonly name: string;
  /** What is measured, for a person, in a line. */
  readonly describe: string;
  /** @returns the targets that were missed, a sentence each */
  run(io: BenchmarkIo): Promise<readonly string[]>;
}
