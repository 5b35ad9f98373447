import { type CompareReport, serializeCompareReport } from "../../harness/core/compare-report.ts";
import type { Style } from "../style.ts";
import type { CompareFormatName } from "./format-names.ts";
import { renderCompareHtml } from "./html.ts";
import { renderCompareMarkdown } from "./markdown.ts";
import { renderCompareText } from "./text.ts";

/** A way to render a comparison. */
export interface CompareFormat {
  /** One line for `--help`. */
  readonly description: string;
  /** Only those for a terminal heed the style and the width in characters. */
  readonly render: (report: CompareReport, style?: Style, columns?: number) => string;
}

/** All formats of `bench compare`. One more is one file, a line here and its name. */
export const COMPARE_FORMATS = {
  text: { description: "for the terminal", render: renderCompareText },
  markdown: { description: "a table for a pull request", render: renderCompareMarkdown },
  json: { description: "everything", render: serializeCompareReport },
  html: { description: "one file that opens in a browser, with intervals drawn", render: renderCompareHtml },
} as const satisfies Record<CompareFormatName, CompareFormat>;
