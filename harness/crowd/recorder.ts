import type { CounterMetric, ExactMetric, Metric, MetricLabels } from "../core/metric.ts";
import { type LatencyPoint, latency, METRIC_NAMES } from "../core/metric-names.ts";
import type { Micros } from "../core/units.ts";
import { AnatomyLedger, type AnatomyTransfer, type SourceOf } from "../measure/anatomy-ledger.ts";
import { ByteLedger, type ByteTransfer } from "../measure/byte-ledger.ts";
import { counter } from "../measure/figures.ts";
import { LatencyRecorder, type LatencyTransfer } from "../measure/latency-recorder.ts";
import { CheckLedger, type CheckTransfer } from "../oracle/check-ledger.ts";

/** What is to be in a report of what was measured so far: what costs something to tell can be left out. */
export interface ReportOrder {
  /** Where the bytes of frames went. */
  readonly anatomy: boolean;
  /** What frames would have taken deflated. It waits until all so far have been. */
  readonly deflated: boolean;
}

/** All of it. */
export const WHOLE_REPORT: ReportOrder = { anatomy: true, deflated: true };

/** What a recorder holds, as plain data. */
export interface RecorderTransfer {
  readonly bytes: readonly ByteTransfer[];
  readonly anatomy: readonly AnatomyTransfer[];
  readonly checks: CheckTransfer;
  readonly liveViewVersion: string | undefined;
  readonly metrics: readonly Metric[];
  readonly latencies: readonly (Pick<Latencies, "name" | "labels"> & { readonly samples: LatencyTransfer })[];
}

/** The latencies of one mode and operation, to one point. */
interface Latencies {
  readonly name: string;
  readonly labels: MetricLabels;
  readonly recorder: LatencyRecorder;
}

/** The checks that compare lists. */
const LIST_CHECKS = ["user-vs-oracle", "chrome-vs-oracle", "chrome-vs-user", "chrome-vs-frames"] as const;

/** What a run has measured and checked so far; a result can be made from it at any time. */
export class RunRecorder {
  readonly bytes = new ByteLedger();
  readonly anatomy = new AnatomyLedger();
  /** Tells where a mode's templates are written; no metric says so where nobody knows. */
  sourceOf: (mode: string) => SourceOf = () => () => undefined;
  readonly checks: CheckLedger;
  /** What the server calls its version in its answers to joins; undefined before the first. */
  liveViewVersion: string | undefined;
  readonly #metrics: Metric[] = [];
  readonly #latencies = new Map<string, Latencies>();

  /** @param messages how many were written, changed and deleted so far. Default: nobody counts */
  constructor(messages?: () => number) {
    this.checks = new CheckLedger(undefined, messages);
  }

  /** Takes one latency, from the due time of an operation to a point. */
  latency(mode: string, operation: string, point: LatencyPoint, latencyUs: Micros, dueUs: Micros): void {
    this.latencies(latency(operation, point), { mode, operation }).record(latencyUs, dueUs);
  }

  /** What was measured and checked so far, for the recorder of another process. */
  toTransfer({ anatomy }: Pick<ReportOrder, "anatomy"> = WHOLE_REPORT): RecorderTransfer {
    return {
      bytes: this.bytes.toTransfer(),
      anatomy: anatomy ? this.anatomy.toTransfer() : [],
      checks: this.checks.toTransfer(),
      liveViewVersion: this.liveViewVersion,
      metrics: this.#metrics,
      latencies: [...this.#latencies.values()].map(({ name, labels, recorder }) => ({
        name,
        labels,
        samples: recorder.toTransfer(),
      })),
    };
  }

  /** Adds what another recorder holds. */
  addTransfer({ bytes, anatomy, checks, liveViewVersion, metrics, latencies }: RecorderTransfer): void {
    this.bytes.addTransfer(bytes);
    this.anatomy.addTransfer(anatomy);
    this.checks.addTransfer(checks);
    this.liveViewVersion ??= liveViewVersion;
    this.add(...metrics);
    for (const { name, labels, samples } of latencies) this.latencies(name, labels).addTransfer(samples);
  }

  /** Where the latencies of a name are recorded, to be asked once by who has many. */
  latencies(name: string, labels: MetricLabels): LatencyRecorder {
    const key = `${labels.mode} ${name}`;
    let entry = this.#latencies.get(key);
    if (entry === undefined) {
      entry = { name, labels, recorder: new LatencyRecorder() };
      this.#latencies.set(key, entry);
    }
    return entry.recorder;
  }

  /** Takes metrics that were made elsewhere. Counters of one name and mode are one, whichever process counted. */
  add(...metrics: readonly (Metric | undefined)[]): void {
    for (const metric of metrics) {
      if (metric === undefined) continue;
      const at = this.#metrics.findIndex((known) => isSameCounter(known, metric));
      const known = this.#metrics[at];
      if (known?.kind === "counter" && metric.kind === "counter") this.#metrics[at] = summed(known, metric);
      else this.#metrics.push(metric);
    }
  }

  /** All metrics so far. */
  metrics(): Metric[] {
    const latencies = [...this.#latencies.values()].map(({ name, labels, recorder }) =>
      recorder.metric(name, labels),
    );
    return [
      ...this.bytes.metrics().map((metric) => this.#withAnatomy(metric)),
      ...latencies.filter((metric) => metric !== undefined),
      ...this.#metrics,
      ...this.#mismatches(),
    ];
  }

  #withAnatomy(metric: ExactMetric): ExactMetric {
    const { mode, operation, case: caseName } = metric;
    if (mode === undefined || operation === undefined) return metric;
    const anatomy = this.anatomy.of(mode, operation, caseName, this.sourceOf(mode));
    return anatomy === undefined ? metric : { ...metric, anatomy };
  }

  /** Lists that were not as they should have been, by mode. */
  #mismatches(): Metric[] {
    const byMode = new Map<string, number>();
    const { kinds } = this.checks.checks();
    for (const kind of LIST_CHECKS) {
      for (const [mode, { failed }] of Object.entries(kinds[kind]?.modes ?? {})) {
        byMode.set(mode, (byMode.get(mode) ?? 0) + failed);
      }
    }
    return [...byMode].map(([mode, failed]) => counter(METRIC_NAMES.domMismatches, failed, { mode }));
  }
}

function isSameCounter(a: Metric, b: Metric): boolean {
  return (
    a.kind === "counter" &&
    b.kind === "counter" &&
    a.name === b.name &&
    a.mode === b.mode &&
    a.operation === b.operation
  );
}

function summed(a: CounterMetric, b: CounterMetric): CounterMetric {
  const rates = [a.values.ratePerSec, b.values.ratePerSec].filter((rate) => rate !== undefined);
  const rate = rates.reduce((sum, one) => sum + one, 0);
  const value = a.values.value + b.values.value;
  return { ...a, values: rates.length === 0 ? { value } : { value, ratePerSec: rate } };
}
