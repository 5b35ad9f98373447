import type { ExactMetric } from "../harness/core/metric.ts";
import { payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { caseOf } from "../harness/core/step.ts";
import { find, measured } from "./figure-rows.ts";
import { integer, spread } from "./quantities.ts";
import type { Row } from "./table.ts";

/** How much is said of sizes that differ: their mean and their ends, or the mean alone. */
export type Detail = "spread" | "mean";

/** The operations that every report lists, in this order; others are listed behind them where they were seen. */
const OPERATIONS = ["join", "insert", "update", "delete", "prepend"];

/** What operations are called in a report, where their name alone would not tell. */
const OPERATION_LABELS: Readonly<Record<string, string>> = {
  reply: "reply, nothing changed",
  components: "reply, components gone",
  other: "change beside the list",
};

const HEADINGS = {
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
export function payloadRows({ metrics, configuration }: RunResult, detail: Detail): Row[] {
  const { modes, steps } = configuration;
  const seen = metrics.flatMap(({ kind, operation }) => (kind === "exact" && operation ? [operation] : []));
  const operations = [...new Set([...OPERATIONS, ...seen])];
  const cases = steps.flatMap((step) => caseOf(step) ?? []);
  const told = cases.length === 0 ? detail : "common";
  const row = (label: string, name: string) =>
    measured(label, modes, (mode) => {
      const metric = find(metrics, name, mode, "exact");
      return metric && FIGURES[told](metric);
    });
  const rows = operations
    .filter((operation) => seen.includes(operation))
    .flatMap((operation) => {
      const own = cases.filter((measuredCase) => measuredCase.operation === operation);
      if (own.length === 0) return [row(OPERATION_LABELS[operation] ?? operation, payloadBytes(operation))];
      return own.map(({ name, title }) => row(title, payloadBytes(operation, name)));
    });
  return rows.length === 0 ? [] : [{ label: HEADINGS[told] }, ...rows];
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
function commonest(sizes: ExactMetric["sizes"] = []): number | undefined {
  return sizes.toSorted((a, b) => b.count - a.count || a.value - b.value)[0]?.value;
}
