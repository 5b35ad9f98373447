import { EXIT_CODES } from "../../harness/core/exit-codes.ts";
import type { ExactVerdict, GateOutcome, GateReport, NoisyVerdict } from "../../harness/core/gate-report.ts";
import { fill } from "../fill.ts";
import { count } from "../quantities.ts";
import { PLAIN, type Style } from "../style.ts";
import { wrap } from "../wrap.ts";
import {
  byMetric,
  changeText,
  growth,
  headline,
  isDeflated,
  nameOf,
  percent,
  probability,
  readingText,
  signed,
  sizesText,
  slotsOf,
} from "./words.ts";

/** The widest that a report is. */
const WIDEST = 100;

/** A gate's verdict for a terminal: what grew by the place that did it, what is noisy, and a last line that says why. */
export function renderGateText(report: GateReport, style: Style = PLAIN, columns?: number): string {
  const width = Math.max(60, Math.min(WIDEST, columns || WIDEST));
  const { scenario, baseline, runs, exact, noisy, notes, verdict } = report;
  const of = (outcome: GateOutcome) => exact.filter((one) => one.outcome === outcome);
  const isRegressed = verdict === "regressed";
  const name = isRegressed ? "REGRESSED" : "PASSED";
  const [first = "", ...others] = wrap(
    `${headline(report)}, exit code ${isRegressed ? EXIT_CODES.threshold : EXIT_CODES.passed}`,
    width - name.length - 2,
  );
  const lines = [
    style.bold(
      `${scenario} · ${count(runs.after, "run")} against ${baseline}, of ${count(runs.before, "run")}`,
    ),
    ...sizeSection("Grew", of("regressed"), width, style),
    ...sizeSection("Shrank", of("improved"), width, style),
    ...nameSection("Not measured any more (where that is meant: --update)", of("missing"), width, style),
    ...nameSection("New, and in no baseline yet (--update takes them in)", of("new"), width, style),
    ...whySection("Sizes that cannot be judged", of("undecided"), width, style),
    ...noisySection(noisy, width, style),
    ...(notes.length === 0 ? [] : ["", ...notes.flatMap((note) => wrap(note, width))]),
    "",
    style.bold(`${isRegressed ? style.bad(name) : style.good(name)}: ${first}`),
    ...others.map((line) => style.bold(`  ${line}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function sizeSection(
  title: string,
  verdicts: readonly ExactVerdict[],
  width: number,
  style: Style,
): string[] {
  if (verdicts.length === 0) return [];
  const raw = verdicts.filter((one) => !isDeflated(one));
  // What is deflated follows from what is not.
  const shown = raw.length > 0 ? raw : verdicts;
  const deflated = verdicts.length - shown.length;
  const places = slotsOf(shown);
  const isOnePlace = shown.length > 1 && places.length === 1 && shown.every(({ slots }) => slots?.length);
  return [
    "",
    style.bold(`${title}: bytes, before → after`),
    ...byMetric(shown).flatMap(([metric, ofMetric]) => [
      `  ${metric}`,
      ...fill(ofMetric.map(changeOf), width - 6).map((line) => `      ${line}`),
      ...(isOnePlace ? [] : slotLines(ofMetric, width, style)),
    ]),
    ...(isOnePlace ? ["  in each of them", ...slotLines(shown, width, style)] : []),
    ...(deflated === 0
      ? []
      : [style.dim(`  and ${count(deflated, "deflated metric")}, which --format json has`)]),
    ...(shown.some(({ metric, slots }) => slots === null && !isDeflated({ metric }))
      ? [style.dim("  Which slot it was is not known: one side has no anatomy of these bytes.")]
      : []),
  ];
}

function changeOf(verdict: ExactVerdict): string {
  const { mode = "the run" } = verdict;
  const grew = growth(verdict);
  const by = grew === null ? "" : ` ${signed(grew.bytes)}${grew.each ? "" : " in all"}`;
  return `${mode} ${changeText(verdict) ?? ""}${by}`;
}

function slotLines(verdicts: readonly ExactVerdict[], width: number, style: Style): string[] {
  const all = new Set(verdicts.map(({ mode }) => mode)).size;
  return slotsOf(verdicts).flatMap(({ name, bytes, each, modes }) => {
    const where = modes.length === all ? "" : `: ${modes.join(", ")}`;
    const text = `${signed(bytes)}${each ? "" : " in all"} ${name}${where}`;
    return wrap(text, width - 10).map((line, at) => style.warn(`        ${at === 0 ? "" : "  "}${line}`));
  });
}

function nameSection(
  title: string,
  verdicts: readonly ExactVerdict[],
  width: number,
  style: Style,
): string[] {
  if (verdicts.length === 0) return [];
  return [
    "",
    style.bold(title),
    ...byMetric(verdicts).flatMap(([metric, ofMetric]) =>
      hanging(
        metric,
        ofMetric.map(({ mode = "the run", before, after }) => {
          const sizes = after ?? before;
          return sizes === null ? mode : `${mode} ${sizesText(sizes)}`;
        }),
        width,
      ),
    ),
  ];
}

function whySection(title: string, verdicts: readonly ExactVerdict[], width: number, style: Style): string[] {
  if (verdicts.length === 0) return [];
  return [
    "",
    style.bold(title),
    ...grouped(verdicts, ({ why }) => why).flatMap(([why, ofWhy]) =>
      wrap(`${count(ofWhy.length, "metric")}, as ${ofWhy[0] ? nameOf(ofWhy[0]) : ""}: ${why}`, width - 4).map(
        (line, at) => `  ${at === 0 ? "" : "  "}${line}`,
      ),
    ),
  ];
}

function noisySection(verdicts: readonly NoisyVerdict[], width: number, style: Style): string[] {
  if (verdicts.length === 0) return [];
  const tested = verdicts.filter(({ p }) => p !== null);
  const rest = verdicts.filter(({ p }) => p === null);
  return [
    "",
    style.bold(
      tested.length === 0
        ? "Noisy figures"
        : `Noisy figures: medians of the repeats; p of Mann and Whitney's U, by Holm for ${tested.length}`,
    ),
    ...tested.flatMap((one) => testedLines(one, width, style)),
    ...grouped(rest, ({ outcome, why }) => (why === "" ? outcome : `${outcome}: ${why}`)).flatMap(
      ([why, ofWhy]) =>
        wrap(
          `${count(ofWhy.length, "reading")}, as ${ofWhy[0] ? nameOf(ofWhy[0]) : ""}, ${why}`,
          width - 4,
        ).map((line, at) => `  ${at === 0 ? "" : "  "}${line}`),
    ),
  ];
}

/** A reading that was tested: on one line, or where that is too long its values below its name. */
function testedLines(one: NoisyVerdict, width: number, style: Style): string[] {
  const name = `  ${one.outcome.padEnd(10)} ${nameOf(one)}`;
  const change = `${readingText(one.before, one)} → ${readingText(one.after, one)}`;
  const values = `${change.padEnd(20)} ${percent(one.shift ?? 0).padStart(8)}  p ${probability(one.adjustedP ?? 1)}`;
  const line = `${name.padEnd(58)} ${values}`;
  const lines = line.length <= width ? [line] : [name, `${" ".repeat(13)}${values}`];
  if (one.outcome === "regressed") return lines.map(style.bad);
  return one.outcome === "improved" ? lines.map(style.good) : lines;
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

function hanging(label: string, items: readonly string[], width: number): string[] {
  return [`  ${label}`, ...fill(items, width - 6).map((line) => `      ${line}`)];
}
