import { expect, test } from "vitest";
import type { HistoryChange, MetricChange, RunHistory } from "../../../harness/core/history-report.ts";
import type { Commit } from "../../../harness/core/run-result.ts";
import { placeOf } from "../../../reports/history/words.ts";

const commit = (digit: string, changes: Partial<Commit> = {}): Commit => ({
  ...{ id: digit.repeat(40), subject: `Change ${digit}`, isDirty: false },
  ...changes,
});

/** Where the second of two runs differs from the first: in its bytes, or in a time, which scatters. */
function place(before: Commit | undefined, after: Commit | undefined, p: number | null = null): string {
  const runs = [before, after].map((one, at) => ({
    startedAt: `2026-01-02T03:0${at}:00.000Z`,
    ...(one === undefined ? {} : { commit: one }),
  }));
  const named = { metric: "payload.insert.bytes", reading: "size", unit: "bytes" } as const;
  const metric: MetricChange = { ...named, before: 1, after: 2, shift: 1, direction: "worse", p };
  const change: HistoryChange = { from: 0, to: 1, alsoChanged: [], metrics: [metric] };
  const history: RunHistory = {
    scenario: "payload",
    seed: 1,
    otherwise: [],
    runs,
    metrics: [],
    changes: [change],
  };
  return placeOf(change, history);
}

const dirty = { isDirty: true };

test.each<[string, Parameters<typeof place>, string]>([
  ["two commits", [commit("1"), commit("2")], "between 1111111 and 2222222 (Change 2)"],
  ["one without a subject", [commit("1"), commit("2", { subject: "" })], "between 1111111 and 2222222"],
  [
    "what is not committed yet",
    [commit("1"), commit("1", dirty)],
    "between 1111111 and 1111111-dirty (Change 1)",
  ],
  ["one commit", [commit("1"), commit("1")], "within 1111111: by what is around it"],
  [
    "one commit and a time",
    [commit("1"), commit("1"), 0.0001],
    "within 1111111: by what is around it, or a few runs off",
  ],
  [
    "one with changes both times",
    [commit("1", dirty), commit("1", dirty)],
    "within 1111111-dirty: by what is not committed, or what is around it",
  ],
  [
    "one that does not say it",
    [undefined, commit("1")],
    "between the runs of 2026-01-02 03:00 UTC and 2026-01-02 03:01 UTC, which do not both say their commit",
  ],
])("the place of a change: %s", (_, given, words) => {
  expect(place(...given)).toBe(words);
});
