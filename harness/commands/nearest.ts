import { closest, distance } from "fastest-levenshtein";

/**
 * The name that was most likely meant: the nearest by edit distance, where it is near enough that a slip of the
 * finger explains it (a third of its letters, at least two), or the one it is the beginning of.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || given === "") return undefined;
  const lower = given.toLowerCase();
  const begun = names.filter((name) => name.startsWith(lower));
  if (begun.length === 1) return begun[0];
  const best = closest(lower, names);
  return distance(lower, best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}

/**
 * What to say of a name that is not known: `; did you mean quickstart?`, or else which ones there are.
 *
 * @param prefix what stands before a name where it is typed: `--`
 */
export function suggestion(given: string, names: readonly string[], prefix = ""): string {
  const best = nearest(given, names);
  if (best !== undefined) return `; did you mean ${prefix}${best}?`;
  return names.length === 0 ? "" : `; there is ${names.map((name) => prefix + name).join(", ")}`;
}
