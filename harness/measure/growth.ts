import { mean } from "simple-statistics";
import type { MetricLabels, SlopeMetric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { type Point, slopeOf } from "./slope.ts";

/** Memory at a time. */
export interface MemoryReading {
  /** Of any clock that goes on evenly. */
  readonly atMs: number;
  readonly bytes: number;
}

/** Whether memory grows, and by how much. */
export interface Growth {
  readonly verdict: "leaks" | "does not grow" | "cannot be told";
  /** One sentence that says why, with its figures. */
  readonly reason: string;
  /** Bytes per hour, with their 95 % interval; null where there are too few readings. */
  readonly perHour: SlopeMetric["values"] | null;
}

const HOUR_MS = 3_600_000;
/** The part of the time, from the first reading on, in which caches fill and code is compiled. */
const WARM_UP_SHARE = 0.25;
/** Fewer readings than this after the warm-up say nothing. */
const LEAST_READINGS = 8;
/** Growth below this many standard deviations of the readings around their line is lost in them. */
const SCATTER_FLOOR = 2;
/** Growth below this share of what is held is nothing to look for. */
const SHARE_FLOOR = 0.01;

/**
 * Judges readings of memory over time, in their order. The rule: the first quarter of the time is warm-up and left out. A line is
 * laid through the others. What matters is a growth over that time of more than a floor: twice the scatter of the readings
 * around the line (their standard deviation), or 1 % of their mean if that is more.
 *
 * - `leaks`: the growth is above the floor, and the 95 % interval of the slope above 0
 * - `does not grow`: even the upper end of the interval stays within the floor
 * - `cannot be told`: neither, or fewer than eight readings; a longer run tells
 *
 * The interval takes the readings for independent of each other, which a garbage collector does not quite let them be: readings
 * after a collection, and seconds apart, are.
 */
export function growthOf(readings: readonly MemoryReading[]): Growth {
  const firstMs = readings[0]?.atMs ?? 0;
  const lastMs = readings.at(-1)?.atMs ?? firstMs;
  const warmUntilMs = firstMs + (lastMs - firstMs) * WARM_UP_SHARE;
  const points: Point[] = readings
    .filter(({ atMs }) => atMs >= warmUntilMs)
    .map(({ atMs, bytes }) => ({ x: (atMs - firstMs) / HOUR_MS, y: bytes }));
  const perHour = points.length < LEAST_READINGS ? undefined : slopeOf(points);
  if (perHour === undefined || perHour.low === null || perHour.high === null) {
    const reason = `${points.length} readings after the warm-up are too few: it takes ${LEAST_READINGS}.`;
    return { verdict: "cannot be told", reason, perHour: null };
  }
  const hours = (lastMs - warmUntilMs) / HOUR_MS;
  const floor = Math.max(
    SCATTER_FLOOR * scatter(points, perHour),
    SHARE_FLOOR * mean(points.map(({ y }) => y)),
  );
  const grown = perHour.perUnit * hours;
  const range = `${megabytes(perHour.low * hours)} to ${megabytes(perHour.high * hours)}`;
  const facts = `grew by ${megabytes(grown)} (95 %: ${range}) within ${Math.round(hours * 60)} min`;
  if (perHour.low > 0 && grown > floor) {
    return { verdict: "leaks", reason: `It ${facts}, more than ${megabytes(floor)}.`, perHour };
  }
  if (perHour.high * hours <= floor) {
    return { verdict: "does not grow", reason: `It ${facts}, within ${megabytes(floor)}.`, perHour };
  }
  const reason = `It ${facts}, which is not to be told from ${megabytes(floor)}: a longer run tells.`;
  return { verdict: "cannot be told", reason, perHour };
}

/** The growth of the server's memory as a metric; undefined where there were too few readings. */
export function serverGrowthMetric({ perHour }: Growth, labels: MetricLabels = {}): SlopeMetric | undefined {
  if (perHour === null) return undefined;
  return { name: METRIC_NAMES.serverMemoryGrowth, ...labels, unit: "bytes", kind: "slope", values: perHour };
}

/** The standard deviation of points around their line. */
function scatter(points: readonly Point[], { perUnit, intercept }: SlopeMetric["values"]): number {
  const squares = points.reduce((sum, { x, y }) => sum + (y - intercept - perUnit * x) ** 2, 0);
  return Math.sqrt(squares / (points.length - 2));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
