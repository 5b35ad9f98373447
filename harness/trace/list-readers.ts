import { parseHtml } from "../page/html.ts";
import { createListReader, type ListReader } from "../page/list-reader.ts";
import type { Diff } from "../protocol/diff.ts";
import { firstTree } from "../protocol/merge.ts";
import { treeToHtml } from "../protocol/to-html.ts";
import { findList } from "../target/find-list.ts";

/** Matches no element. */
const NOWHERE = ":not(*)";

/** The list of a page on which there may be any, found on what its view renders at its join. */
export class ListReaders {
  readonly #said: string | undefined;
  readonly #readers = new Map<string, ListReader>();
  #last: string | null = null;

  /** @param said the selector of the list; absent: it is looked for */
  constructor(said: string | undefined) {
    this.#said = said;
  }

  /**
   * Reads the list that a view has rendered, or that it had before; none where there is none, or where an empty one cannot be
   * told.
   *
   * @throws ProtocolError where that is no whole tree; UsageError where what was said is no selector
   */
  of(rendered: Diff): ListReader {
    const { tree } = firstTree(rendered);
    const [found] = this.#said === undefined ? findList(parseHtml(treeToHtml(tree))) : [null];
    const selector = this.#said ?? found?.selector ?? this.#last ?? NOWHERE;
    if (selector !== NOWHERE) this.#last = selector;
    const reader = this.#readers.get(selector) ?? createListReader({ list: selector, fields: {} });
    this.#readers.set(selector, reader);
    return reader;
  }
}
