import type { Baseline, ExactEntry, ExactSizes } from "../core/baseline.ts";
import type { ExactVerdict, GateOutcome, SlotChange } from "../core/gate-report.ts";
import type { ExactMetric } from "../core/metric.ts";
import type { RunResult } from "../core/run-result.ts";
import {
  deflatedBy,
  isDeflated,
  isSame,
  nameKey,
  REPEATS_THAT_PROVE,
  sizesOf,
  slotKey,
} from "./exact-entries.ts";

/**
 * Holds the exact metrics of runs to a baseline: to the byte, without tolerance and without statistics. In the order of the
 * baseline, what is new behind it.
 */
export function judgeExact(
  {
    exact: entries,
    deflatedBy: zlib,
    configuration,
  }: Pick<Baseline, "exact" | "deflatedBy" | "configuration">,
  runs: readonly RunResult[],
): ExactVerdict[] {
  const others = runs
    .map(deflatedBy)
    .find(({ node, platform }) => node !== zlib.node || platform !== zlib.platform);
  const otherZlib =
    others === undefined
      ? null
      : `deflated by Node ${zlib.node} on ${zlib.platform} and by ${others.node} on ${others.platform}`;
  const measured = new Map<string, ExactMetric[]>();
  for (const metric of runs.flatMap(({ metrics }) => metrics)) {
    if (metric.kind !== "exact") continue;
    const key = nameKey(metric);
    measured.set(key, [...(measured.get(key) ?? []), metric]);
  }
  const known = new Set(entries.map(({ metric: name, mode }) => nameKey({ name, ...withMode(mode) })));
  const fresh = [...measured].filter(([key]) => !known.has(key)).flatMap(([, [metric]]) => metric ?? []);
  return [
    ...entries.map((entry) => {
      const { metric: name, mode } = entry;
      const metrics = measured.get(nameKey({ name, ...withMode(mode) })) ?? [];
      return judge(entry, metrics, {
        runs: runs.length,
        whyNot: isDeflated({ name }) ? otherZlib : null,
        isPromised: configuration.fixed === true,
      });
    }),
    ...fresh.map(
      (metric): ExactVerdict => ({
        metric: metric.name,
        ...withMode(metric.mode),
        outcome: "new",
        why: "",
        before: null,
        after: sizesOf(metric),
        isTimed: false,
        slots: null,
      }),
    ),
  ];
}

const NOT_SHOWN = `that it repeats is not promised by the scenario, nor shown by ${REPEATS_THAT_PROVE} runs that agree`;

const withMode = (mode: string | undefined) => (mode === undefined ? {} : { mode });

function judge(
  entry: ExactEntry,
  metrics: readonly ExactMetric[],
  {
    runs,
    whyNot,
    isPromised,
  }: { readonly runs: number; readonly whyNot: string | null; readonly isPromised: boolean },
): ExactVerdict {
  const { metric, mode, repeats } = entry;
  const isTimed = repeats === "size";
  const before: ExactSizes | null =
    repeats === "nothing"
      ? null
      : repeats === "size"
        ? { count: 1, min: entry.size, max: entry.size, sum: entry.size }
        : sizesIn(entry);
  const verdict = (
    outcome: GateOutcome,
    after: ExactSizes | null,
    more: { readonly why?: string; readonly slots?: readonly SlotChange[] | null } = {},
  ): ExactVerdict => ({
    metric,
    ...withMode(mode),
    outcome,
    why: more.why ?? "",
    before,
    after,
    isTimed,
    slots: more.slots ?? null,
  });
  // Where the scenario promises the same bytes, the run that takes most is the one to look at.
  const inOrder = isPromised ? metrics.toSorted((a, b) => b.values.sum - a.values.sum) : metrics;
  const [measured] = inOrder;
  const [first, ...others] = inOrder.map(sizesOf);
  if (first === undefined) return verdict("missing", null);
  if (before === null) return verdict("undecided", first, { why: NOT_SHOWN });
  if (whyNot !== null) return verdict("undecided", first, { why: whyNot });
  if (isTimed) {
    const min = Math.min(first.min, ...others.map((sizes) => sizes.min));
    const max = Math.max(first.max, ...others.map((sizes) => sizes.max));
    const after = { count: 1, min, max, sum: max };
    return verdict(max > before.max ? "regressed" : min < before.min ? "improved" : "unchanged", after);
  }
  if (metrics.length < runs) return verdict("missing", null, { why: "not all of the runs have it" });
  const differs = others.some((sizes) => !isSame(sizes, first));
  const slots = measured ? slotChanges(before, first, measured) : null;
  if (isPromised && [first, ...others].some((sizes) => grew(before, sizes)))
    return verdict("regressed", first, { slots });
  if (differs) return verdict("undecided", first, { why: "it differs between the runs" });
  const outcome = isSame(before, first) ? "unchanged" : grew(before, first) ? "regressed" : "improved";
  return verdict(outcome, first, { slots });
}

function sizesIn({ metric: _, mode: __, repeats: ___, ...sizes }: Extract<ExactEntry, { repeats: "all" }>) {
  return sizes;
}

/**
 * Whether anything takes more bytes. Where there are as many samples as before, they are compared in the order of their size;
 * more samples are more bytes, whatever their sizes.
 */
function grew(before: ExactSizes, after: ExactSizes): boolean {
  if (after.count > before.count || after.sum > before.sum || after.max > before.max) return true;
  if (after.count < before.count) return false;
  const [were, are] = [before, after].map(oneByOne);
  // What is not listed is larger than all that is.
  return (are ?? []).some((size, at) => size > (were?.[at] ?? Infinity));
}

/** The sizes that are listed, one by one. */
function oneByOne({ sizes, min, count }: ExactSizes): number[] {
  return (sizes ?? [[min, count] as const]).flatMap(([size, times]) => Array<number>(times).fill(size));
}

/** Where bytes came and went, the most grown first; null where one side cannot tell. */
function slotChanges(before: ExactSizes, after: ExactSizes, metric: ExactMetric): SlotChange[] | null {
  if (before.anatomy === undefined || after.anatomy === undefined) return null;
  const [were, are] = [before.anatomy, after.anatomy];
  // Where a template is written is known of what was just measured alone.
  const places = new Map((metric.anatomy?.parts ?? []).map((part) => [slotKey(part), part]));
  return [...new Set([...Object.keys(were.bytes), ...Object.keys(are.bytes)])]
    .map((key): SlotChange => {
      const [part = "", ...path] = key.split(" ");
      const { source, near } = places.get(key) ?? {};
      const sums = { before: were.bytes[key] ?? 0, after: are.bytes[key] ?? 0 };
      const perSample = (sums.after - sums.before) / are.samples;
      return {
        part,
        ...(path.length === 0 ? {} : { slot: path.join(" ") }),
        ...(source === undefined ? {} : { source }),
        ...(near === undefined ? {} : { near }),
        ...sums,
        perSample: were.samples === are.samples && Number.isInteger(perSample) ? perSample : null,
      };
    })
    .filter((change) => change.before !== change.after)
    .sort((a, b) => b.after - b.before - (a.after - a.before));
}
