import { payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { caseOf } from "../harness/core/step.ts";
import { find } from "./figure-rows.ts";
import { commonest } from "./payload-rows.ts";

/** What one operation costs at different numbers of messages on the page. */
export interface HistoryLines {
  /** `edit the newest` */
  readonly title: string;
  /** In the order of the run's modes; those that were not measured are left out. */
  readonly lines: readonly {
    readonly mode: string;
    /** Where it is in the run's modes. */
    readonly at: number;
    /** The most frequent size, in bytes. */
    readonly points: readonly { readonly shown: number; readonly bytes: number }[];
  }[];
}

/** The operations that a run measures at several numbers of messages on the page; none where it does not. */
export function historyLines({ metrics, configuration: { modes, steps } }: RunResult): HistoryLines[] {
  const measured = steps.flatMap((step) => {
    const one = caseOf(step);
    if (one?.shown === undefined) return [];
    const { operation, name, title, shown } = one;
    return [{ operation, name, shown, title: title.replace(`, ${shown} shown`, "") }];
  });
  const groups = Map.groupBy(measured, ({ operation, title }) => `${operation} ${title}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 2) return [];
    const lines = modes.map((mode, at) => ({
      mode,
      at,
      points: group.flatMap(({ operation, name, shown }) => {
        const metric = find(metrics, payloadBytes(operation, name), mode, "exact");
        const bytes = commonest(metric?.sizes);
        return bytes === undefined ? [] : [{ shown, bytes }];
      }),
    }));
    const seen = lines.filter(({ points }) => points.length > 0);
    return seen.length === 0 ? [] : [{ title: first.title, lines: seen }];
  });
}
