import type { LiveFigures } from "./live-figures.ts";
import type { RunResult, ThresholdVerdict } from "./run-result.ts";

/** A page that a browser shows, and what it may load and run (Content-Security-Policy). */
export interface DashboardPage {
  readonly html: string;
  readonly policy: string;
}

/** What the page of a run that goes on is told, each second in which somebody has it open. JSON. */
export interface DashboardState {
  /** Figures to be read: a name, its value, and what is beside it. */
  readonly tiles: readonly {
    readonly label: string;
    readonly value: string;
    readonly note: string;
    readonly isBad: boolean;
  }[];
  /** How far the step is, 0 to 1; null where nobody knows how long it lasts. */
  readonly share: number | null;
  /** The next point of the charts over time. */
  readonly point: DashboardPoint;
  /** Latency of the operation that goes on, as it was each second: milliseconds since the epoch, p50 and p99 in milliseconds. */
  readonly latency: {
    readonly label: string;
    readonly points: readonly (readonly [atMs: number, p50Ms: number, p99Ms: number])[];
  } | null;
  readonly thresholds: readonly DashboardThreshold[];
}

/** A threshold as it stands. */
export interface DashboardThreshold {
  readonly name: string;
  readonly expression: string;
  readonly actual: string;
  readonly state: "holds" | "crossed" | "no sample";
  readonly isError: boolean;
}

/** What happened in a second. */
export interface DashboardPoint {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly begunPerSec: number;
  /** Null: of the mode nothing was shown before. */
  readonly bytesPerSec: number | null;
  /** Of the generator process that was busiest. */
  readonly cpuPercent: number;
}

/** How a run ended. JSON. */
export interface DashboardEnd {
  readonly verdict: RunResult["verdict"];
  readonly sentence: string;
  readonly reasons: readonly string[];
  readonly thresholds: readonly DashboardThreshold[];
  /** Where the result and its report are, as paths. */
  readonly files: readonly { readonly what: string; readonly path: string }[];
}

/** Figures, and what is needed beside them to tell what happened since those of before. */
export interface DashboardFigures {
  readonly figures: LiveFigures;
  readonly atMs: number;
  readonly thresholds: readonly ThresholdVerdict[];
}

/** How a dashboard is rendered. */
export interface DashboardRenderer {
  readonly page: (scenario: string) => DashboardPage;
  /** @param before what was shown last, of whatever mode or step; null for nothing */
  readonly state: (now: DashboardFigures, before: DashboardFigures | null) => DashboardState;
  readonly end: (result: RunResult, files: DashboardEnd["files"]) => DashboardEnd;
}
