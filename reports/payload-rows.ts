import type { ExactMetric } from "../harness/core/metric.ts";
import { deflatedBytes, deflatedTakeoverBytes, payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { caseOf } from "../harness/core/step.ts";
import { find, measured } from "./figure-rows.ts";
import { integer, NO_VALUE, spread } from "./quantities.ts";
import type { Row } from "./table.ts";

/** How much is said of one figure: of sizes their mean and their ends, or the mean alone; of pairs both, or one. */
export type Detail = "spread" | "mean";

/** The operations that every report lists, in this order; others are listed behind them where they were seen. */
export const OPERATIONS: readonly string[] = ["join", "insert", "update", "delete", "prepend"];

/** What operations are called in a report, where their name alone would not tell. */
const OPERATION_LABELS: Readonly<Record<string, string>> = {
  reply: "reply, nothing changed",
  components: "reply, components gone",
  other: "change beside the list",
  reset: "another list",
  mixed: "several at once",
};

/** What an operation is called in a report. */
export const operationLabel = (operation: string): string => OPERATION_LABELS[operation] ?? operation;

/** Headings over sizes, by what is told of them. */
export const HEADINGS = {
  spread: "Bytes that one viewer receives: mean (least–most)",
  mean: "Bytes that one viewer receives: mean",
  common: "Bytes that one viewer receives: the most frequent size",
} as const;

interface Figure {
  readonly text: string;
  readonly rank: number;
}

/**
 * What operations cost. Where steps measure cases, an operation is shown by its cases: each of them is one thing that
 * happens once, so that most viewers receive the same, and only who takes part in it something else.
 */
export function payloadRows(result: RunResult, detail: Detail): Row[] {
  const { metrics, configuration } = result;
  const told = configuration.steps.some((step) => caseOf(step) !== undefined) ? "common" : detail;
  const rows = operationsOf(result).map(({ label, operation, caseName }) =>
    measured(label, configuration.modes, (mode) => {
      const metric = find(metrics, payloadBytes(operation, caseName), mode, "exact");
      return metric && FIGURES[told](metric);
    }),
  );
  return rows.length === 0 ? [] : [{ label: HEADINGS[told] }, ...rows];
}

/**
 * The same deflated, as the witness got it who has no part in anything, with what came before it as the context; in full detail
 * each frame by itself in front of that.
 */
export function deflatedRows(result: RunResult, detail: Detail): Row[] {
  const { metrics, configuration } = result;
  const rows = operationsOf(result).map(({ label, operation, caseName }) =>
    measured(label, configuration.modes, (mode) => {
      const alone = find(metrics, deflatedBytes(operation, caseName), mode, "exact");
      const inContext = find(metrics, deflatedTakeoverBytes(operation, caseName), mode, "exact");
      if (alone === undefined || inContext === undefined) return undefined;
      const { mean } = inContext.values;
      const text = detail === "mean" ? integer(mean) : `${integer(alone.values.mean)} / ${integer(mean)}`;
      return { text, rank: mean };
    }),
  );
  const seen = rows.filter(({ cells = [] }) => cells.some(({ text }) => text !== NO_VALUE));
  return seen.length === 0 ? [] : [{ label: DEFLATED[detail] }, ...seen];
}

const DEFLATED: Readonly<Record<Detail, string>> = {
  spread: "Deflated, for one who looks on: alone / with context take-over",
  mean: "Deflated with context take-over, for one who looks on",
};

/** An operation, or one case of it, and what it is called. */
export interface ToldOperation {
  readonly label: string;
  readonly operation: string;
  readonly caseName: string | undefined;
}

/** The operations that were seen, or their cases where these are measured, in the order in which they are told. */
export function operationsOf({ metrics, configuration }: RunResult): ToldOperation[] {
  const seen = metrics.flatMap(({ name, kind, operation }) =>
    kind === "exact" && operation !== undefined && name.startsWith("payload.") ? [operation] : [],
  );
  const cases = configuration.steps.flatMap((step) => caseOf(step) ?? []);
  const told = [...new Set([...OPERATIONS, ...seen])].filter((operation) => seen.includes(operation));
  return told.flatMap((operation): ToldOperation[] => {
    const own = cases.filter((measuredCase) => measuredCase.operation === operation);
    if (own.length === 0) return [{ label: operationLabel(operation), operation, caseName: undefined }];
    return own.map(({ name, title }) => ({ label: title, operation, caseName: name }));
  });
}

const FIGURES: Readonly<Record<keyof typeof HEADINGS, (metric: ExactMetric) => Figure | undefined>> = {
  spread: ({ values }) => ({ text: spread(values), rank: values.mean }),
  mean: ({ values }) => number(values.mean),
  common: ({ sizes }) => {
    const size = commonest(sizes);
    return size === undefined ? undefined : number(size);
  },
};

const number = (value: number): Figure => ({ text: integer(value), rank: value });

/** The size that was seen most often, of several the smallest; undefined where sizes were not kept. */
export function commonest(sizes: ExactMetric["sizes"] = []): number | undefined {
  return sizes.toSorted((a, b) => b.count - a.count || a.value - b.value)[0]?.value;
}
