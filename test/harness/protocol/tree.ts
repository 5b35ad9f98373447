import type { Diff } from "../../../harness/protocol/diff.ts";
import { Interner } from "../../../harness/protocol/intern.ts";
import { firstTree, merge } from "../../../harness/protocol/merge.ts";
import { parseDiff } from "../../../harness/protocol/parse-diff.ts";
import type { Tree } from "../../../harness/protocol/rendered.ts";
import { treeToHtml } from "../../../harness/protocol/to-html.ts";

/** A diff as a decoder of its own reads it; with one interner given, several are read as by one decoder. */
export function diffOf(raw: object, interner = new Interner()): Diff {
  return parseDiff(interner, "diff", null, raw);
}

/** The tree that a join and the diffs after it give. */
export function treeOf(join: object, ...diffs: readonly object[]): Tree {
  const interner = new Interner();
  let { tree } = firstTree(diffOf(join, interner));
  for (const diff of diffs) tree = merge(tree, diffOf(diff, interner)).tree;
  return tree;
}

/** The HTML that a join and the diffs after it give. */
export function htmlOf(join: object, ...diffs: readonly object[]): string {
  return treeToHtml(treeOf(join, ...diffs));
}

/** Freezes a value and all that hangs on it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(inner);
  }
  return value;
}
