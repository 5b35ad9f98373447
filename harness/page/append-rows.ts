import type { Row } from "./item.ts";

/** Which elements stand in the containers that append or prepend, in order, by the containers' DOM ids. */
export type AppendedIds = ReadonlyMap<string, readonly string[]>;

export const NONE_APPENDED: AppendedIds = new Map();

/** Whether a `phx-update` has the client keep the elements of a container. */
export const isAppending = (update: string | undefined): update is "append" | "prepend" =>
  update === "append" || update === "prepend";

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

/**
 * The elements of such a container after a join, for the first time or again. What is not rendered now is gone; what is,
 * stands behind the same element as before, where that is still there. So an item that is rendered in front of known
 * ones does not get there.
 *
 * Source: `markPrunableContentForRemoval` in dom_patch.ts; dom_post_morph_restorer.ts.
 *
 * @param before the ids of what stood in the container until now
 */
export function joinAppended(
  before: readonly string[],
  rendered: readonly Row[],
  end: "append" | "prepend",
): readonly Row[] {
  let rows = rendered;
  before.forEach((id, index) => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) return;
    const former = index === 0 ? undefined : rows.find((candidate) => candidate.id === before[index - 1]);
    if (index > 0 && former === undefined) return;
    const others = rows.filter((other) => other !== row);
    rows = others.toSpliced(former === undefined ? 0 : others.indexOf(former) + 1, 0, row);
  });
  if (end === "append") return rows;
  const added = rendered.filter(({ id }) => !before.includes(id));
  return [...added, ...rows.filter((row) => !added.includes(row))];
}
