/** The names of all reports, as the command line knows them: apart from the reports, which take a while to be loaded. */
export const REPORT_NAMES = [
  "html",
  "text",
  "why",
  "json",
  "markdown",
  "junit",
  "github",
  "csv",
  "benchmark",
] as const;

/** One of {@link REPORT_NAMES}. */
export type ReportName = (typeof REPORT_NAMES)[number];
