import type { ListOperation, SequenceItem } from "./sequence.ts";

/** What the server has of a list after an operation: what is sent to a page that joins, and all that a list in assigns shows. */
export function stored(list: readonly SequenceItem[], operation: ListOperation): readonly SequenceItem[] {
  switch (operation.kind) {
    case "insert":
      return put(list, operation.item, operation.at, operation.updateOnly === true);
    case "insertAll":
      return operation.items.reduce((items, item) => put(items, item, operation.at, false), list);
    case "delete":
      return list.filter(({ id }) => id !== operation.id);
    case "reset":
      return operation.items;
    default:
      return operation satisfies never;
  }
}

/** The list with an item: where it is, or else where it is put. */
function put(list: readonly SequenceItem[], item: SequenceItem, at: number, updateOnly: boolean) {
  const index = list.findIndex(({ id }) => id === item.id);
  if (index !== -1) return list.with(index, item);
  return updateOnly ? list : list.toSpliced(at === -1 ? list.length : at, 0, item);
}
