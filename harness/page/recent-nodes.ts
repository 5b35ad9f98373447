import type { ListNodes } from "./list-nodes.ts";

/** How many pages of a process keep nodes: those of as many users as load history at once, and some more. */
const PLACES = 32;

/**
 * Who may keep the nodes of a list: the pages of which a DOM was asked for last. Parsed HTML is many times as large as all
 * else that a user holds, and most users of a crowd only look on.
 */
export class RecentNodes {
  #places: readonly ListNodes[] = [];

  /** A DOM is asked for. Whether one was lately, so that its nodes are worth being kept. */
  use(nodes: ListNodes): boolean {
    if (this.#places.at(-1) === nodes) return true;
    const others = this.#places.filter((one) => one !== nodes);
    const isKnown = others.length < this.#places.length;
    if (others.length === PLACES) others.shift()?.clear();
    this.#places = [...others, nodes];
    return isKnown;
  }
}
