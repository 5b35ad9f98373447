import { linearRegression, mean } from "simple-statistics";
import type { MetricLabels, SlopeMetric, Unit } from "../core/metric.ts";
import { studentT95 } from "./student-t.ts";

/** A reading: so many connections, so many bytes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The line through points by ordinary least squares: what one more of `x` costs in `y`. `low` and `high` are
 * the 95 % confidence bounds of `perUnit` (`perUnit ± t(0.975, n - 2) * standard error`), null for two points.
 * Undefined for fewer than two different `x`, where there is no line.
 */
export function slopeOf(points: readonly Point[]): SlopeMetric["values"] | undefined {
  if (new Set(points.map(({ x }) => x)).size < 2) return undefined;
  const { m: perUnit, b: intercept } = linearRegression(points.map(({ x, y }) => [x, y]));
  const count = points.length;
  if (count === 2) return { perUnit, intercept, low: null, high: null, count };
  const middle = mean(points.map(({ x }) => x));
  const spread = points.reduce((sum, { x }) => sum + (x - middle) ** 2, 0);
  const residual = points.reduce((sum, { x, y }) => sum + (y - (intercept + perUnit * x)) ** 2, 0);
  const margin = studentT95(count - 2) * Math.sqrt(residual / (count - 2) / spread);
  return { perUnit, intercept, low: perUnit - margin, high: perUnit + margin, count };
}

/** How many points a metric keeps, to be drawn. */
const MOST_POINTS = 100;

/** {@link slopeOf} as a metric, in `unit` per one of `x`, with the points; undefined where there is no line. */
export function slopeMetric(
  name: string,
  unit: Unit,
  points: readonly Point[],
  labels: MetricLabels = {},
): SlopeMetric | undefined {
  const values = slopeOf(points);
  const every = Math.ceil(points.length / MOST_POINTS);
  const kept = points.filter((_, at) => at % every === 0);
  return values && { name, ...labels, unit, kind: "slope", values, points: kept };
}
