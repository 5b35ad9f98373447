import type { ListOperation, SequenceItem } from "./sequence.ts";

/**
 * The items of a container that appends, after one render: what is there is changed where it is, all that is new comes to
 * the end that the last of the operations names.
 *
 * Source: dom_post_morph_restorer.ts.
 */
export function renderedAppend(
  items: readonly SequenceItem[],
  operations: readonly ListOperation[],
): readonly SequenceItem[] {
  let rendered: readonly SequenceItem[] = [];
  let end = -1;
  for (const operation of operations) {
    if (operation.kind !== "insert" && operation.kind !== "insertAll")
      throw new Error(`a container that appends cannot ${operation.kind}`);
    const added = operation.kind === "insert" ? [operation.item] : operation.items;
    end = operation.at;
    for (const item of added) {
      const index = rendered.findIndex(({ id }) => id === item.id);
      rendered =
        index === -1
          ? rendered.toSpliced(end === 0 ? 0 : rendered.length, 0, item)
          : rendered.with(index, item);
    }
  }
  const find = (wanted: string) => rendered.find(({ id }) => id === wanted);
  const kept = items.map((item) => find(item.id) ?? item);
  const added = rendered.filter(({ id }) => !items.some((item) => item.id === id));
  return end === 0 ? [...added, ...kept] : [...kept, ...added];
}

/**
 * The items after a join: what was not sent again is gone, and what was there before goes behind the element that was
 * before it, where that is there still, or to the front where it was the first.
 *
 * Source: `markPrunableContentForRemoval` in dom_patch.ts; dom_post_morph_restorer.ts.
 */
export function joinedAppend(
  before: readonly SequenceItem[],
  sent: readonly SequenceItem[],
): readonly SequenceItem[] {
  return before.reduce((items, { id }, index) => {
    const item = items.find((other) => other.id === id);
    const previous = index === 0 ? null : before[index - 1];
    if (item === undefined || previous === undefined) return items;
    const others = items.filter((other) => other !== item);
    const behind = previous === null ? -1 : others.findIndex((other) => other.id === previous.id);
    if (previous !== null && behind === -1) return items;
    return others.toSpliced(behind + 1, 0, item);
  }, sent);
}
