import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { DistributionMetric, Metric } from "../../harness/core/metric.ts";
import { latency, METRIC_NAMES } from "../../harness/core/metric-names.ts";
import { parseRunResult, type RunResult } from "../../harness/core/run-result.ts";
import { time } from "../../reports/quantities.ts";
import { type Row, table } from "../../reports/table.ts";
import type { Benchmark } from "./benchmark.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const USERS = 5000;
const DURATION = "10s";
/** The rate that is judged. */
const TARGET_RATE = 10;
const TARGET_P99_US = 500_000;
/** Tried one after the other, as long as each holds; the last one that does is the highest. */
const RATES = [2, 4, 6, 8, TARGET_RATE, 12, 15, 20];

const NOTES = [
  `\`bench run insert-fanout --mode stream --users ${USERS.toLocaleString("en-US")} --duration ${DURATION}\` at each rate: one room, the reference server, one`,
  "generator process and the coordinator on one machine. Every delivery is accounted for by the membership that the",
  `harness recorded. A rate holds where nothing is lost or duplicated, p99 to the frame is under ${TARGET_P99_US / 1000} ms, and the run is`,
  "not void. Rates are raised until one does not hold.",
];

/** One room with thousands of users, message by message faster. */
export const benchmark: Benchmark = {
  name: "full-room",
  describe: "5,000 users in one room: every delivery accounted for, and the highest rate that holds",
  async run({ print, progress }) {
    const rows: Row[] = [];
    const missed: string[] = [];
    for (const rate of RATES) {
      progress(`${rate} messages a second ...`);
      const result = await run(rate);
      const problem = problemOf(result);
      rows.push(rowOf(rate, result, problem));
      if (problem === null) continue;
      if (rate <= TARGET_RATE) missed.push(`${rate} messages a second, of ${TARGET_RATE}: ${problem}`);
      break;
    }
    const columns = ["deliveries", "lost", "twice", "p50", "p99", "generator", ""];
    for (const line of [...table(columns, rows, 100), "", ...NOTES]) print(line);
    print(`${cpus().length} × ${cpus()[0]?.model}, node ${process.version}.`);
    return missed;
  },
};

async function run(rate: number): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), "chat-diff-bench-"));
  const options = ["--mode", "stream", "--users", `${USERS}`, "--rate", `${rate}`, "--duration", DURATION];
  try {
    const child = spawn(
      process.execPath,
      ["harness/bin.ts", "run", "insert-fanout", ...options, "--json", "--quiet", "--out", folder],
      { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
    );
    return parseRunResult(await text(child.stdout), "standard output");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why a rate does not hold; null where it does. */
function problemOf(result: RunResult): string | null {
  const { verdict, generator } = result;
  if (verdict === "void") return generator.reasons.join(" ");
  const lost = count(result, METRIC_NAMES.deliveryLost) + count(result, METRIC_NAMES.deliveryDuplicated);
  if (lost > 0) return `${lost} deliveries were lost or duplicated`;
  if (verdict !== "passed") return verdict;
  const { p99 } = toFrame(result);
  return p99 < TARGET_P99_US ? null : `p99 to the frame is ${time(p99)}, not under ${time(TARGET_P99_US)}`;
}

function rowOf(rate: number, result: RunResult, problem: string | null): Row {
  const { p50, p99 } = toFrame(result);
  const [process] = result.generator.processes;
  const integer = (name: string) => count(result, name).toLocaleString("en-US");
  const cells = [
    integer(METRIC_NAMES.deliveryExpected),
    integer(METRIC_NAMES.deliveryLost),
    integer(METRIC_NAMES.deliveryDuplicated),
    time(p50),
    time(p99),
    `${Math.round(process?.cpuPercent ?? 0)} %`,
    problem === null ? "holds" : result.verdict === "void" ? "void" : "fails",
  ];
  return { label: `${rate} a second`, cells: cells.map((cell) => ({ text: cell })) };
}

function count({ metrics }: RunResult, name: string): number {
  const found = metrics.find((metric) => metric.name === name && metric.kind === "counter");
  if (found?.kind !== "counter") throw new Error(`the run has no ${name}`);
  return found.values.value;
}

function toFrame({ metrics }: RunResult): DistributionMetric["values"] {
  const isIt = (metric: Metric): metric is DistributionMetric =>
    metric.name === latency("insert", "frame") && metric.kind === "distribution";
  const found = metrics.find(isIt);
  if (found === undefined) throw new Error("the run has no latency to the frame");
  return found.values;
}
