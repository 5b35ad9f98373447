import type { GateReport } from "../../harness/core/gate-report.ts";
import type { Style } from "../style.ts";
import { renderGateGithub } from "./github.ts";
import { renderGateMarkdown } from "./markdown.ts";
import { renderGateText } from "./text.ts";

/** A way to render a gate's verdict. */
export interface GateFormat {
  /** One line for `--help`. */
  readonly description: string;
  /** Only those for a terminal heed the style and the width in characters. */
  readonly render: (report: GateReport, style?: Style, columns?: number) => string;
}

/** All formats of `bench gate`, by the name that the command line knows them by. */
export const GATE_FORMATS = {
  text: { description: "for the terminal", render: renderGateText },
  json: { description: "everything", render: (report) => `${JSON.stringify(report, undefined, 2)}\n` },
  markdown: { description: "a table for a pull request", render: renderGateMarkdown },
  github: { description: "annotations of GitHub Actions", render: renderGateGithub },
} as const satisfies Record<string, GateFormat>;

/** The name of a format. */
export type GateFormatName = keyof typeof GATE_FORMATS;
