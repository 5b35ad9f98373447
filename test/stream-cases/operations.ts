import type {
  CaseItemInput,
  CaseOperationInput,
} from "../../reference-server/web/stream-cases/case-operation.ts";

/** Options of an insert. */
interface Placement {
  readonly at?: number;
  readonly limit?: number;
}

/** Items from words as lists are written in: `a`, `a=text`, `a [mark]`. */
export const items = (...words: readonly string[]): CaseItemInput[] => words.map(itemOf);

function itemOf(word: string): CaseItemInput {
  const [, id = "", text = id, mark = null] = /^([^= ]+)(?:=([^[]*?))?(?: \[(.*)\])?$/su.exec(word) ?? [];
  return { id, text, mark };
}

/** Inserts one item. */
export const insert = (
  word: string,
  options: Placement & { readonly updateOnly?: boolean } = {},
): CaseOperationInput => ({ kind: "insert", item: itemOf(word), ...options });

/** Inserts several in one call. */
export const insertAll = (words: readonly string[], options: Placement = {}): CaseOperationInput => ({
  kind: "insertAll",
  items: items(...words),
  ...options,
});

/** Deletes an item by its id. */
export const remove = (id: string): CaseOperationInput => ({ kind: "delete", id });

/** Replaces the list. */
export const reset = (...words: readonly string[]): CaseOperationInput => ({
  kind: "reset",
  items: items(...words),
});

/** Changes an assign that the list does not read. */
export const note = (text: string): CaseOperationInput => ({ kind: "note", text });
