import { serverCpu } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, measured } from "./figure-rows.ts";
import { time } from "./quantities.ts";
import type { Row } from "./table.ts";

export const CPU_HEADING = "Processor time of the server";

/** What one of each operation is called, by the name of its metric, in the order in which they are told. */
export const CPU_LABELS: Readonly<Record<string, string>> = {
  [serverCpu("insert")]: "an insert, for everybody",
  [serverCpu("update")]: "an edit, for everybody",
  [serverCpu("delete")]: "a delete, for everybody",
  [serverCpu("prepend")]: "a page of history, for one",
};

/** What operations cost the server in processor time; no rows where it was not read. */
export function cpuRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const there = Object.entries(CPU_LABELS).filter(([metric]) => metrics.some(({ name }) => name === metric));
  if (there.length === 0) return [];
  return [
    { label: CPU_HEADING },
    ...there.map(([metric, label]) =>
      measured(label, modes, (mode) => {
        const us = find(metrics, metric, mode, "gauge")?.values.value;
        return us === undefined ? undefined : { text: time(us) };
      }),
    ),
  ];
}
