import type { NoisyEntry } from "../core/baseline.ts";
import type {
  HistoryChange,
  HistoryName,
  HistoryRun,
  MetricChange,
  MetricHistory,
  RunHistory,
} from "../core/history-report.ts";
import type { ExactMetric } from "../core/metric.ts";
import type { RunResult } from "../core/run-result.ts";
import { comparedOf, differences } from "../gate/comparable.ts";
import { nameKey } from "../gate/exact-entries.ts";
import { machineOf, noisyReadings } from "../gate/noisy-entries.ts";
import { NOISY_RULES } from "../gate/noisy-verdict.ts";
import { changePoints } from "./change-points.ts";
import { exactSeries } from "./exact-series.ts";

/** By which part the mean of sizes that do not repeat has to move to be a change. */
const LEAST_CHANGE_OF_SIZES = 0.01;

/** A metric and what became of it. */
interface Followed {
  readonly history: MetricHistory;
  readonly changes: readonly { readonly from: number; readonly to: number; readonly metric: MetricChange }[];
}

/**
 * What became of the figures of runs: those that were run alike are one history.
 *
 * @param runs in any order
 * @param isWanted whether a metric of this name is looked at
 */
export function makeHistories(
  runs: readonly RunResult[],
  isWanted: (metric: string) => boolean = () => true,
): RunHistory[] {
  const groups: [RunResult, ...RunResult[]][] = [];
  for (const run of runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))) {
    const group = groups.find(([first]) => differences(comparedOf(first), comparedOf(run)).length === 0);
    if (group === undefined) groups.push([run]);
    else group.push(run);
  }
  return groups.map((group) => {
    const [first] = group;
    const namesake = groups.find(([other]) => other.scenario === first.scenario)?.[0] ?? first;
    return { ...historyOf(group, isWanted), otherwise: differences(comparedOf(namesake), comparedOf(first)) };
  });
}

function historyOf(
  runs: readonly [RunResult, ...RunResult[]],
  isWanted: (metric: string) => boolean,
): Omit<RunHistory, "otherwise"> {
  const [{ scenario, seed }] = runs;
  const followed = [...followExact(runs), ...followNoisy(runs)]
    .filter(({ history }) => isWanted(history.metric))
    .sort((a, b) => byName(a.history, b.history));
  return {
    scenario,
    seed,
    runs: runs.map(runOf),
    metrics: followed.map(({ history }) => history),
    changes: changesOf(runs, followed),
  };
}

function runOf({ startedAt, environment: { commit } }: RunResult): HistoryRun {
  return { startedAt, ...(commit === undefined ? {} : { commit }) };
}

function followExact(runs: readonly RunResult[]): Followed[] {
  const series = new Map<string, (ExactMetric | undefined)[]>();
  for (const [at, { metrics }] of runs.entries()) {
    for (const metric of metrics) {
      if (metric.kind !== "exact") continue;
      const known = series.get(nameKey(metric)) ?? [];
      known[at] = metric;
      series.set(nameKey(metric), known);
    }
  }
  return [...series.values()].flatMap((known) => {
    const metrics = runs.map((_, at) => known[at]);
    const first = metrics.find((metric) => metric !== undefined);
    if (first === undefined) return [];
    const { name: metric, mode, unit } = first;
    const name = { metric, ...(mode === undefined ? {} : { mode }), reading: "size" as const, unit };
    const { runs: at, means, changedAt } = exactSeries(runs, metrics);
    const values = metrics.map((each) => each?.values.mean ?? null);
    if (changedAt === null) return [tested(name, values, LEAST_CHANGE_OF_SIZES)];
    const changes = changedAt.map((place) => ({
      from: at[place - 1] ?? 0,
      to: at[place] ?? 0,
      metric: changeOf(name, means[place - 1] ?? 0, means[place] ?? 0, null),
    }));
    const history = { ...name, judgedBy: "bytes" as const, values, changedAt: changes.map(({ to }) => to) };
    return [{ history, changes }];
  });
}

