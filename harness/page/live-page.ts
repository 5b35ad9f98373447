import type { Document } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { Diff } from "../protocol/diff.ts";
import { firstTree, type Merged, merge } from "../protocol/merge.ts";
import { withoutComponents } from "../protocol/reachable-components.ts";
import type { Comprehension, StreamOperations, Tree } from "../protocol/rendered.ts";
import { type HeldEntry, treeToHtml } from "../protocol/to-html.ts";
import { applyAppend } from "./append-rows.ts";
import { compileSelector, parseHtml, type Query } from "./html.ts";
import { type FieldSelectors, type Item, itemsOf, type Row, RowReader, sourcesOf } from "./item.ts";
import { compareLists, type ListChange, noChange, positionOf } from "./list-change.ts";
import { comprehensionAt, type ListLocation, locateList } from "./locate-list.ts";
import { OtherStreams } from "./other-streams.ts";
import { applyStream, type StreamChange } from "./stream-rows.ts";

/** What a scenario says about the list that its users look at. */
export interface ListOptions {
  /** CSS selector of the container whose children are the items: `#messages`. */
  readonly list: string;
  /** Parts of an item, by name: `{ sender: ".sender" }`. */
  readonly fields: FieldSelectors;
}

/** A list's options made ready, shared by all pages of a process on which that list is. */
export interface ListReader {
  readonly selector: string;
  readonly container: Query;
  readonly rows: RowReader;
}

/** @throws UsageError if one of the selectors is none */
export function createListReader({ list, fields }: ListOptions): ListReader {
  return { selector: list, container: compileSelector(list), rows: new RowReader(fields) };
}

const NO_ROWS: readonly Row[] = [];
const NO_OPERATIONS = { inserts: [], deletes: [], reset: false } as const;

/**
 * What one simulated user sees: the view's tree, and the items of its list in order. Fed with the join and
 * with every diff; what it hands out is immutable.
 */
export class LivePage {
  readonly #reader: ListReader;
  #tree: Tree;
  #title: string | null;
  #location: ListLocation | null = null;
  /** The comprehension that the rows were last made from. */
  #list: Comprehension | null = null;
  #rows: readonly Row[] = NO_ROWS;
  #items: readonly Item[] = [];
  readonly #otherStreams: OtherStreams;
  #hasList: boolean;
  #document: Document | null = null;

