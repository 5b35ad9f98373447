import { CHECK_KINDS, type CheckKind } from "../harness/core/checks.ts";
import { METRIC_NAMES } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { chromeRows } from "./chrome-rows.ts";
import { countRows } from "./count-rows.ts";
import { cpuRows } from "./cpu-rows.ts";
import { find, MISSING, measured } from "./figure-rows.ts";
import { httpRows } from "./http-rows.ts";
import { latencyRows } from "./latency-rows.ts";
import { memoryRows } from "./memory-rows.ts";
import { type Detail, deflatedRows, payloadRows } from "./payload-rows.ts";
import { integer } from "./quantities.ts";
import { type Cell, type Row, tableWidth } from "./table.ts";

/** What the kinds of checks are called in a report. */
export const CHECK_LABELS: Readonly<Record<CheckKind, string>> = {
  "user-vs-oracle": "user against the database",
  "chrome-vs-oracle": "Chrome against the database",
  "chrome-vs-user": "Chrome against a user",
  "chrome-vs-frames": "Chrome against its frames",
  "frame-invariant": "frame by frame",
  delivery: "every insert received once",
  heartbeat: "heartbeats answered",
  "own-forms": "no form but one's own",
  members: "who is there",
  "channel-order": "on the page before it is named",
  "scroll-position": "Chrome's reader not moved",
  "chrome-draft": "what one writes in Chrome",
  "console-clean": "Chrome's console clean",
  "case-in-chrome": "cases in Chrome",
  "case-by-user": "cases by a simulated user",
};

/**
 * The rows of the table that puts the modes of a run side by side: a cell a mode, in the run's order. Where there are too
 * many modes for `width` characters, sizes are told by their mean alone.
 */
export function comparisonRows(result: RunResult, width: number): Row[] {
  const rows = (detail: Detail) => [
    ...payloadRows(result, detail),
    ...deflatedRows(result, detail),
    ...itemRows(result),
    ...hiddenRows(result),
    ...latencyRows(result, detail),
    ...httpRows(result),
    ...cpuRows(result),
    ...memoryRows(result),
    ...checkRows(result),
    ...countRows(result),
    ...chromeRows(result),
  ];
  const spread = rows("spread");
  return tableWidth(result.configuration.modes, spread) <= width ? spread : rows("mean");
}

/** How long lists are in the end; no rows where nobody has counted. */
function itemRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  if (!metrics.some(({ name }) => name === METRIC_NAMES.itemsOfUser)) return [];
  return [
    { label: "Messages on the page at the end" },
    measured("of the user with most", modes, (mode) => {
      const value = find(metrics, METRIC_NAMES.itemsOfUser, mode, "gauge")?.values.value;
      return value === undefined ? undefined : { text: integer(value) };
    }),
  ];
}

/** What a mode leaves behind in the list; no rows where none of them does. */
function hiddenRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const count = (name: string, mode: string) => find(metrics, name, mode, "gauge")?.values.value;
  const viewers = [
    ["on a user's page", METRIC_NAMES.hiddenToUser],
    ["in Chrome's DOM", METRIC_NAMES.hiddenToChrome],
  ] as const;
  if (!viewers.some(([, name]) => modes.some((mode) => (count(name, mode) ?? 0) > 0))) return [];
  return [
    { label: "Elements that a deleted message leaves behind" },
    ...viewers.map(([label, name]) =>
      measured(label, modes, (mode) => {
        const value = count(name, mode);
        return value === undefined ? undefined : { text: integer(value) };
      }),
    ),
  ];
}

function checkRows({ checks, configuration: { modes } }: RunResult): Row[] {
  const kinds = CHECK_KINDS.filter((kind) => checks.kinds[kind] !== undefined);
  if (kinds.length === 0) return [{ label: "Checks: none was made" }];
  return [
    { label: "Checks: made / failed" },
    ...kinds.map((kind) => ({
      label: CHECK_LABELS[kind],
      cells: modes.map((mode): Cell => {
        const counts = checks.kinds[kind]?.modes[mode];
        if (!counts) return MISSING;
        const text = `${integer(counts.made)} / ${integer(counts.failed)}`;
        return counts.failed > 0 ? { text, style: "bad" } : { text };
      }),
    })),
  ];
}
