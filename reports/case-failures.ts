import type { CaseDifference, CaseResult } from "../harness/core/case-result.ts";
import { count } from "./quantities.ts";
import { PLAIN, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

/** How many cases are told in full, each in one mode. The result holds all of them. */
const TOLD_FAILURES = 20;

const WHO = { Chrome: "Chrome", user: "simulated user" } as const satisfies Record<
  CaseDifference["who"],
  string
>;

/** The cases that failed: where they were first not as they must be, with what had to be there and what was. */
export function caseFailures(cases: readonly CaseResult[], width: number, style: Style = PLAIN): string[] {
  const failed = cases.flatMap(({ id, name, modes }) =>
    Object.entries(modes).flatMap(([mode, outcome]) =>
      outcome.outcome === "failed" ? [{ head: `${id} in ${mode}: ${name}`, of: outcome.differences }] : [],
    ),
  );
  if (failed.length === 0) return [];
  const told = failed.slice(0, TOLD_FAILURES);
  const title =
    told.length === failed.length
      ? `${count(failed.length, "case")} failed`
      : `${count(failed.length, "case")} failed, of which the first ${told.length}`;
  return [
    style.bold(title),
    ...told.flatMap(({ head, of }) => [
      "",
      ...wrap(head, width - 2).map((line) => `  ${style.bad(line)}`),
      ...of.flatMap((difference) => differenceLines(difference, width)),
    ]),
  ];
}

function differenceLines({ who, step, what, expected, actual }: CaseDifference, width: number): string[] {
  return [
    ...wrap(`${WHO[who]}, ${step}: ${what}`, width - 5).map((line) => `     ${line}`),
    ...labelled("expected", expected, width),
    ...labelled("actual", actual, width),
  ];
}

function labelled(label: string, rows: readonly string[], width: number): string[] {
  const text = rows.length === 0 ? "(nothing)" : rows.join(" · ");
  const [first = "", ...rest] = wrap(text, width - 17);
  return [`       ${label.padEnd(10)}${first}`, ...rest.map((line) => `${" ".repeat(17)}${line}`)];
}
