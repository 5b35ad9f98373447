/** A row by the names of its columns. Integers may be texts of digits: `Number` reads both. */
export type Row = Readonly<Record<string, unknown>>;

/** A database that can be read and not written: each answer is what was committed when it was asked. */
export interface SqlReader {
  /** What a query gives. A `?` in it stands for a parameter, in their order. */
  rows(sql: string, parameters: readonly number[]): Promise<readonly Row[]>;
  /** Lets go of it. */
  close(): Promise<void>;
}
