import type { RunResult } from "../../harness/core/run-result.ts";
import { count } from "../quantities.ts";
import { type ThresholdRow, thresholdRows } from "../threshold-rows.ts";
import { html, type Markup } from "./markup.ts";
import { details, type Section, tableMarkup } from "./parts.ts";

/** More than these that held are folded up. */
const SEEN_HELD = 12;

/** What had to hold, and whether it did. */
export function thresholds(result: RunResult): Section | null {
  const rows = thresholdRows(result);
  if (rows.length === 0) return null;
  const held = rows.filter(({ word }) => word === "passed");
  const crossed = rows.filter(({ word }) => word !== "passed");
  const isFolded = held.length > SEEN_HELD;
  const seen = isFolded ? crossed : [...crossed, ...held];
  return {
    id: "thresholds",
    title: "Thresholds",
    short: "Thresholds",
    lead: `${held.length} of ${count(rows.length, "threshold")} held.`,
    body: [
      seen.length > 0 && table("Thresholds", seen),
      isFolded && details(`${held.length} that held`, table("Thresholds that held", held)),
    ],
  };
}

function table(caption: string, rows: readonly ThresholdRow[]): Markup {
  const body = rows.map(
    ({ word, mark, name, expression, actual, why }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td class="figure"><code>${expression}</code></td><td class="figure">${actual}${why !== "" && html` <small>${why}</small>`}</td><td class="figure"><span class="word ${mark}">${word}</span></td></tr>`,
  );
  return tableMarkup(caption, ["Metric", "Condition", "Value", "Verdict"], html`<tbody>${body}</tbody>`);
}
