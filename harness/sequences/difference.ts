import { type SequenceItem, shown } from "./sequence.ts";

/** What somebody saw at a point of a sequence. */
export interface Sight {
  readonly who: string;
  readonly items: readonly string[];
}

/** A list as it is compared and shown: a word an item. */
export const wordsOf = (items: readonly SequenceItem[]): readonly string[] => items.map(shown);

/**
 * Somebody saw something else than the others, or than the model says; or something went wrong on the way. The message says
 * what, and after which step.
 */
export class Difference extends Error {
  override readonly name = "Difference";
  /** How many steps had been done; all, and one more, at the end. */
  readonly afterSteps: number;

  constructor(message: string, afterSteps: number, options?: ErrorOptions) {
    super(message, options);
    this.afterSteps = afterSteps;
  }
}

/** What is wrong with what was seen; undefined where all is as expected. */
export function differenceIn(expected: readonly string[], sights: readonly Sight[]): string | undefined {
  const same = (a: readonly string[], b: readonly string[]) => JSON.stringify(a) === JSON.stringify(b);
  if (sights.every(({ items }) => same(items, expected))) return undefined;
  const agreed = sights.every(({ items }) => same(items, sights[0]?.items ?? []));
  const names = sights.map(({ who }) => who).join(" and ");
  const said = agreed
    ? `${names} ${sights.length === 1 ? "shows" : "agree on"} another list than the model's: the server, or the model, is wrong`
    : `${names} do not agree: a bug of ours`;
  const rows = [{ who: "expected", items: expected }, ...sights];
  const width = Math.max(...rows.map(({ who }) => who.length));
  return [
    said,
    ...rows.map(({ who, items }) => `  ${who.padEnd(width)}  ${items.join(" ") || "(nothing)"}`),
  ].join("\n");
}
