import type { ExpectedItem } from "./expected-window.ts";

/** The first place in which a list is not what it should be. `index` counts from 0. */
export type Difference =
  /** An item should be at `index` and is nowhere in the list. `got` is what is there instead. */
  | {
      readonly kind: "missing";
      readonly index: number;
      readonly id: string;
      readonly got: string | undefined;
    }
  /** An item is at `index` that should be nowhere in the list. */
  | {
      readonly kind: "unexpected";
      readonly index: number;
      readonly id: string;
      readonly expected: string | undefined;
    }
  /** An item is at `index` for the second time. */
  | {
      readonly kind: "duplicate";
      readonly index: number;
      readonly id: string;
      readonly expected: string | undefined;
    }
  /** Both items belong into the list, but `id` is where `expected` should be. */
  | { readonly kind: "out-of-order"; readonly index: number; readonly id: string; readonly expected: string }
  /** `length` items from `index` on are in reverse order: at least three, or it is `out-of-order`. */
  | {
      readonly kind: "reversed";
      readonly index: number;
      readonly length: number;
      readonly id: string;
      readonly expected: string;
    }
  /** The right item is in the right place, but a part of it is wrong; undefined where the part is absent. */
  | {
      readonly kind: "different";
      readonly index: number;
      readonly id: string;
      readonly part: string;
      readonly expected: string | undefined;
      readonly got: string | undefined;
    };

/**
 * Compares two ordered lists, item by item and part by part, and gives the first difference; undefined where
 * there is none. Only `fields` are compared: the whole text of an item may differ between viewers by right,
 * since its author alone sees the buttons to change it.
 */
export function compareLists(
  expected: readonly ExpectedItem[],
  actual: readonly ExpectedItem[],
): Difference | undefined {
  for (let index = 0; index < Math.max(expected.length, actual.length); index += 1) {
    const wanted = expected[index];
    const got = actual[index];
    if (wanted && got && wanted.id === got.id) {
      const difference = comparePart(wanted, got, index);
      if (difference) return difference;
    } else {
      return explain(expected, actual, index);
    }
  }
  return undefined;
}

function comparePart(wanted: ExpectedItem, got: ExpectedItem, index: number): Difference | undefined {
  for (const part of new Set([...Object.keys(wanted.fields), ...Object.keys(got.fields)])) {
    const [expected, actual] = [wanted.fields[part], got.fields[part]];
    if (expected !== actual) return { kind: "different", index, id: wanted.id, part, expected, got: actual };
  }
  return undefined;
}

/** Why the ids at `index` differ, where those before it are equal. */
function explain(
  expected: readonly ExpectedItem[],
  actual: readonly ExpectedItem[],
  index: number,
): Difference {
  const has = (items: readonly ExpectedItem[], id: string, end?: number) =>
    items.slice(0, end).some((item) => item.id === id);
  const wanted = expected[index]?.id;
  const got = actual[index]?.id;
  if (got !== undefined) {
    if (has(actual, got, index)) return { kind: "duplicate", index, id: got, expected: wanted };
    if (!has(expected, got)) return { kind: "unexpected", index, id: got, expected: wanted };
  }
  // Not both are undefined, and `got` is expected further on, so `wanted` is there.
  if (wanted === undefined) throw new RangeError(`no difference at index ${index}`);
  if (got === undefined || !has(actual, wanted)) return { kind: "missing", index, id: wanted, got };
  const length = reversedLength(expected, actual, index, got);
  return length >= 3
    ? { kind: "reversed", index, length, id: got, expected: wanted }
    : { kind: "out-of-order", index, id: got, expected: wanted };
}

/** How many items from `index` on are a mirror image of what should be there. */
function reversedLength(
  expected: readonly ExpectedItem[],
  actual: readonly ExpectedItem[],
  index: number,
  firstId: string,
): number {
  const last = expected.findIndex((item) => item.id === firstId);
  const length = last - index + 1;
  for (let offset = 0; offset < length; offset += 1) {
    if (actual[index + offset]?.id !== expected[last - offset]?.id) return 0;
  }
  return length;
}
