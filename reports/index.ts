import type { RunResult } from "../harness/core/run-result.ts";
import type { Style } from "./style.ts";
import { renderText } from "./text.ts";
import { renderWhy } from "./why.ts";

/** A way to render a run, from its result alone. */
export interface Report {
  /** One line for `--help`. */
  readonly description: string;
  /** The result as text. Only reports for a terminal heed its style and its width in characters. */
  readonly render: (result: RunResult, style?: Style, columns?: number) => string;
}

/** All reports, by the name that the command line knows them by. One more is one file and one line. */
export const REPORTS = {
  text: { description: "a table for the terminal, with the modes side by side", render: renderText },
  why: { description: "where the bytes of each operation went, by slot, and hints", render: renderWhy },
} as const satisfies Record<string, Report>;

/** The name of a report. */
export type ReportName = keyof typeof REPORTS;
