/** How a report marks text. Styles add no visible character, so a report reads the same without them. */
export interface Style {
  /** Headings. */
  bold(text: string): string;
  /** What is there for completeness. */
  dim(text: string): string;
  /** Passed, or the best of a row. */
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

const same = (text: string) => text;

/** No style at all: for files, pipes and tests. */
export const PLAIN: Style = { bold: same, dim: same, good: same, bad: same, warn: same };

/** Colours by ANSI escape sequences (ECMA-48, "select graphic rendition"): for terminals only. */
export const ANSI: Style = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  bad: (text) => `\u001b[31m${text}\u001b[39m`,
  warn: (text) => `\u001b[33m${text}\u001b[39m`,
};
