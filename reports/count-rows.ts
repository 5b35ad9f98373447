import { METRIC_NAMES } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, MISSING } from "./figure-rows.ts";
import { integer } from "./quantities.ts";
import type { Cell, Row } from "./table.ts";

/** Counts that are told together. A count that is `bad` is marked where it is above zero. */
interface Section {
  readonly label: string;
  readonly counts: readonly (readonly [label: string, name: string, kind?: "bad"])[];
}

/** Told where anything was counted in them. */
const SECTIONS: readonly Section[] = [
  {
    label: "Delivery: inserts times receivers",
    counts: [
      ["expected", METRIC_NAMES.deliveryExpected],
      ["lost", METRIC_NAMES.deliveryLost, "bad"],
      ["duplicated", METRIC_NAMES.deliveryDuplicated, "bad"],
      ["where none was right", METRIC_NAMES.deliveryUnexpected, "bad"],
      ["either was right", METRIC_NAMES.deliveryUncertain],
    ],
  },
  {
    label: "Connections lost",
    counts: [
      ["users cut off", METRIC_NAMES.reconnectExpected],
      ["back in a minute", METRIC_NAMES.reconnectRecovered],
      ["messages they missed", METRIC_NAMES.reconnectMissed, "bad"],
      ["drafts begun", METRIC_NAMES.draftsExpected],
      ["drafts still there", METRIC_NAMES.draftsKept],
      ["shown by the server", METRIC_NAMES.draftsShown],
      ["shown again", METRIC_NAMES.draftsRecovered],
    ],
  },
];

/** What was counted, section by section. */
export function countRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const value = (name: string, mode: string) => find(metrics, name, mode, "counter")?.values.value;
  return SECTIONS.flatMap(({ label, counts }) => {
    const seen = counts.filter(([, name]) => modes.some((mode) => value(name, mode) !== undefined));
    const isEmpty = !seen.some(([, name]) => modes.some((mode) => (value(name, mode) ?? 0) > 0));
    if (isEmpty) return [];
    return [
      { label },
      ...seen.map(([countLabel, name, kind]) => ({
        label: countLabel,
        cells: modes.map((mode): Cell => {
          const number = value(name, mode);
          if (number === undefined) return MISSING;
          return kind === "bad" && number > 0
            ? { text: integer(number), style: "bad" }
            : { text: integer(number) };
        }),
      })),
    ];
  });
}
