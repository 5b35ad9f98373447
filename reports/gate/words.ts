import type { ExactSizes } from "../../harness/core/baseline.ts";
import type { ExactVerdict, GateReport, NoisyVerdict, SlotChange } from "../../harness/core/gate-report.ts";
import { isFailure } from "../../harness/core/gate-report.ts";
import { count, integer, memory, NO_VALUE, time } from "../quantities.ts";

/** A difference with its sign: `+10`, `-3`. */
export const signed = (value: number): string => `${value < 0 ? "-" : "+"}${integer(Math.abs(value))}`;

/** Sizes of one side: `539`; of several that differ, all of them: `576 in 3 (148–214)`. */
export function sizesText({ count: samples, min, max, sum }: ExactSizes): string {
  return min === max ? integer(min) : `${integer(sum)} in ${samples} (${integer(min)}–${integer(max)})`;
}

/** What became of sizes, to the byte: `539 → 549`, `3 × 539 → 4 × 539`; null where one side has none. */
export function changeText({ before, after, isTimed }: ExactVerdict): string | null {
  if (before === null || after === null) return null;
  const times = (sizes: ExactSizes) => (before.count === after.count ? "" : `${sizes.count} × `);
  const shown = (sizes: ExactSizes) =>
    isTimed && sizes.min !== sizes.max
      ? `${integer(sizes.min)}–${integer(sizes.max)}`
      : `${times(sizes)}${sizesText(sizes)}`;
  return `${shown(before)} → ${shown(after)}`;
}

/** By how many bytes a metric grew: in each sample, where all of them did alike, or in the sum of them. Null where one side has none. */
export function growth({
  before,
  after,
  isTimed,
}: ExactVerdict): { readonly bytes: number; readonly each: boolean } | null {
  if (before === null || after === null) return null;
  if (isTimed) return { bytes: after.max - before.max || after.min - before.min, each: true };
  const alike = before.count === after.count && after.min - before.min === after.max - before.max;
  const bytes = after.sum - before.sum;
  return alike && bytes === (after.max - before.max) * after.count
    ? { bytes: bytes / after.count, each: true }
    : { bytes, each: false };
}

/** A place in the templates, as far as it is the same wherever that is rendered: `statics of web/room.ts:12`, `envelope`. */
function placeName({ part, source, near }: SlotChange): string {
  if (source !== undefined) return `${part} of ${source}`;
  return near === undefined ? part : `${part} behind ${near}`;
}

/** What a reading is called. */
export const readingName = ({ reading }: Pick<NoisyVerdict, "reading">): string =>
  reading === "relative" ? "relative to the harness's" : reading;

/** A reading in its unit. */
export function readingText(value: number | null, { unit }: Pick<NoisyVerdict, "unit">): string {
  if (value === null) return NO_VALUE;
  if (unit === "percent") return `${value.toFixed(1)} %`;
  return unit === "us" ? time(value) : unit === "bytes" ? memory(value) : integer(value);
}

/** A part as percent, with its sign: `+5.3 %`. */
export const percent = (part: number): string =>
  `${part < 0 ? "-" : "+"}${Math.abs(part * 100).toFixed(1)} %`;

/** A p value as far as it is worth being read: `0.031`, `< 0.0001`. */
export const probability = (p: number): string => (p < 0.0001 ? "< 0.0001" : p.toFixed(p < 0.01 ? 4 : 3));

/** Whether a metric is of deflated sizes, which follow from what is not. */
export const isDeflated = ({ metric }: { readonly metric: string }): boolean => metric.includes(".deflated");

/** Verdicts of one metric, in the order in which metrics first come. */
export function byMetric<Verdict extends { readonly metric: string }>(
  verdicts: readonly Verdict[],
): [string, Verdict[]][] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts)
    groups.set(verdict.metric, [...(groups.get(verdict.metric) ?? []), verdict]);
  return [...groups];
}

/** A place that grew or shrank, and where it was rendered. */
export interface GrownPlace {
  /** `statics of web/room.ts:12 (slot 8.0.*.1)`. */
  readonly name: string;
  /** In each sample, or in the sum of them. */
  readonly bytes: number;
  readonly each: boolean;
  readonly modes: readonly string[];
}

