import type { Baseline, ExactEntry, ExactSizes } from "../core/baseline.ts";
import type { ExactMetric } from "../core/metric.ts";
import type { RunResult } from "../core/run-result.ts";

/** So many runs have to agree to the byte where the scenario does not promise that they do. */
export const REPEATS_THAT_PROVE = 3;

/**
 * What of the exact metrics repeats. Where the scenario is `fixed`, everything does, by what it is. Else time decides how many
 * samples there are, and what a message says; then it has to be shown, by {@link REPEATS_THAT_PROVE} runs that agree. Deflated
 * sizes are never gated there: they depend on the very digits of tokens and times, and agree by chance now and then.
 */
export function exactEntries(runs: readonly RunResult[]): ExactEntry[] {
  const isFixed = runs.every(({ configuration }) => configuration.fixed === true);
  const byName = new Map<string, ExactMetric[]>();
  for (const metric of runs.flatMap(({ metrics }) => metrics)) {
    if (metric.kind !== "exact") continue;
    const key = nameKey(metric);
    byName.set(key, [...(byName.get(key) ?? []), metric]);
  }
  const isProven = isFixed || runs.length >= REPEATS_THAT_PROVE;
  return [...byName.values()].flatMap((metrics): ExactEntry[] => {
    const [first] = metrics;
    if (first === undefined) return [];
    const named = { metric: first.name, ...(first.mode === undefined ? {} : { mode: first.mode }) };
    const gated = isProven && metrics.length === runs.length && (isFixed || !isDeflated(first));
    return [gated ? { ...named, ...whatRepeats(metrics, first) } : { ...named, repeats: "nothing" }];
  });
}

type Repeating = ExactEntry extends infer Entry
  ? Entry extends ExactEntry
    ? Omit<Entry, "metric" | "mode">
    : never
  : never;

function whatRepeats(metrics: readonly ExactMetric[], first: ExactMetric): Repeating {
  const sizes = sizesOf(first);
  if (metrics.every((metric) => isSame(sizesOf(metric), sizes))) return { repeats: "all", ...sizes };
  if (metrics.every(({ values: { min, max } }) => min === sizes.min && max === sizes.min)) {
    return { repeats: "size", size: sizes.min };
  }
  return { repeats: "nothing" };
}

/** The sizes of a metric, as a baseline keeps them: which they are is left out where there is but one. */
export function sizesOf({ values, sizes, otherSizes, anatomy }: ExactMetric): ExactSizes {
  const { count, min, max, sum } = values;
  return {
    count,
    min,
    max,
    sum,
    ...(sizes === undefined || min === max
      ? {}
      : { sizes: sizes.map(({ value, count: times }): [number, number] => [value, times]) }),
    ...(otherSizes === undefined ? {} : { otherSizes }),
    ...(anatomy === undefined ? {} : { anatomy: bytesBySlot(anatomy) }),
  };
}

/** What is told of a part of a frame in a baseline: `statics 2.4`. */
export const slotKey = ({ part, slot }: { readonly part: string; readonly slot?: string }): string =>
  slot === undefined ? part : `${part} ${slot}`;

function bytesBySlot({ samples, parts }: NonNullable<ExactMetric["anatomy"]>) {
  const bytes: Record<string, number> = {};
  for (const part of parts) bytes[slotKey(part)] = (bytes[slotKey(part)] ?? 0) + part.bytes;
  return { samples, bytes };
}

/** Whether two metrics have the same sizes as often, whatever their bytes are made of. */
export function isSame({ anatomy: _, ...a }: ExactSizes, { anatomy: __, ...b }: ExactSizes): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What tells metrics apart: their name and mode. */
export const nameKey = ({ name, mode }: { readonly name: string; readonly mode?: string }): string =>
  JSON.stringify([name, mode ?? null]);

/** Whether sizes are of deflated frames. */
export const isDeflated = ({ name }: Pick<ExactMetric, "name">): boolean =>
  /\.deflated(_takeover)?\.bytes$/.test(name);

/** Whose zlib deflated in a run. */
export function deflatedBy({ environment: { node, platform } }: RunResult): Baseline["deflatedBy"] {
  return { node, platform };
}
