import type { Document } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { Diff } from "../protocol/diff.ts";
import { firstTree, type Merged, merge } from "../protocol/merge.ts";
import { withoutComponents } from "../protocol/reachable-components.ts";
import type { Comprehension, Entry, StreamOperations, Tree } from "../protocol/rendered.ts";
import { type HeldEntry, treeToHtml } from "../protocol/to-html.ts";
import { applyAppend } from "./append-rows.ts";
import { compileSelector, parseHtml, type Query } from "./html.ts";
import { type FieldSelectors, type Item, type Row, RowReader, sourcesOf } from "./item.ts";
import { compareLists, type ListChange, noChange, positionOf } from "./list-change.ts";
import { type ListState, ListStates, type ListStep, NO_ROWS } from "./list-state.ts";
import { comprehensionAt, type ListLocation, locateList } from "./locate-list.ts";
import { applyOtherStream, type OtherStreams, withoutLostStreams } from "./other-streams.ts";
import { applyStream } from "./stream-rows.ts";

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
  readonly states: ListStates;
}

/** @throws UsageError if one of the selectors is none */
export function createListReader({ list, fields }: ListOptions): ListReader {
  return {
    selector: list,
    container: compileSelector(list),
    rows: new RowReader(fields),
    states: new ListStates(),
  };
}

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
  #state: ListState;
  #otherStreams: OtherStreams = null;
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
    this.#state = reader.states.empty;
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
    return this.#state.items;
  }

  /** How many elements of the list are there and not to be seen: no items, but the browser keeps them. */
  get hiddenCount(): number {
    return this.#state.rows.filter(({ hidden }) => hidden).length;
  }

  /** The page's title, if the view has set it. */
  get title(): string | null {
    return this.#title;
  }

  /**
   * Applies a diff and tells what it did to the list. Where it throws, the page is as it was.
   *
   * @throws ProtocolError where it does not fit; BenchError with code `unsupported-list` where items come in
   *   a way that cannot be followed
   */
  apply(diff: Diff): ListChange {
    const change =
      diff.root === null && diff.components.length === 0 ? noChange(this.items) : this.#merge(diff);
    if (diff.title !== null) this.#title = diff.title;
    return change;
  }

  #merge(diff: Diff): ListChange {
    const merged = merge(this.#tree, diff);
    const [tree, location, list, state, others] = [
      this.#tree,
      this.#location,
      this.#list,
      this.#state,
      this.#otherStreams,
    ];
    this.#tree = merged.tree;
    try {
      const change = this.#update(merged);
      this.#document = null;
      return change;
    } catch (error) {
      this.#tree = tree;
      this.#location = location;
      this.#list = list;
      this.#state = state;
      this.#otherStreams = others;
      throw error;
    }
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
    if (merged.replacedStreams)
      this.#otherStreams = withoutLostStreams(this.#otherStreams, this.#tree, this.held);
    for (const stream of merged.streams) if (stream !== this.#list) this.#applyOther(stream);

    const list = this.#list;
    const location = this.#location;
    if (list === null || location === null) return this.#take(this.#replaced(NO_ROWS));
    if (former !== null && list.stream?.ref !== former.stream?.ref) return this.#startList(list, location);
    if (list === former) return this.#keepList(list, location, location !== formerLocation);
    const compute = () => this.#rendered(list, location);
    // Components change without the list: what another user made of it may be of other ones.
    const isShared = this.#tree.components.size === 0;
    return this.#take(isShared ? this.#reader.states.step(this.#state, list, location, compute) : compute());
  }

  #take({ state, change }: ListStep): ListChange {
    this.#state = state;
    return change;
  }

  /** The list was not rendered, but elements beside it may have been, and components within it. */
  #keepList(list: Comprehension, location: ListLocation, isMoved: boolean): ListChange {
    if (list.stream !== null && isMoved) {
      return this.#take(this.#streamed(NO_ROWS, location, { ...list.stream, ...NO_OPERATIONS }));
    }
    if (!this.#dependsOnComponents(list)) return noChange(this.items);
    return this.#take(
      list.stream === null ? this.#rendered(list, location) : this.#replaced(this.#rereadRows()),
    );
  }

  /** The selector matches another list than before: nothing of that one stays. */
  #startList(list: Comprehension, location: ListLocation): ListChange {
    const before = this.items;
    this.#state = this.#reader.states.empty;
    this.#state = this.#rendered(list, location).state;
    return compareLists(before, this.items);
  }

  /** The list as it is rendered now. */
  #rendered(list: Comprehension, location: ListLocation): ListStep {
    const rows = this.#rowsOf(list);
    if (list.stream !== null) return this.#streamed(rows, location, list.stream);
    const { update } = location;
    const keeps = update === "append" || update === "prepend";
    return this.#replaced(keeps ? applyAppend(this.#state.rows, rows, update) : rows);
  }

  #streamed(
    entries: readonly Row[],
    { before, behind }: ListLocation,
    operations: StreamOperations,
  ): ListStep {
    const { rows, ...change } = applyStream(this.#state.rows, [...before, ...entries, ...behind], operations);
    const state = this.#reader.states.of(rows);
    const order = new Set(change.inserted);
    const inserted =
      order.size < 2 ? change.inserted : state.items.filter(({ id }) => order.has(id)).map(({ id }) => id);
    const position = positionOf(inserted, state.items);
    const { reset } = operations;
    return {
      state,
      change: { ...change, before: this.items, after: state.items, inserted, reset, position },
    };
  }

  #replaced(rows: readonly Row[]): ListStep {
    const state = this.#reader.states.of(rows);
    return { state, change: compareLists(this.items, state.items) };
  }

  /** The items of a stream may hold components, which change without the stream. */
  #rereadRows(): readonly Row[] {
    return this.#state.rows.map((row) => {
      if (row.source === null) return row;
      return this.#reader.rows.row(row.source.statics, row.source.entry, this.#tree.components, row);
    });
  }

  #rowsOf(list: Comprehension): readonly Row[] {
    const former = this.#state.rows;
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
      : this.#state.rows.some((row) => row.source?.entry.mayHoldComponents === true);
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
    const search = locateList(this.#tree, this.#reader, { held: this.held });
    this.#location = search.kind === "found" ? search.location : null;
    return search.kind !== "no-container";
  }

  #applyOther(list: Comprehension): void {
    const read = (entry: Entry) => this.#reader.rows.row(list.statics, entry, this.#tree.components);
    this.#otherStreams = applyOtherStream(this.#otherStreams, list, read);
  }

  /** What a container holds now where the tree itself keeps the last render only. */
  readonly held = (list: Comprehension): readonly HeldEntry[] | null => {
    const update = this.#location?.update;
    if (list.stream !== null) {
      const isList = list.stream.ref === this.#list?.stream?.ref;
      return sourcesOf(isList ? this.#state.rows : (this.#otherStreams?.get(list.stream.ref) ?? NO_ROWS));
    }
    return list === this.#list && (update === "append" || update === "prepend")
      ? sourcesOf(this.#state.rows)
      : null;
  };
}

/** That no view of a page has the list. */
export function listNotFound({ selector }: ListReader): UsageError {
  return new UsageError(`the page has no element that matches the list's selector ${selector}`, {
    code: "list-not-found",
  });
}
