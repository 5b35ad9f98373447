import { reachableParts } from "./reachable-parts.ts";
import type { Tree } from "./rendered.ts";
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
  for (const part of reachableParts(tree, held)) if (typeof part === "number") reached.add(part);
  return reached;
}

/** The tree without these components. */
export function withoutComponents(tree: Tree, cids: readonly number[]): Tree {
  const components = new Map(tree.components);
  for (const cid of cids) components.delete(cid);
  return { root: tree.root, components };
}
