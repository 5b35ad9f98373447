import type { Metric } from "../harness/core/metric.ts";
import { NO_VALUE } from "./quantities.ts";
import type { Cell, Row } from "./table.ts";

/** What stands for a figure that was not measured. */
export const MISSING: Cell = { text: NO_VALUE, style: "dim" };

/**
 * A row of figures. Where they carry a `rank` the lowest is marked, unless all are equal: only exact bytes and
 * memory are ranked, since a difference between two latencies of one run is mostly noise. They are ranked by whole bytes:
 * nobody sees a smaller difference.
 */
export function measured(
  label: string,
  modes: readonly string[],
  figureOf: (mode: string) => { readonly text: string; readonly rank?: number } | undefined,
): Row {
  const figures = modes.map((mode) => {
    const figure = figureOf(mode);
    return figure?.rank === undefined ? figure : { ...figure, rank: Math.round(figure.rank) };
  });
  const ranks = figures.flatMap((figure) => (figure?.rank === undefined ? [] : [figure.rank]));
  const best = new Set(ranks).size > 1 ? Math.min(...ranks) : undefined;
  const cells = figures.map((figure): Cell => {
    if (!figure) return MISSING;
    return best !== undefined && figure.rank === best ? { ...figure, style: "good" } : figure;
  });
  return { label, cells };
}

/** The metric of a name, a mode and a kind. */
export function find<Kind extends Metric["kind"]>(
  metrics: readonly Metric[],
  name: string,
  mode: string,
  kind: Kind,
) {
  return metrics.find(
    (metric): metric is Extract<Metric, { kind: Kind }> =>
      metric.name === name && metric.mode === mode && metric.kind === kind,
  );
}
