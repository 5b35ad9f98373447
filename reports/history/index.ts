import type { HistoryReport } from "../../harness/core/history-report.ts";
import { renderHistoryMarkdown } from "./markdown.ts";
import { type HistorySettings, renderHistoryText } from "./text.ts";

/** A way to render what became of figures. */
export interface HistoryFormat {
  /** One line for `--help`. */
  readonly description: string;
  readonly render: (report: HistoryReport, settings?: HistorySettings) => string;
}

/** All formats of `bench history`, by the name that the command line knows them by. */
export const HISTORY_FORMATS = {
  text: { description: "for the terminal", render: renderHistoryText },
  markdown: { description: "tables for the page of a CI run", render: renderHistoryMarkdown },
  json: { description: "everything", render: (report) => `${JSON.stringify(report, undefined, 2)}\n` },
} as const satisfies Record<string, HistoryFormat>;

/** The name of a format. */
export type HistoryFormatName = keyof typeof HISTORY_FORMATS;
