import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultCase, FaultVerdict, HealthyVerdict, SelfTestReport } from "../core/fault-case.ts";
import { inBatches } from "../core/in-batches.ts";
import type { RunResult } from "../core/run-result.ts";
import { startServer } from "../load/server-process.ts";
import { benchRun } from "./bench-process.ts";
import { alarmsIn, judge } from "./judge.ts";

/** What the servers begin with: enough for every scenario. */
const SERVER = { port: 0, users: 100, rooms: 5, instrument: true } as const;

/** How faults are tried. */
export interface TryOptions {
  readonly cases: readonly FaultCase[];
  /** The program whose checks are tested: `harness/bin.ts`. */
  readonly entryPath: string;
  /** How many runs there are at a time. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  onVerdict(verdict: FaultVerdict): void;
  onHealthy(verdict: HealthyVerdict): void;
}

/**
 * Has each fault committed by a server of its own, and lets a process look for it that is told only where that server is:
 * which fault is on, or whether there is one, it cannot know. The same run is made against a server without faults, where
 * nothing may be found.
 *
 * @throws BenchError `self-test` where a run gives no result; what the server throws where it cannot start
 */
export async function tryFaults(options: TryOptions): Promise<SelfTestReport> {
  const groups = Map.groupBy(options.cases, ({ scenario, mode, options: given }) =>
    [scenario, mode, ...given].join(" "),
  );
  const report = { faults: [] as FaultVerdict[], healthy: [] as HealthyVerdict[] };
  const tasks = [...groups.values()].flatMap((cases) => tasksOf(cases, options, report));
  await inBatches(tasks, options.atOnce, (task) => task());
  return report;
}

/** The runs of cases that differ in their faults alone: the one without any comes first. */
function tasksOf(
  cases: readonly FaultCase[],
  options: TryOptions,
  report: { readonly faults: FaultVerdict[]; readonly healthy: HealthyVerdict[] },
): (() => Promise<void>)[] {
  const [first] = cases;
  if (first === undefined) return [];
  const reference = Promise.withResolvers<RunResult>();
  // Who waits for it is told; that nobody does may be.
  reference.promise.catch(() => {});
  const without = async () => {
    const running = runAgainst(first, [], options);
    running.then(reference.resolve, reference.reject);
    const { scenario, mode, options: given } = first;
    const verdict = { scenario, mode, options: given, alarms: alarmsIn(await running) };
    report.healthy.push(verdict);
    options.onHealthy(verdict);
  };
  const committed = cases.map((one) => async () => {
    const found = await runAgainst(one, [one.fault], options);
    const verdict = judge(one, found, await reference.promise);
    report.faults.push(verdict);
    options.onVerdict(verdict);
  });
  return [without, ...committed];
}

async function runAgainst(
  { scenario, mode, options }: FaultCase,
  faults: readonly string[],
  { entryPath, signal }: TryOptions,
): Promise<RunResult> {
  signal.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), "bench-self-test-"));
  const database = join(folder, "chat.db");
  try {
    const server = await startServer({ ...SERVER, database, faults, signal, onLog: () => {} });
    try {
      const where = ["--target", server.url, "--database", database];
      return await benchRun({
        entryPath,
        scenario,
        options: [...where, "--mode", mode, ...options],
        outDir: folder,
        signal,
      });
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
