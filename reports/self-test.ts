import type { FaultVerdict, HealthyVerdict, SelfTestReport } from "../harness/core/fault-case.ts";
import { integer, NO_VALUE } from "./quantities.ts";
import { PLAIN, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 100;
const GAP = "  ";

const WORDS: Readonly<Record<FaultVerdict["outcome"], string>> = {
  caught: "caught by",
  elsewhere: "caught, but by",
  missed: "MISSED by",
};

const MARKS = { caught: null, elsewhere: "warn", missed: "bad" } as const;

/** What became of each fault, a line each, and after how many messages; then what was found where there was none. */
export function renderSelfTest(
  { faults, healthy }: SelfTestReport,
  style: Style = PLAIN,
  columns?: number,
): string {
  const width = Math.min(WIDTH, columns || WIDTH);
  const sorted = faults.toSorted((a, b) => a.case.fault.localeCompare(b.case.fault));
  const notCaught = sorted.filter(({ outcome }) => outcome !== "caught");
  const lines = [
    ...verdictTable(sorted, style),
    "",
    ...notCaught.flatMap(({ case: { fault, scenario, mode }, said }) =>
      wrap(`${fault}, in ${scenario} in ${mode}: ${said || "nothing was said"}`, width),
    ),
    `${faults.length - notCaught.length} of ${faults.length} faults were caught as they have to be`,
    ...healthyLines(healthy, width),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function healthyLines(healthy: readonly HealthyVerdict[], width: number): string[] {
  const alarms = healthy.flatMap(({ scenario, mode, alarms: said }) =>
    said.map((alarm) => `${scenario} in ${mode}: ${alarm}`),
  );
  return [
    `${healthy.length} runs without a fault, alarms: ${alarms.length}`,
    ...alarms.flatMap((alarm) => wrap(alarm, width)),
  ];
}

function verdictTable(faults: readonly FaultVerdict[], style: Style): string[] {
  const rows = faults.map(({ case: { fault }, outcome, by, afterMessages }) => ({
    mark: MARKS[outcome],
    cells: [fault, `${WORDS[outcome]} ${by}`, afterMessages === null ? NO_VALUE : integer(afterMessages)],
  }));
  const heading = ["fault", "what became of it", "messages"];
  const widths = heading.map((title, at) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)),
  );
  const line = ([fault = "", became = "", messages = ""]: readonly string[]) =>
    [fault.padEnd(widths[0] ?? 0), became.padEnd(widths[1] ?? 0), messages.padStart(widths[2] ?? 0)].join(
      GAP,
    );
  return [
    style.bold(line(heading)),
    ...rows.map(({ mark, cells }) => (mark === null ? line(cells) : style[mark](line(cells)))),
  ];
}
