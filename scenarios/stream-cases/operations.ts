import type { CaseItem, CaseOperation, CasePlacement } from "../../harness/core/case-operation.ts";

/** Items from words as lists are written in: `a`, `a=text`, `a [mark]`. */
export const items = (...words: readonly string[]): CaseItem[] => words.map(itemOf);

function itemOf(word: string): CaseItem {
  const [, id = "", text = id, mark = null] = /^([^= ]+)(?:=([^[]*?))?(?: \[(.*)\])?$/su.exec(word) ?? [];
  return { id, text, mark };
}

/** Inserts one item. */
export const insert = (
  word: string,
  options: CasePlacement & { readonly updateOnly?: boolean } = {},
): CaseOperation => ({ kind: "insert", item: itemOf(word), ...options });

/** Inserts several in one call. */
export const insertAll = (words: readonly string[], options: CasePlacement = {}): CaseOperation => ({
  kind: "insertAll",
  items: items(...words),
  ...options,
});

/** Deletes an item by its id. */
export const remove = (id: string): CaseOperation => ({ kind: "delete", id });

/** Replaces the list. */
export const reset = (...words: readonly string[]): CaseOperation => ({
  kind: "reset",
  items: items(...words),
});

/** Changes an assign that the list does not read. */
export const note = (text: string): CaseOperation => ({ kind: "note", text });
