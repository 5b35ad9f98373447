import type { Failure } from "../core/checks.ts";
import type { ExpectedItem } from "./expected-window.ts";

/** How many places before and behind the first difference are told. */
const BEFORE = 2;
const BEHIND = 4;
/** The longest text that is told of a part of an item, in characters. */
const TOLD = 40;

/** Two lists side by side, around the first place in which they differ. */
export function aroundDifference(
  expected: readonly ExpectedItem[],
  actual: readonly ExpectedItem[],
  index: number,
): NonNullable<Failure["around"]> {
  const first = Math.max(0, index - BEFORE);
  const end = Math.min(Math.max(expected.length, actual.length), index + BEHIND + 1);
  return Array.from({ length: Math.max(0, end - first) }, (_, offset) => {
    const at = first + offset;
    return { index: at, expected: told(expected[at]), actual: told(actual[at]) };
  });
}

/** An item in one line, its parts in the order of their names, so that two that are equal read the same. */
function told(item: ExpectedItem | undefined): string | null {
  if (item === undefined) return null;
  const parts = Object.entries(item.fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [item.id, ...parts.map(([, text]) => short(text))].join(" · ");
}

function short(text: string): string {
  const characters = [...text];
  return JSON.stringify(characters.length <= TOLD ? text : `${characters.slice(0, TOLD - 1).join("")}…`);
}
