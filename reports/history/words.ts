import {
  type HistoryChange,
  type HistoryName,
  LEAST_RUNS_OF_A_LEVEL,
  type MetricChange,
  type MetricHistory,
  type RunHistory,
} from "../../harness/core/history-report.ts";
import type { Commit } from "../../harness/core/run-result.ts";
import { levelOf } from "../../harness/core/scale.ts";
import { percent, probability, readingText } from "../gate/words.ts";
import { count, instant } from "../quantities.ts";

/** How many digits of a commit are shown. */
const DIGITS = 7;

/** Fewer runs than these are too few for the test of noisy figures. */
const FEWEST_FOR_TEST = 2 * LEAST_RUNS_OF_A_LEVEL;

/** A commit as `git describe` has it: `1a2b3c4`, `1a2b3c4-dirty`. */
export const commitName = ({ id, isDirty }: Commit): string =>
  `${id.slice(0, DIGITS)}${isDirty ? "-dirty" : ""}`;

/** What was run, how often, from when to when: `payload`, `seed 1`, `20 runs`, ... */
export function historyFacts({ scenario, seed, runs }: RunHistory): string[] {
  const times = ends(runs.map(({ startedAt }) => instant(startedAt)));
  const commits = ends(runs.flatMap(({ commit }) => (commit === undefined ? [] : [commitName(commit)])));
  return [
    ...[scenario, `seed ${seed}`, count(runs.length, "run"), times.join(" to ")],
    ...(commits.length === 0 ? [] : [commits.join(" to ")]),
  ];
}

function ends(all: readonly string[]): string[] {
  return [...new Set([all[0], all.at(-1)])].filter((one) => one !== undefined);
}

/** Between which commits something changed, in words: `between 1a2b3c4 and 5d6e7f8 (its subject)`. */
export function placeOf({ from, to, metrics }: HistoryChange, { runs }: RunHistory): string {
  const [before, after] = [runs[from], runs[to]];
  const [old, now] = [before?.commit, after?.commit];
  if (old === undefined || now === undefined) {
    const [one, other] = [before, after].map((run) => instant(run?.startedAt ?? ""));
    return `between the runs of ${one} and ${other}, which do not both say their commit`;
  }
  if (commitName(old) !== commitName(now)) {
    const subject = now.subject === "" ? "" : ` (${now.subject})`;
    return `between ${commitName(old)} and ${commitName(now)}${subject}`;
  }
  const around = now.isDirty ? "what is not committed, or what is around it" : "what is around it";
  // Where levels scatter, the place of a change may be off by a run or two.
  const isCertain = metrics.some(({ p }) => p === null);
  return `within ${commitName(now)}: by ${around}${isCertain ? "" : ", or a few runs off"}`;
}

/** A reading without its metric: `stream p50`, `stream`. */
export function labelOf({ mode = "the run", reading, machine }: HistoryName): string {
  return `${mode}${reading === "size" ? "" : ` ${reading}`}${machine === undefined ? "" : ` (${machine})`}`;
}

/** A reading with its metric: `latency.insert.frame{mode:stream} p50`. */
export function fullName({ metric, mode, reading, machine }: HistoryName): string {
  const named = `${metric}${mode === undefined ? "" : `{mode:${mode}}`}${reading === "size" ? "" : ` ${reading}`}`;
  return `${named}${machine === undefined ? "" : ` (${machine})`}`;
}

/** A value in its unit; sizes to the byte, means of several to a hundredth. */
export function valueText(value: number, { unit, reading }: HistoryName): string {
  if (reading !== "size") return readingText(value, { unit });
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

/** What became of a reading: `539 → 544 +5`, `10.4 ms → 12.9 ms +24.0 %, p < 0.0001`. */
export function changeText(change: MetricChange): string {
  const { before, after, shift, p, direction } = change;
  const values = `${valueText(before, change)} → ${valueText(after, change)}`;
  if (p === null) {
    if (direction === "different") return `${valueText(after, change)}, of other sizes`;
    return `${values} ${after < before ? "-" : "+"}${valueText(Math.abs(after - before), change)}`;
  }
  const by = shift === null ? "" : ` ${percent(shift)}`;
  return `${values}${by}, p ${probability(p)}`;
}

/** The level since the last change, and the least and the most of all: `544 (539–544)`. */
export function levelText(history: MetricHistory): string {
  const { values, changedAt } = history;
  const now = values.slice(changedAt.at(-1) ?? 0).filter((value) => value !== null);
  const all = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const shown = valueText(history.judgedBy === "bytes" ? (now.at(-1) ?? Number.NaN) : levelOf(now), history);
  return least === most ? shown : `${shown} (${valueText(least, history)}–${valueText(most, history)})`;
}

/** What became of it all, in one sentence: `2 changes in 20 runs; figures: 12 worse, 1 better`. */
export function summaryOf({ runs, changes }: RunHistory): string {
  const all = changes.flatMap(({ metrics }) => metrics);
  if (runs.length === 1) return "One run, and nothing to compare it with";
  if (all.length === 0) return `No change in ${count(runs.length, "run")}`;
  const of = (direction: MetricChange["direction"]) =>
    all.filter((change) => change.direction === direction).length;
  const parts = (["worse", "better", "different"] as const).flatMap((direction) =>
    of(direction) === 0 ? [] : [`${of(direction)} ${direction}`],
  );
  return `${count(changes.length, "change")} in ${count(runs.length, "run")}; figures: ${parts.join(", ")}`;
}

/** What of a history is not judged, a sentence each. */
export function historyNotes({ runs, metrics }: RunHistory): string[] {
  if (runs.length === 1) return [];
  const few = metrics.filter(
    ({ judgedBy, values }) =>
      judgedBy === "test" && values.filter((value) => value !== null).length < FEWEST_FOR_TEST,
  );
  return few.length === 0
    ? []
    : [
        `Times and memory are tested from ${FEWEST_FOR_TEST} runs on; ${count(few.length, "reading")} had fewer.`,
      ];
}

/** Whether a metric has only ever had one value. */
export const isConstant = ({ values, changedAt }: MetricHistory): boolean =>
  changedAt.length === 0 && new Set(values.filter((value) => value !== null)).size <= 1;