/** Times and memory are followed on each machine by itself. */
function followNoisy(runs: readonly RunResult[]): Followed[] {
  const machines = Map.groupBy(runs.keys(), (at) => machineName(runs[at]));
  return [...machines].flatMap(([machine, places]) => {
    const here = places.flatMap((at) => runs[at] ?? []);
    return (noisyReadings(here)?.metrics ?? []).map((entry) => {
      const { metric, mode, reading, unit } = entry;
      const values: (number | null)[] = runs.map(() => null);
      for (const [at, value] of enough(entry).entries()) values[places[at] ?? 0] = value;
      const labels = {
        ...(mode === undefined ? {} : { mode }),
        ...(machines.size === 1 ? {} : { machine }),
      };
      return tested({ metric, ...labels, reading, unit }, values, NOISY_RULES.floor[reading]);
    });
  });
}

/** The values of repeats that have enough samples. */
const enough = ({ reading, values, samples }: NoisyEntry): (number | null)[] =>
  values.map((value, at) => ((samples[at] ?? 0) >= NOISY_RULES.samples[reading] ? value : null));

function tested(name: HistoryName, values: readonly (number | null)[], leastChange: number): Followed {
  const there = values.flatMap((value, run) => (value === null ? [] : [{ value, run }]));
  const points = changePoints(
    there.map(({ value }) => value),
    leastChange,
  );
  const changes = points.map(({ index, before, after, p }) => ({
    from: there[index - 1]?.run ?? 0,
    to: there[index]?.run ?? 0,
    metric: changeOf(name, before, after, p),
  }));
  return { history: { ...name, judgedBy: "test", values, changedAt: changes.map(({ to }) => to) }, changes };
}

function changeOf(name: HistoryName, before: number, after: number, p: number | null): MetricChange {
  const direction = after > before ? "worse" : after < before ? "better" : "different";
  return { ...name, before, after, shift: before === 0 ? null : after / before - 1, direction, p };
}

/** What changed, by the runs between which it did, the newest first. */
function changesOf(runs: readonly RunResult[], followed: readonly Followed[]): HistoryChange[] {
  const all = followed.flatMap(({ changes }) => changes);
  return [...Map.groupBy(all, ({ from, to }) => `${from} ${to}`).values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { from, to } = first;
      const metrics = group.map(({ metric }) => metric);
      return [{ from, to, alsoChanged: alsoChanged(runs[from], runs[to]), metrics }];
    })
    .sort((a, b) => b.to - a.to || b.from - a.from);
}

/** What figures depend on besides the commit and the configuration, by the name that a person knows it by. */
const CONDITIONS = {
  Node: "node",
  Chrome: "chrome",
  LiveView: "liveViewVersion",
  "official client": "liveViewClientVersion",
  bench: "benchVersion",
} as const;

function alsoChanged(before: RunResult | undefined, after: RunResult | undefined): string[] {
  const versions = Object.entries(CONDITIONS).flatMap(([name, key]) => {
    const [was, is] = [before?.environment[key], after?.environment[key]];
    return was === is ? [] : [`${name} ${was ?? "none"} and ${is ?? "none"}`];
  });
  const [machine, other] = [machineName(before), machineName(after)];
  return machine === other ? versions : [...versions, `machine ${machine} and ${other}`];
}

function machineName(run: RunResult | undefined): string {
  if (run === undefined) return "";
  const { platform, cpus, cpuModel } = machineOf(run);
  return `${cpus} × ${cpuModel ?? "unknown CPU"}, ${platform}`;
}

function byName(a: HistoryName, b: HistoryName): number {
  const [left, right] = [a, b].map(({ metric, mode = "", machine = "" }) => `${metric} ${mode} ${machine}`);
  return left === right ? 0 : String(left) < String(right) ? -1 : 1;
}
