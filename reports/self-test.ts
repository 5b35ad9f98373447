import type { FaultVerdict, SelfTestReport } from "../harness/core/fault-case.ts";
import { integer, NO_VALUE } from "./quantities.ts";
import { PLAIN, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 100;
const GAP = 2;

const WORDS: Readonly<Record<FaultVerdict["outcome"], string>> = {
  caught: "caught by",
  elsewhere: "caught, but by",
  missed: "MISSED by",
};

/** What became of each fault, a line each; then what was found where there was none. */
export function renderSelfTest(
  { faults, healthy }: SelfTestReport,
  style: Style = PLAIN,
  columns?: number,
): string {
  const width = Math.min(WIDTH, columns || WIDTH);
  const sorted = faults.toSorted((a, b) => a.case.fault.localeCompare(b.case.fault));
  const caught = faults.filter(({ outcome }) => outcome === "caught").length;
  const alarms = healthy.flatMap(({ scenario, mode, alarms: said }) =>
    said.map((alarm) => `${scenario} in ${mode}: ${alarm}`),
  );
  const lines = [
    ...verdictTable(sorted, style),
    "",
    ...sorted
      .filter(({ outcome }) => outcome !== "caught")
      .flatMap(({ case: { fault }, said }) => wrap(`${fault}: ${said || "nothing was said"}`, width)),
    `${caught} of ${faults.length} faults were caught as they have to be`,
    `${healthy.length} runs without a fault, ${alarms.length === 0 ? "none" : alarms.length} of them with an alarm`.replace(
      "none of them with an alarm",
      "and no alarm",
    ),
    ...alarms.flatMap((alarm) => wrap(`  ${alarm}`, width)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function verdictTable(faults: readonly FaultVerdict[], style: Style): string[] {
  const rows = faults.map(({ case: one, outcome, by, afterMessages }) => ({
    outcome,
    cells: [
      one.fault,
      `${one.scenario}, ${one.mode}`,
      `${WORDS[outcome]} ${by}`,
      afterMessages === null ? NO_VALUE : integer(afterMessages),
    ],
  }));
  const heading = ["fault", "scenario", "what became of it", "after messages"];
  const widths = heading.map((title, at) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((text, at) => (at === 3 ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join(" ".repeat(GAP))
      .trimEnd();
  return [
    style.bold(line(heading)),
    ...rows.map(({ outcome, cells }) =>
      outcome === "caught" ? line(cells) : style[outcome === "missed" ? "bad" : "warn"](line(cells)),
    ),
  ];
}