/** Places that grew or shrank, those that did alike in several modes or slots together, the most grown first. */
export function slotsOf(verdicts: readonly ExactVerdict[]): GrownPlace[] {
  const groups = new Map<
    string,
    { place: string; bytes: number; each: boolean; modes: Set<string>; slots: Set<string> }
  >();
  for (const { slots, mode = "the run" } of verdicts) {
    for (const slot of slots ?? []) {
      const each = slot.perSample !== null;
      const bytes = slot.perSample ?? slot.after - slot.before;
      const place = placeName(slot);
      const key = JSON.stringify([place, bytes, each]);
      const group = groups.get(key) ?? { place, bytes, each, modes: new Set(), slots: new Set() };
      group.modes.add(mode);
      if (slot.slot !== undefined) group.slots.add(slot.slot);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ place, bytes, each, modes, slots }) => ({
      name: slots.size === 0 ? place : `${place} (slot ${[...slots].join(", ")})`,
      bytes,
      each,
      modes: [...modes],
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** The verdict in one sentence, which says why. */
export function headline(report: GateReport): string {
  const { exact, noisy, verdict } = report;
  const failed = [...exact.filter(isFailure), ...noisy.filter(isFailure)];
  if (verdict === "passed") return passedSentence(report);
  const grown = exact.filter(({ outcome }) => outcome === "regressed");
  const slower = noisy.filter(({ outcome }) => outcome === "regressed");
  const missing = failed.filter(({ outcome }) => outcome === "missing");
  const parts = [
    ...(grown.length === 0
      ? []
      : [`${grown.length} of ${count(exact.length, "exact metric")} grew, ${mostGrown(grown)}`]),
    ...slower.slice(0, 1).map((one) => {
      const more = slower.length === 1 ? "" : `, and ${slower.length - 1} more`;
      return `${nameOf(one)} rose by ${percent(one.shift ?? 0).slice(1)}${more}`;
    }),
    ...(missing.length === 0 ? [] : [`${count(missing.length, "metric")} of the baseline not measured`]),
  ];
  return parts.join("; ");
}

/** A metric with its mode: `payload.insert.bytes{mode:stream}`, as thresholds name it. */
export function nameOf(verdict: ExactVerdict | NoisyVerdict): string {
  const reading = "reading" in verdict ? ` ${readingName(verdict)}` : "";
  return `${verdict.metric}${verdict.mode === undefined ? "" : `{mode:${verdict.mode}}`}${reading}`;
}

function passedSentence({ exact, noisy }: GateReport): string {
  const [all, moved] = [
    [...exact, ...noisy],
    (outcome: string) => [...exact, ...noisy].filter((one) => one.outcome === outcome).length,
  ];
  const unchanged = exact.filter(({ outcome }) => outcome === "unchanged").length;
  const steady = noisy.filter(({ outcome }) => outcome === "unchanged").length;
  const parts = [
    `${count(unchanged, "exact metric")} the same to the byte`,
    ...(steady === 0 ? [] : [`${count(steady, "noisy reading")} unchanged`]),
    ...(["improved", "undecided", "new"] as const).flatMap((outcome) =>
      moved(outcome) === 0 ? [] : [`${moved(outcome)} ${outcome}`],
    ),
  ];
  return all.length === 0 ? "there was nothing to compare" : parts.join(", ");
}

/** Of what grew, the one that says most: of sizes as they are sent, not deflated, and the slot that did it. */
function mostGrown(grown: readonly ExactVerdict[]): string {
  const raw = grown.filter((one) => !isDeflated(one));
  const candidates = raw.length > 0 ? raw : grown;
  // The smallest one: in it the change is the largest part.
  const smallest = candidates.toSorted((a, b) => (a.before?.sum ?? 0) - (b.before?.sum ?? 0));
  const told = smallest.find(({ slots }) => (slots ?? []).length > 0) ?? smallest[0];
  if (told === undefined) return "";
  const grew = growth(told);
  const by =
    grew === null ? "" : ` ${changeText(told)} bytes, ${signed(grew.bytes)}${grew.each ? "" : " in all"}`;
  const [slot] = slotsOf([told]);
  return `as ${nameOf(told)}:${by}${slot === undefined ? "" : `, of it ${signed(slot.bytes)} in ${slot.name}`}`;
}
