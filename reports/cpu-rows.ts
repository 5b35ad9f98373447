import { serverCpu } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, measured } from "./figure-rows.ts";
import { time } from "./quantities.ts";
import type { Row } from "./table.ts";

const OPERATIONS = [
  ["an insert", "insert"],
  ["an edit", "update"],
  ["a delete", "delete"],
  ["a page of history", "prepend"],
] as const;

/** What operations cost the server in processor time; no rows where it was not read. */
export function cpuRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const there = OPERATIONS.filter(([, operation]) =>
    metrics.some(({ name }) => name === serverCpu(operation)),
  );
  if (there.length === 0) return [];
  return [
    { label: "Processor time of the server, for all who look on" },
    ...there.map(([label, operation]) =>
      measured(label, modes, (mode) => {
        const us = find(metrics, serverCpu(operation), mode, "gauge")?.values.value;
        return us === undefined ? undefined : { text: time(us) };
      }),
    ),
  ];
}
