import { readFile } from "node:fs/promises";

/** Reads a file as text; rejects where there is none. */
export type ReadText = (path: string) => Promise<string>;

/** Reads a file of `/proc`. */
export const readText: ReadText = (path) => readFile(path, "utf8");
