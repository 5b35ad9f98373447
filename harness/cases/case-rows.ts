import type { CaseRows } from "../core/stream-case.ts";

/** An element of a list, as it is read from a page. */
export interface ReadItem {
  readonly id: string;
  readonly text: string;
  readonly mark: string | null;
}

/** The words that stand for elements of a list: `a`, `a=text`, `a=text [mark]`. */
export function rowsOf(list: string, items: readonly ReadItem[]): CaseRows {
  return items.map(({ id, text, mark }) => {
    const name = id.startsWith(`${list}-`) ? id.slice(list.length + 1) : `#${id}`;
    return `${name}${text === name ? "" : `=${text}`}${mark === null ? "" : ` [${mark}]`}`;
  });
}
