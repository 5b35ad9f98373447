/** How a view came to its end. */
export type Ending = "left" | "went elsewhere" | "crashed";

/** What a child gets from its parent. */
export type Adoption =
  | { readonly kind: "adopted"; readonly assigns: Readonly<Record<string, unknown>> }
  /** The parent had ended before. */
  | { readonly kind: "orphaned" }
  /** The parent ended while the child waited. */
  | { readonly kind: "abandoned"; readonly ending: Ending };

/** What a parent does with a child. */
export interface Child {
  /** The parent is gone, and so must the child be. */
  parentExited(): void;
}

/**
 * The children of a view: those that it has, and those that wait to be adopted while it is busy. Source:
 * `sync_with_parent` and the `:DOWN` message of a parent in channel.ex.
 */
export class ViewFamily {
  readonly #children = new Set<Child>();
  readonly #waiting = new Set<(adoption: Adoption) => void>();
  #ended = false;

  /**
   * Adopts a child when it is the parent's turn.
   *
   * @param inTurn runs a task after what the parent is busy with.
   * @param assigns what the child asked for.
   */
  adopt(
    child: Child,
    inTurn: (task: () => void) => void,
    assigns: () => Readonly<Record<string, unknown>>,
  ): Promise<Adoption> {
    if (this.#ended) return Promise.resolve({ kind: "orphaned" });
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      inTurn(() => {
        this.#waiting.delete(resolve);
        this.#children.add(child);
        resolve({ kind: "adopted", assigns: assigns() });
      });
    });
  }

  /** The child has ended by itself. */
  disown(child: Child): void {
    this.#children.delete(child);
  }

  /** The parent has ended. */
  end(ending: Ending): void {
    this.#ended = true;
    for (const resolve of this.#waiting) resolve({ kind: "abandoned", ending });
    this.#waiting.clear();
    const children = [...this.#children];
    this.#children.clear();
    for (const child of children) child.parentExited();
  }
}
