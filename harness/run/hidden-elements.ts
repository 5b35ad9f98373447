import type { GaugeMetric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { gauge } from "../measure/figures.ts";
import type { Cast } from "./cast.ts";

/**
 * What a mode leaves behind on the page: the most elements of the list that one viewer holds and does not see, told
 * from the simulated users' pages, and from the DOM of the Chromes where there are any.
 */
export async function hiddenElements(
  { members, chromes }: Pick<Cast, "members" | "chromes">,
  mode: string,
): Promise<GaugeMetric[]> {
  const ofUsers = members.map(({ user }) => user.page?.hiddenCount ?? 0);
  const ofChromes = await Promise.all(chromes.map((chrome) => chrome.countHidden()));
  const most = (name: string, counts: readonly number[]) =>
    counts.length === 0 ? [] : [gauge(name, "count", Math.max(...counts), { mode })];
  return [...most(METRIC_NAMES.hiddenToUser, ofUsers), ...most(METRIC_NAMES.hiddenToChrome, ofChromes)];
}
