import type { Comprehension, Tree } from "../protocol/rendered.ts";
import { treeToHtml } from "../protocol/to-html.ts";
import type { Row, RowReader } from "./item.ts";
import { applyStream } from "./stream-rows.ts";

const NO_ROWS: readonly Row[] = [];

/** The elements of the streams of a page that are not its list, by the stream's ref. */
export class OtherStreams {
  readonly #reader: RowReader;
  /** Made when the first one comes: most pages have none. */
  #rows: Map<string, readonly Row[]> | null = null;

  constructor(reader: RowReader) {
    this.#reader = reader;
  }

  /** What the stream's container holds now. */
  rowsOf(ref: string): readonly Row[] {
    return this.#rows?.get(ref) ?? NO_ROWS;
  }

  /** Applies one render of a stream. */
  apply(list: Comprehension, components: Tree["components"]): void {
    if (list.stream === null) return;
    this.#rows ??= new Map();
    const rendered = list.entries.map((entry) => this.#reader.row(list.statics, entry, components));
    this.#rows.set(list.stream.ref, applyStream(this.rowsOf(list.stream.ref), rendered, list.stream).rows);
  }

  /** A container that left the page takes its elements along: a stream that comes back starts empty. */
  forgetLost(tree: Tree): void {
    if (this.#rows === null) return;
    const present = new Set<string>();
    treeToHtml(tree, {
      onComprehension: ({ comprehension }) => {
        if (comprehension.stream !== null) present.add(comprehension.stream.ref);
      },
    });
    for (const ref of this.#rows.keys()) if (!present.has(ref)) this.#rows.delete(ref);
  }
}
