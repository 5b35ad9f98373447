import type { RunResult } from "../harness/core/run-result.ts";
import { renderBenchmark } from "./benchmark.ts";
import { renderCsv } from "./csv.ts";
import { renderGithub } from "./github.ts";
import type { Pictures } from "./html/failures.ts";
import { renderHtml } from "./html.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import type { ReportName } from "./report-names.ts";
import type { Style } from "./style.ts";
import { renderText } from "./text.ts";
import { renderWhy } from "./why.ts";

/** What a report is rendered with beside the result; each heeds what it can use. */
export interface RenderSettings {
  /** How text is marked on a terminal. Default: not at all. */
  readonly style?: Style;
  /** The width of the terminal, in characters. Default: not known. */
  readonly columns?: number | undefined;
  /** Pictures of failures, as `data:` URIs, by what the result calls their files. Default: none. */
  readonly pictures?: Pictures;
}

/** A way to render a run, from its result alone. */
export interface Report {
  /** One line for `--help`. */
  readonly description: string;
  /** What its files end with. */
  readonly ending: string;
  /** The result as text. */
  readonly render: (result: RunResult, settings?: RenderSettings) => string;
}

/** All reports, by the name that the command line knows them by. One more is one file, a line here and its name. */
export const REPORTS = {
  html: {
    description: "one file that opens in a browser, with charts",
    ending: ".html",
    render: (result, { pictures } = {}) => renderHtml(result, pictures),
  },
  text: {
    description: "a table for the terminal, with the modes side by side",
    ending: ".txt",
    render: (result, { style, columns } = {}) => renderText(result, style, columns),
  },
  why: {
    description: "where the bytes of each operation went, by slot, and hints",
    ending: ".txt",
    render: (result, { style, columns } = {}) => renderWhy(result, style, columns),
  },
  json: { description: "the result itself", ending: ".json", render: renderJson },
  markdown: {
    description: "tables for a pull request or GITHUB_STEP_SUMMARY",
    ending: ".md",
    render: renderMarkdown,
  },
  junit: { description: "XML for a CI's list of tests", ending: ".xml", render: renderJunit },
  github: { description: "annotations of GitHub Actions", ending: ".txt", render: renderGithub },
  csv: { description: "every value of every metric, a line each", ending: ".csv", render: renderCsv },
  benchmark: {
    description: "customSmallerIsBetter of github-action-benchmark",
    ending: ".json",
    render: renderBenchmark,
  },
} as const satisfies Record<ReportName, Report>;
