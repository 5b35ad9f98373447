import type { Comprehension, Rendered, Slot, Tree } from "./rendered.ts";
import type { Held } from "./to-html.ts";

const NONE: ReadonlySet<number> = new Set();

/**
 * The ids of the components that are on the page: those that the root template leads to, directly or through others.
 * A tree also holds components that left the page, until the server has confirmed that they are gone.
 *
 * @param held what the containers hold where the tree keeps the last render only
 */
export function reachableComponents(tree: Tree, held: Held): ReadonlySet<number> {
  if (tree.components.size === 0) return NONE;
  const reached = new Set<number>();
  const open: (Rendered | Comprehension)[] = [tree.root];
  const visit = (slots: readonly Slot[]) => {
    for (const slot of slots) {
      if (typeof slot === "object") open.push(slot);
      if (typeof slot !== "number" || reached.has(slot)) continue;
      reached.add(slot);
      const component = tree.components.get(slot);
      if (component !== undefined) open.push(component);
    }
  };
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "rendered") {
      visit(node.slots);
      continue;
    }
    const entries = held(node)?.map(({ entry }) => entry) ?? node.entries;
    for (const entry of entries) if (entry.mayHoldComponents) visit(entry.slots);
  }
  return reached;
}

/** The tree without these components. */
export function withoutComponents(tree: Tree, cids: readonly number[]): Tree {
  const components = new Map(tree.components);
  for (const cid of cids) components.delete(cid);
  return { root: tree.root, components };
}
