import type { CaseOutcome, CaseResult } from "../harness/core/case-result.ts";
import { NO_VALUE } from "./quantities.ts";
import { PLAIN, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

const GAP = 2;
/** The word of the widest cell: `failed`. */
const LEAST_COLUMN = 6;

/**
 * The cases by mode, a line each: whether it held, failed, or the letter of the reason why it was not done. Names that are too
 * long go on below themselves.
 */
export function caseTable(
  cases: readonly CaseResult[],
  modes: readonly string[],
  width: number,
  style: Style = PLAIN,
): string[] {
  const reasons = reasonsIn(cases);
  const widths = modes.map((mode) => Math.max(LEAST_COLUMN, mode.length));
  const idWidth = Math.max(...cases.map(({ id }) => id.length));
  const columns = widths.reduce((sum, column) => sum + GAP + column, 0);
  const nameWidth = Math.max(20, width - idWidth - 2 * GAP - columns);
  const gap = " ".repeat(GAP);
  const indent = " ".repeat(GAP + idWidth + GAP);
  const heading = modes.map((mode, at) => gap + style.bold(mode.padStart(widths[at] ?? 0))).join("");
  const lines = cases.flatMap(({ id, name, modes: outcomes }) => {
    const cells = modes.map((mode, at) => {
      const { text, mark } = caseCell(outcomes[mode], reasons);
      const padding = " ".repeat(GAP + Math.max(0, (widths[at] ?? 0) - text.length));
      return padding + (mark === undefined ? text : style[mark](text));
    });
    const [first = "", ...rest] = wrap(name, nameWidth - GAP);
    const line = `${gap}${id.padEnd(idWidth)}${gap}${first.padEnd(nameWidth - GAP)}${cells.join("")}`;
    return [line, ...rest.map((more) => indent + more)];
  });
  return [
    `${" ".repeat(indent.length + nameWidth - GAP)}${heading}`,
    style.dim("─".repeat(indent.length + nameWidth - GAP + columns)),
    ...lines,
  ];
}

/** Why cases were not done, by their letters in the table; none where all were. */
export function caseReasons(cases: readonly CaseResult[], width: number, style: Style = PLAIN): string[] {
  const reasons = reasonsIn(cases);
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap((reason, at) => {
    const [first = "", ...rest] = wrap(reason, width - 5);
    return [`  ${letterOf(at).padEnd(2)} ${first}`, ...rest.map((more) => `     ${more}`)];
  });
  return [style.bold("Not done, and no part of the verdict, because"), ...lines];
}

/** A case in a mode: whether it held, failed, or the letter of the reason why it was not done. */
export function caseCell(
  outcome: CaseOutcome | undefined,
  reasons: readonly string[],
): { readonly text: string; readonly mark?: keyof Style } {
  switch (outcome?.outcome) {
    case "held":
      return { text: "held" };
    case "failed":
      return { text: "failed", mark: "bad" };
    case "left-out":
      return { text: letterOf(reasons.indexOf(outcome.reason)), mark: "dim" };
    case undefined:
      return { text: NO_VALUE };
    default:
      return outcome satisfies never;
  }
}

/** Why cases were not done, in the order in which the table has them: the first is `a`. */
export function reasonsIn(cases: readonly CaseResult[]): string[] {
  const all = cases.flatMap(({ modes }) =>
    Object.values(modes).flatMap((outcome) => (outcome.outcome === "left-out" ? [outcome.reason] : [])),
  );
  return [...new Set(all)];
}

/** The letter of a reason: `a` to `z`, then `aa`. */
export function letterOf(index: number): string {
  const letter = String.fromCharCode("a".charCodeAt(0) + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}
