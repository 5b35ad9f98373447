import type { Failure } from "../core/checks.ts";
import type { Catch, FaultCase, FaultVerdict, Reading } from "../core/fault-case.ts";
import type { RunResult } from "../core/run-result.ts";

/** What a run against a server without faults reported all the same: a line for each; none is as it should be. */
export function alarmsIn({ checks, thresholds, generator }: RunResult): string[] {
  // Times of a machine that was too busy are nobody's fault. Whether pages are right does not depend on it.
  const broken = thresholds.filter(
    ({ passed, level, actual }) => !passed && level === "error" && (generator.believable || actual === null),
  );
  return [
    ...checks.failures.map(({ kind, message }) => `${kind}: ${message}`),
    ...broken.map(
      ({ name, expression, actual }) => `${name} is ${actual ?? "without a sample"}, not ${expression}`,
    ),
  ];
}

/**
 * Whether a fault was caught, and by what.
 *
 * @param healthy the same run against a server without faults
 */
export function judge(one: FaultCase, faulty: RunResult, healthy: RunResult): FaultVerdict {
  const verdict = (
    outcome: FaultVerdict["outcome"],
    by: string,
    {
      message: said = "",
      afterMessages = null,
    }: Partial<Pick<Failure, "message">> & {
      readonly afterMessages?: number | null;
    } = {},
  ): FaultVerdict => ({ case: one, outcome, by, afterMessages, said });
  const other = faulty.checks.failures[0];
  const missed = (by: string): FaultVerdict =>
    other === undefined ? verdict("missed", by) : verdict("elsewhere", other.kind, other);
  if (one.by.kind === "check") {
    const { check } = one.by;
    const counts = faulty.checks.kinds[check];
    if (counts === undefined || counts.failed === 0) return missed(check);
    const failure = faulty.checks.failures.find(({ kind }) => kind === check);
    return verdict("caught", check, failure);
  }
  const { metric, reading, moves } = one.by;
  const [before, after] = [healthy, faulty].map((result) => figureOf(result, one, metric, reading));
  if (before === undefined || after === undefined) return missed(`${metric} without a sample`);
  const moved = after - before;
  const by = `${metric} ${reading} ${moved < 0 ? "-" : "+"}${Math.abs(Math.round(moved)).toLocaleString("en-US")}`;
  return isWithin(moved, moves)
    ? verdict("caught", by, { message: `${before} became ${after}` })
    : missed(by);
}

function isWithin(moved: number, [least, most]: Extract<Catch, { kind: "metric" }>["moves"]): boolean {
  return moved >= least && moved <= most;
}

function figureOf(
  { metrics }: RunResult,
  { mode }: FaultCase,
  name: string,
  reading: Reading,
): number | undefined {
  const metric = metrics.find((one) => one.name === name && one.mode === mode);
  if (metric === undefined) return reading === "count" ? 0 : undefined;
  return (metric.values as Partial<Record<Reading, number>>)[reading];
}
