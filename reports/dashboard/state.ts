import type {
  DashboardFigures,
  DashboardPoint,
  DashboardState,
  DashboardThreshold,
} from "../../harness/core/dashboard.ts";
import type { LiveFigures } from "../../harness/core/live-figures.ts";
import type { ThresholdVerdict } from "../../harness/core/run-result.ts";
import { latencyGoingOn, received } from "../live-readings.ts";
import { count, duration, integer, memory, NO_VALUE, time } from "../quantities.ts";
import { thresholdRows } from "../threshold-rows.ts";

/** From where on the harness should be looked after, in percent of a core. */
const BUSY_PERCENT = 80;

/** What the page of a run that goes on is told. @param before what it was told last; null for nothing */
export function dashboardState(now: DashboardFigures, before: DashboardFigures | null): DashboardState {
  const { figures, thresholds } = now;
  const { elapsedMs, lastsMs } = figures;
  const point = pointOf(now, before);
  return {
    tiles: tilesOf(figures, point),
    share: lastsMs === null || lastsMs === 0 ? null : Math.min(1, elapsedMs / lastsMs),
    point,
    latency: latencyOf(figures),
    thresholds: dashboardThresholds(thresholds),
  };
}

/** Thresholds as they stand, in their order. */
export function dashboardThresholds(thresholds: readonly ThresholdVerdict[]): DashboardThreshold[] {
  return thresholds.flatMap((one) =>
    thresholdRows({ thresholds: [one] }).map(({ name, expression, actual }) => ({
      ...{ name, expression, actual },
      state: one.actual === null ? "no sample" : one.passed ? "holds" : "crossed",
      isError: one.level === "error",
    })),
  );
}

/** Since what was told before, where that is of the same step; otherwise since the step began. */
function pointOf({ figures, atMs }: DashboardFigures, before: DashboardFigures | null): DashboardPoint {
  const isSameMode = before !== null && before.figures.mode === figures.mode && before.atMs < atMs;
  const isSameStep = isSameMode && before.figures.step === figures.step;
  const perSec = (more: number, ms: number) => (ms <= 0 ? 0 : Math.max(0, (more * 1000) / ms));
  return {
    atMs,
    begunPerSec: isSameStep
      ? perSec(figures.done - before.figures.done, figures.elapsedMs - before.figures.elapsedMs)
      : perSec(figures.done, figures.elapsedMs),
    bytesPerSec: isSameMode
      ? perSec(received(figures).bytes - received(before.figures).bytes, atMs - before.atMs)
      : null,
    cpuPercent: Math.round(Math.max(0, ...figures.processes.map(({ cpuPercent }) => cpuPercent))),
  };
}

function latencyOf(figures: LiveFigures): DashboardState["latency"] {
  const metric = latencyGoingOn(figures);
  if (metric?.overTime === undefined) return null;
  const { beganAtMs, points } = metric.overTime;
  return {
    label: `${metric.operation ?? "latency"} to the frame`,
    points: points.map(({ atMs, p50, p99 }) => [beganAtMs + atMs, p50 / 1000, p99 / 1000] as const),
  };
}

function tilesOf(
  figures: LiveFigures,
  { begunPerSec, bytesPerSec }: DashboardPoint,
): DashboardState["tiles"] {
  const { users, browsers, elapsedMs, lastsMs, checks, processes } = figures;
  const latency = latencyGoingOn(figures);
  const of = (value: number | undefined) => (value === undefined ? NO_VALUE : time(value));
  const operation =
    latency === undefined ? "no sample yet" : `${latency.operation ?? "latency"} to the frame`;
  const all = received(figures);
  const dropped = processes.reduce((sum, one) => sum + one.droppedStarts, 0);
  const busiest = Math.round(Math.max(0, ...processes.map(({ cpuPercent }) => cpuPercent)));
  const late = processes.flatMap(({ loopDelayUs }) => (loopDelayUs === null ? [] : [loopDelayUs.p99]));
  const tile = (label: string, value: string, note: string, isBad = false) => ({ label, value, note, isBad });
  return [
    tile("Users", integer(users), browsers === 0 ? "no Chrome" : `and ${count(browsers, "Chrome")}`),
    tile(
      "Left of the step",
      lastsMs === null ? NO_VALUE : duration(Math.max(0, lastsMs - elapsedMs)),
      `${duration(elapsedMs)} so far`,
    ),
    tile("Begun a second", begunPerSec.toFixed(1), `${integer(figures.done)} in this step`),
    tile("Failed checks", integer(checks.failed), `of ${integer(checks.made)}`, checks.failed > 0),
    tile("p50", of(latency?.values.p50), operation),
    tile(
      "p99",
      of(latency?.values.p99),
      latency === undefined ? operation : `at most ${time(latency.values.max)}`,
    ),
    tile(
      "Received a second",
      bytesPerSec === null ? NO_VALUE : memory(bytesPerSec),
      `${count(all.frames, "frame")}, ${memory(all.bytes)} in all`,
    ),
    tile(
      "The harness",
      `${busiest} %`,
      `of a core; ${late.length === 0 ? NO_VALUE : time(Math.max(...late))} late at p99${dropped === 0 ? "" : `; ${count(dropped, "start")} dropped`}`,
      busiest >= BUSY_PERCENT || dropped > 0,
    ),
  ];
}
