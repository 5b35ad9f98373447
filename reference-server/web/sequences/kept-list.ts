import type { CaseItem, CaseOperation } from "../stream-cases/case-operation.ts";

/**
 * A list after an operation, as a database has it: an item that is there is changed where it is, and nothing is pruned. A
 * page may show it otherwise, and is sent it anew when it joins again.
 */
export function kept(list: readonly CaseItem[], operation: CaseOperation): readonly CaseItem[] {
  switch (operation.kind) {
    case "insert":
      return withItem(list, operation.item, operation.at, operation.updateOnly);
    case "insertAll":
      return operation.items.reduce((items, item) => withItem(items, item, operation.at, false), list);
    case "delete":
      return list.filter(({ id }) => id !== operation.id);
    case "reset":
      return operation.items;
    case "note":
      return list;
    default:
      return operation satisfies never;
  }
}

function withItem(list: readonly CaseItem[], item: CaseItem, at: number, updateOnly: boolean) {
  if (list.some(({ id }) => id === item.id))
    return list.map((known) => (known.id === item.id ? item : known));
  return updateOnly ? list : list.toSpliced(at === -1 ? list.length : at, 0, item);
}
