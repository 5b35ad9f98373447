import type { CompareReport } from "../../../harness/core/compare-report.ts";
import type { Metric } from "../../../harness/core/metric.ts";
import { METRIC_NAMES } from "../../../harness/core/metric-names.ts";
import { around, compared, variant } from "../../harness/compare/variants.ts";
import { latencies, sizes } from "../../harness/gate/runs.ts";

/** What one mode is in a sample: invented figures. */
interface Mode {
  readonly name: string;
  readonly insert: number;
  readonly delete: number;
  readonly reply: number;
  readonly latencyUs: number;
  readonly memory: number;
}

const MODES: readonly Mode[] = [
  { name: "stream", insert: 538, delete: 105, reply: 102, latencyUs: 11_000, memory: 20_100 },
  { name: "stateful", insert: 489, delete: 3532, reply: 102, latencyUs: 11_010, memory: 25_200 },
  { name: "keyed", insert: 489, delete: 121, reply: 102, latencyUs: 12_500, memory: 26_000 },
  { name: "resend", insert: 7750, delete: 5116, reply: 102, latencyUs: 15_000, memory: 21_000 },
  { name: "append", insert: 301, delete: 110, reply: 102, latencyUs: 11_020, memory: 23_700 },
];

function metricsOf({ name, ...figures }: Mode, repeat: number): Metric[] {
  const operation = (of: string, size: number) => ({
    ...sizes(`payload.${of}.bytes`, name, [size]),
    operation: of,
  });
  return [
    operation("reply", figures.reply),
    operation("insert", figures.insert),
    operation("delete", figures.delete),
    latencies("latency.insert.frame", name, around(figures.latencyUs, repeat), 4 * figures.latencyUs),
    {
      name: METRIC_NAMES.serverMemoryPerConnection,
      mode: name,
      unit: "bytes",
      kind: "slope",
      values: { perUnit: figures.memory + repeat, intercept: 0, low: null, high: null, count: 5 },
    },
  ];
}

/** A comparison of so many modes, each run so often. */
export function sampleReport(modes: number, repeats: number): CompareReport {
  const [first, second, ...others] = MODES.slice(0, modes).map((mode, place) =>
    variant(mode.name, place, repeats, (repeat) => metricsOf(mode, repeat), { scenario: "quickstart" }),
  );
  if (first === undefined || second === undefined) throw new RangeError("it takes two modes");
  return compared(first, second, ...others);
}
