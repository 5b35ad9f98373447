import { METRIC_NAMES } from "../../harness/core/metric-names.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { integer, NO_VALUE } from "../quantities.ts";
import { html } from "./markup.ts";
import { bar, modeName, type Section, tableMarkup } from "./parts.ts";

const COLUMNS = [
  ["Received", METRIC_NAMES.deliveryReceived],
  ["Lost", METRIC_NAMES.deliveryLost],
  ["Twice", METRIC_NAMES.deliveryDuplicated],
  ["Unexpected", METRIC_NAMES.deliveryUnexpected],
  ["Either was right", METRIC_NAMES.deliveryUncertain],
] as const;

/** Of these one is too many. */
const BAD: ReadonlySet<string> = new Set([
  METRIC_NAMES.deliveryLost,
  METRIC_NAMES.deliveryDuplicated,
  METRIC_NAMES.deliveryUnexpected,
]);

/** Whether everybody got each insert once. */
export function deliveries({ metrics, configuration: { modes } }: RunResult): Section | null {
  const sum = (name: string, mode: string) => {
    const all = metrics.flatMap((metric) =>
      metric.kind === "counter" && metric.name === name && metric.mode === mode ? [metric.values.value] : [],
    );
    return all.length === 0 ? undefined : all.reduce((total, value) => total + value, 0);
  };
  if (!modes.some((mode) => (sum(METRIC_NAMES.deliveryExpected, mode) ?? 0) > 0)) return null;
  const rows = modes.map((mode, at) => {
    const expected = sum(METRIC_NAMES.deliveryExpected, mode);
    const lost = sum(METRIC_NAMES.deliveryLost, mode) ?? 0;
    const arrived = expected === undefined || expected === 0 ? 0 : (expected - lost) / expected;
    return html`<tr><th scope="row">${modeName(mode, at)}</th><td class="figure">${expected === undefined ? NO_VALUE : integer(expected)}${bar(arrived, lost > 0 ? "short" : "lowest")}</td>${COLUMNS.map(
      ([, name]) => {
        const value = sum(name, mode);
        const isBad = BAD.has(name) && (value ?? 0) > 0;
        return html`<td class="figure"><span class="${isBad ? "bad" : "plain"}">${value === undefined ? NO_VALUE : integer(value)}</span></td>`;
      },
    )}</tr>`;
  });
  const head = ["Mode", "Expected", ...COLUMNS.map(([label]) => label)];
  return {
    id: "deliveries",
    title: "Deliveries",
    short: "Deliveries",
    lead: "Each insert that was acknowledged, times everybody who was in its room; the bar is the share that arrived.",
    body: tableMarkup("Deliveries by mode", head, html`<tbody>${rows}</tbody>`),
  };
}
