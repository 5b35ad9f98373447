import type { Comprehension, Rendered, Slot, Tree } from "./rendered.ts";
import type { Held } from "./to-html.ts";

/**
 * What of a tree is on the page: the templates and comprehensions that the root leads to, directly or through components,
 * and the ids of these components, each once. A tree also holds components that left the page.
 *
 * @param held what the containers hold where the tree keeps the last render only
 */
export function* reachableParts(tree: Tree, held: Held): Generator<Exclude<Slot, string>> {
  const reached = new Set<number>();
  const open: (Rendered | Comprehension)[] = [tree.root];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    yield part;
    for (const slot of slotsOf(part, held)) {
      if (typeof slot === "object") open.push(slot);
      if (typeof slot !== "number" || reached.has(slot)) continue;
      reached.add(slot);
      yield slot;
      const component = tree.components.get(slot);
      if (component !== undefined) open.push(component);
    }
  }
}

function slotsOf(part: Rendered | Comprehension, held: Held): readonly Slot[] {
  if (part.kind === "rendered") return part.slots;
  const entries = held(part)?.map(({ entry }) => entry) ?? part.entries;
  return entries.flatMap((entry) => (entry.mayHoldComponents || entry.mayHoldStreams ? entry.slots : []));
}
