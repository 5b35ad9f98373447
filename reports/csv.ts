import type { RunResult } from "../harness/core/run-result.ts";

const COLUMNS = [
  "scenario",
  "started_at",
  "mode",
  "metric",
  "operation",
  "case",
  "kind",
  "unit",
  "value_of",
  "value",
];

/**
 * Every value of every metric, a line each, as CSV with a heading: `value_of` is `p99`, `mean`, `count`. Lines end with CR LF and
 * texts that need it are in quotes, as RFC 4180 has it. What a spreadsheet would take for a formula begins with `'`.
 */
export function renderCsv({ scenario, startedAt, metrics }: RunResult): string {
  const rows = metrics.flatMap((metric) =>
    Object.entries(metric.values).map(([which, value]) => [
      ...[scenario, startedAt, metric.mode ?? "", metric.name, metric.operation ?? "", metric.case ?? ""],
      ...[metric.kind, metric.unit, which],
      value === null ? "" : Number(value),
    ]),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
