import type { Paint, Style } from "../../core/text-stream.ts";
import type { Finding } from "./diagnose.ts";

const STYLES = { ok: "green", warn: "yellow", fail: "red" } satisfies Record<Finding["mark"], Style>;

/** The report for a terminal: a line a finding, and below it what to do, where there is something. */
export function renderFindings(findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ mark, subject, found, advice }) => [
    `${paint(STYLES[mark], mark.padEnd(4))}  ${subject.padEnd(width)}  ${found}`,
    ...(advice === undefined ? [] : [`${" ".repeat(width + 8)}-> ${advice}`]),
  ]);
  return `${lines.join("\n")}\n\n${summary(findings)}\n`;
}

function summary(findings: readonly Finding[]): string {
  const count = (mark: Finding["mark"]) => findings.filter((finding) => finding.mark === mark).length;
  const [fails, warnings] = [count("fail"), count("warn")];
  if (fails > 0) return `Not ready: ${fails} to be put right first.`;
  if (warnings > 0) return `Ready, with ${warnings} ${warnings === 1 ? "remark" : "remarks"}.`;
  return "Ready.";
}
