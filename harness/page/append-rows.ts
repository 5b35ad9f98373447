import type { Row } from "./item.ts";

/**
 * The elements of a container with `phx-update="append"` or `"prepend"` after a render: those that are there
 * already are changed in place, new ones are added at that end, none is ever removed.
 *
 * Source: dom_post_morph_restorer.ts.
 */
export function applyAppend(
  rows: readonly Row[],
  rendered: readonly Row[],
  end: "append" | "prepend",
): readonly Row[] {
  const changed = new Map(rendered.map((row) => [row.id, row]));
  const kept = rows.map((row) => {
    const now = changed.get(row.id);
    changed.delete(row.id);
    return now ?? row;
  });
  const added = [...changed.values()];
  return end === "append" ? [...kept, ...added] : [...added, ...kept];
}