  /**
   * @param join what the view rendered when it was joined
   * @param list `elsewhere`: another view may have the list; this one is searched for it now and by {@link seekList}
   * @throws ProtocolError if that is no whole tree; UsageError with code `list-not-found` if the list's
   *   container is not on the page
   */
  constructor(reader: ListReader, join: Diff, list: "here" | "elsewhere" = "here") {
    const merged = firstTree(join);
    this.#reader = reader;
    this.#otherStreams = new OtherStreams(reader.rows);
    this.#tree = merged.tree;
    this.#title = join.title;
    this.#hasList = this.#locate();
    if (list === "here" && !this.#hasList) throw listNotFound(reader);
    this.#update(merged);
  }

  /** Whether this view has the list's container, or had it: then it is the one to look at. */
  get hasList(): boolean {
    return this.#hasList;
  }

  /** Looks for the list's container again, in a view that had none so far. */
  seekList(): void {
    if (this.#hasList) return;
    this.#hasList = this.#locate();
    if (this.#hasList) this.#update({ tree: this.#tree, streams: [], replacedStreams: false });
  }

  /** What the view has rendered. */
  get tree(): Tree {
    return this.#tree;
  }

  /** Forgets components of which the server has confirmed that they are gone. */
  prune(cids: readonly number[]): void {
    this.#tree = withoutComponents(this.#tree, cids);
  }

  /** The items of the list, in page order. A later diff makes a new array. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** The page's title, if the view has set it. */
  get title(): string | null {
    return this.#title;
  }

  /**
   * Applies a diff and tells what it did to the list.
   *
   * @throws ProtocolError where it does not fit; BenchError with code `unsupported-list` where items come in
   *   a way that cannot be followed
   */
  apply(diff: Diff): ListChange {
    if (diff.title !== null) this.#title = diff.title;
    if (diff.root === null && diff.components.length === 0) return noChange(this.#items);
    const merged = merge(this.#tree, diff);
    this.#tree = merged.tree;
    this.#document = null;
    return this.#update(merged);
  }

  /** The HTML of the whole page as it is now, without the root element that the view is in. */
  html(): string {
    return treeToHtml(this.#tree, { held: this.held });
  }

  /**
   * The page as a DOM, to find forms and buttons in, components marked; parsed when asked for, valid until the next
   * diff.
   */
  document(): Document {
    this.#document ??= parseHtml(treeToHtml(this.#tree, { held: this.held, marksComponents: true }));
    return this.#document;
  }

  #update(merged: Merged): ListChange {
    const former = this.#list;
    const formerLocation = this.#location;
    this.#list = this.#findList();
    if (merged.replacedStreams) this.#otherStreams.forgetLost(this.#tree);
    for (const stream of merged.streams) {
      if (stream !== this.#list) this.#otherStreams.apply(stream, this.#tree.components);
    }

    const list = this.#list;
    if (list === null) return this.#replaceRows(NO_ROWS);
    if (former !== null && list.stream?.ref !== former.stream?.ref) return this.#startList(list);
    if (list.stream !== null && (list !== former || this.#location !== formerLocation)) {
      return this.#updateStream(list, list === former ? { ...list.stream, ...NO_OPERATIONS } : list.stream);
    }
    if (list === former && !this.#dependsOnComponents(list)) return noChange(this.#items);
    return this.#replaceRows(list.stream === null ? this.#renderedRows(list) : this.#rereadRows());
  }

  /** The selector matches another list than before: nothing of that one stays. */
  #startList(list: Comprehension): ListChange {
    const before = this.#items;
    this.#rows = NO_ROWS;
    if (list.stream !== null) this.#updateStream(list, list.stream);
    else this.#replaceRows(this.#renderedRows(list));
    return compareLists(before, this.#items);
  }

  #updateStream(list: Comprehension, operations: StreamOperations): ListChange {
    const { before, behind } = this.#location ?? { before: NO_ROWS, behind: NO_ROWS };
    const entries = operations === list.stream ? this.#rowsOf(list) : NO_ROWS;
    const change = applyStream(this.#rows, [...before, ...entries, ...behind], operations);
    return this.#setStream(change, operations.reset);
  }

  #setStream({ rows, ...change }: StreamChange, reset: boolean): ListChange {
    const before = this.#items;
    this.#rows = rows;
    this.#items = itemsOf(rows);
    const after = this.#items;
    const order = new Set(change.inserted);
    const inserted =
      order.size < 2 ? change.inserted : after.filter(({ id }) => order.has(id)).map(({ id }) => id);
    return { ...change, before, after, inserted, reset, position: positionOf(inserted, after) };
  }

  /** The items of a stream may hold components, which change without the stream. */
  #rereadRows(): readonly Row[] {
    return this.#rows.map((row) => {
      if (row.source === null) return row;
      return this.#reader.rows.row(row.source.statics, row.source.entry, this.#tree.components, row);
    });
  }

  #renderedRows(list: Comprehension): readonly Row[] {
    const rendered = this.#rowsOf(list);
    const update = this.#location?.update;
    if (update !== "append" && update !== "prepend") return rendered;
    return applyAppend(this.#rows, rendered, update);
  }

  #replaceRows(rows: readonly Row[]): ListChange {
    const change = compareLists(this.#items, itemsOf(rows));
    this.#rows = rows;
    this.#items = change.after;
    return change;
  }

  #rowsOf(list: Comprehension): readonly Row[] {
    const former = this.#rows;
    return list.entries.map((entry, i) => {
      const row = former[i];
      if (row?.source?.entry === entry && row.source.statics === list.statics && row.source.html === null)
        return row;
      return this.#reader.rows.row(list.statics, entry, this.#tree.components, row);
    });
  }

  #dependsOnComponents(list: Comprehension): boolean {
    if (this.#tree.components.size === 0) return false;
    return list.stream === null
      ? list.entries.some((entry) => entry.mayHoldComponents)
      : this.#rows.some((row) => row.source?.entry.mayHoldComponents === true);
  }

  /** The list's comprehension; searched for in the page's HTML only where the page changed around it. */
  #findList(): Comprehension | null {
    if (!this.#hasList) return null;
    const known = this.#location === null ? null : comprehensionAt(this.#tree, this.#location);
    if (known !== null) return known;
    this.#locate();
    return this.#location === null ? null : comprehensionAt(this.#tree, this.#location);
  }

  /** Whether there is a container for the list. */
  #locate(): boolean {
    const search = locateList(this.#tree, this.#reader.container, { held: this.held });
    this.#location = search.kind === "found" ? search.location : null;
    return search.kind !== "no-container";
  }

  /** What a container holds now where the tree itself keeps the last render only. */
  readonly held = (list: Comprehension): readonly HeldEntry[] | null => {
    const update = this.#location?.update;
    if (list.stream !== null) {
      const isList = list.stream.ref === this.#list?.stream?.ref;
      return sourcesOf(isList ? this.#rows : this.#otherStreams.rowsOf(list.stream.ref));
    }
    return list === this.#list && (update === "append" || update === "prepend")
      ? sourcesOf(this.#rows)
      : null;
  };
}

/** That no view of a page has the list. */
export function listNotFound({ selector }: ListReader): UsageError {
  return new UsageError(`the page has no element that matches the list's selector ${selector}`, {
    code: "list-not-found",
  });
}
