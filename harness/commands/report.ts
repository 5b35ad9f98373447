import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { REPORT_NAMES } from "../../reports/report-names.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { parseRunResult } from "../core/run-result.ts";
import { showsColour } from "../core/text-stream.ts";
import type { Command } from "./command.ts";
import { oneOf, path } from "./option-values.ts";
import { readOptions } from "./read-options.ts";
import { LATEST, latestResult } from "./report/find-result.ts";

const options = {
  format: {
    kind: "value",
    description: `How it is rendered: ${REPORT_NAMES.join(", ")}`,
    otherwise: "html",
    values: REPORT_NAMES,
  },
  out: {
    kind: "value",
    description: "File that it is written to",
    otherwise: "html: beside the result; else standard output",
  },
} satisfies Command["options"];

/** `bench report <run>`: renders a saved result again. */
export const report: Command = {
  description: "Render the saved result of a run: as HTML, text, JSON, Markdown, JUnit, and more",
  argument: {
    name: "run",
    description: `A file that bench run wrote, or ${LATEST}: of bench-results`,
    values: [LATEST],
  },
  options,
  examples: [
    ["bench report latest", "HTML beside the result; prints its path"],
    ["bench report latest --format markdown >> $GITHUB_STEP_SUMMARY", "tables on the page of a CI run"],
    [
      "bench report bench-results/quickstart-2026-01-02T03-04-05Z.json --format junit --out junit.xml",
      "for a CI's list of tests",
    ],
  ],
  run: async ({ run, ...args }, { cwd, stdout, env }) => {
    const schema = z.object({ format: oneOf(REPORT_NAMES).default("html"), out: path(cwd).optional() });
    const { format, out } = readOptions(options, schema, args);
    const [{ REPORTS }, { besidePath }, { picturesOf }] = await Promise.all([
      import("../../reports/index.ts"),
      import("./report/html-beside.ts"),
      import("./report/pictures.ts"),
    ]);
    const from = run === LATEST ? latestResult(resolve(cwd, "bench-results")) : resolve(cwd, String(run));
    const result = parseRunResult(read(from), from);
    const to = out ?? (format === "html" ? besidePath(from) : undefined);
    const text = REPORTS[format].render(result, {
      style: to === undefined && showsColour(stdout, env) ? ANSI : PLAIN,
      columns: to === undefined ? stdout.columns : undefined,
      ...(format === "html" ? { pictures: picturesOf(result, from) } : {}),
    });
    if (to === undefined) {
      stdout.write(text);
    } else {
      write(to, text);
      stdout.write(`${to}\n`);
    }
    return EXIT_CODES.passed;
  },
};

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { code: "unreadable-file", cause });
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const message = `${file} cannot be written: ${messageOf(cause)}. Say where by --out.`;
    throw new UsageError(message, { code: "cannot-write-report", cause });
  }
}
