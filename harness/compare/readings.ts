import type { ComparedReading } from "../core/compare-report.ts";
import type { ExactMetric, Metric, Unit } from "../core/metric.ts";
import { METRIC_NAMES, operationOfServerCpu } from "../core/metric-names.ts";
import { caseOf } from "../core/step.ts";
import { isDeflated } from "../gate/exact-entries.ts";
import { NOISY_RULES } from "../gate/noisy-verdict.ts";
import type { Sample } from "./variant.ts";

/** One figure of one repeat. */
export interface Reading {
  readonly metric: string;
  readonly operation?: string;
  /** What a case of the operation is called. */
  readonly title?: string;
  readonly reading: ComparedReading;
  readonly unit: Unit;
  /** Which values are the better ones. */
  readonly better: "lower" | "higher";
  /** Whether it is the same on every run with the same seed, so that a single one tells it. */
  readonly repeats: boolean;
  readonly value: number;
}

/** Gauges that tell what something costs; those of the harness itself are not what is compared. */
const GAUGES: readonly string[] = [
  METRIC_NAMES.chromeHeap,
  METRIC_NAMES.wireReceivedPerConnection,
  METRIC_NAMES.wireSentPerConnection,
];

const SLOPES: readonly string[] = [
  METRIC_NAMES.serverMemoryPerConnection,
  METRIC_NAMES.serverMemoryPerActiveConnection,
];

/** Of these more is better. */
const RATES: readonly string[] = [METRIC_NAMES.mountRequests];

/**
 * What is compared of a repeat: sizes of operations, or of their cases where these are measured; latencies from when they were
 * due, with enough samples; the server's processor time; memory; pages served a second.
 */
export function readingsOf({ run, mode }: Sample): Reading[] {
  const { metrics, configuration } = run;
  const cases = configuration.steps.flatMap((step) => caseOf(step) ?? []);
  const titles = new Map(cases.map(({ operation, name, title }) => [`${operation} ${name}`, title]));
  const told = new Set(cases.map(({ operation }) => operation as string));
  const own = metrics.filter((metric) => metric.mode === mode);
  const names = new Set(own.map(({ name }) => name));
  return own.flatMap((metric): Reading[] => {
    const { name, operation, case: caseName } = metric;
    // An operation is told by its cases; a page is up to date some microseconds after its frame.
    if (caseName === undefined && metric.kind === "exact" && told.has(operation ?? "")) return [];
    if (name.endsWith(".page") && names.has(name.replace(/\.page$/, ".frame"))) return [];
    const title = caseName === undefined ? undefined : titles.get(`${operation} ${caseName}`);
    return valuesOf(metric, configuration.fixed === true).map((one) => ({
      metric: name,
      ...(operation === undefined ? {} : { operation }),
      ...(title === undefined ? {} : { title }),
      unit: metric.unit,
      better: RATES.includes(name) ? "higher" : "lower",
      repeats: false,
      ...one,
    }));
  });
}

type Value = Pick<Reading, "reading" | "value"> & Partial<Pick<Reading, "repeats">>;

function valuesOf(metric: Metric, isFixed: boolean): Value[] {
  switch (metric.kind) {
    case "exact": {
      // A frame deflated by itself tells little: connections that compress keep their context.
      if (metric.name.endsWith(".deflated.bytes")) return [];
      return [{ ...sizeOf(metric), repeats: isFixed || !isDeflated(metric) }];
    }
    case "distribution": {
      if (metric.unit !== "us" || metric.name.endsWith("uncorrected")) return [];
      const { count, ...values } = metric.values;
      return (["p50", "p99"] as const)
        .filter((reading) => count >= NOISY_RULES.samples[reading])
        .map((reading) => ({ reading, value: values[reading] }));
    }
    case "slope":
      if (!SLOPES.includes(metric.name) || metric.values.count < NOISY_RULES.samples.perUnit) return [];
      return [{ reading: "perUnit", value: metric.values.perUnit }];
    case "gauge":
      return GAUGES.includes(metric.name) || operationOfServerCpu(metric.name) !== null
        ? [{ reading: "value", value: metric.values.value }]
        : [];
    case "counter": {
      const { ratePerSec } = metric.values;
      return RATES.includes(metric.name) && ratePerSec !== undefined
        ? [{ reading: "rate", value: ratePerSec }]
        : [];
    }
    default:
      return metric satisfies never;
  }
}

/** Of a case the size that most receivers got, of several such the smallest: who takes part in it gets something else. */
function sizeOf({ case: caseName, sizes = [], values }: ExactMetric): Value {
  if (caseName === undefined) return { reading: "mean", value: values.mean };
  const [commonest] = sizes.toSorted((a, b) => b.count - a.count || a.value - b.value);
  return { reading: "common", value: commonest?.value ?? values.mean };
}
