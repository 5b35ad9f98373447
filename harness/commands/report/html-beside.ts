import { writeFileSync } from "node:fs";
import { REPORTS } from "../../../reports/index.ts";
import type { RunResult } from "../../core/run-result.ts";
import { picturesOf } from "./pictures.ts";

/** Where the HTML report of a result goes that is told no other place: beside it. */
export function besidePath(resultPath: string): string {
  return `${resultPath.replace(/\.json$/u, "")}${REPORTS.html.ending}`;
}

/** Writes the HTML report of a result beside it, and gives its path. Throws what `writeFileSync` does. */
export function writeHtmlBeside(result: RunResult, resultPath: string): string {
  const path = besidePath(resultPath);
  writeFileSync(path, REPORTS.html.render(result, { pictures: picturesOf(result, resultPath) }));
  return path;
}
