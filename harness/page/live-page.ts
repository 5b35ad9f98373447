import type { Document } from "domhandler";
import type { Diff } from "../protocol/diff.ts";
import { firstTree, type Merged, merge } from "../protocol/merge.ts";
import { withoutComponents } from "../protocol/reachable-components.ts";
import type { Comprehension, Entry, Tree } from "../protocol/rendered.ts";
import { type HeldEntry, treeToHtml } from "../protocol/to-html.ts";
import { type AppendedIds, isAppending, joinAppended, NONE_APPENDED } from "./append-rows.ts";
import { parseHtml } from "./html.ts";
import { type Item, sourcesOf } from "./item.ts";
import { compareLists, type ListChange, noChange } from "./list-change.ts";
import { ListNodes } from "./list-nodes.ts";
import { type ListReader, listNotFound } from "./list-reader.ts";
import { type ListState, type ListStep, NO_ROWS } from "./list-state.ts";
import {
  dependsOnComponents,
  type ListBasis,
  stepOfComponents,
  stepOfStream,
  stepToRendered,
  stepToRows,
} from "./list-step.ts";
import { comprehensionAt, type ListLocation, locateList } from "./locate-list.ts";
import { applyOtherStream, type OtherStreams, withoutLostStreams } from "./other-streams.ts";
import type { ShownPage } from "./shown-page.ts";

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
  /** What the last DOM and the next one have in common; null before one was asked for. */
  #nodes: ListNodes | null = null;
  /** Where the list is, if its entries cannot be told apart there. */
  #inseparable: ListLocation | null = null;

  /**
   * @param join what the view rendered when it was joined
   * @param list `elsewhere`: another view may have the list; this one is searched for it now and by {@link seekList}
   * @param appended what stood in containers that append until now: as the page was sent, or before a rejoin
   * @throws ProtocolError if that is no whole tree; UsageError with code `list-not-found` if the list's
   *   container is not on the page
   */
  constructor(
    reader: ListReader,
    join: Diff,
    list: "here" | "elsewhere" = "here",
    appended: AppendedIds = NONE_APPENDED,
  ) {
    const merged = firstTree(join);
    this.#reader = reader;
    this.#state = reader.states.empty;
    this.#tree = merged.tree;
    this.#title = join.title;
    this.#hasList = this.#locate();
    if (list === "here" && !this.#hasList) throw listNotFound(reader);
    this.#update(merged);
    this.#putBack(appended);
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

  /** All that stands on the page now. */
  get shown(): ShownPage {
    return {
      tree: this.#tree,
      list: this.#list,
      location: this.#location,
      rows: this.#state.rows,
      otherStreams: this.#otherStreams,
    };
  }

  /** What stands in the list's container, if that is one that appends. */
  get appended(): AppendedIds {
    if (this.#location === null || !isAppending(this.#location.update)) return NONE_APPENDED;
    return new Map([[this.#location.containerId, this.#state.rows.map(({ id }) => id)]]);
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
    const tree = this.#tree;
    const location = this.#location;
    const list = this.#list;
    const state = this.#state;
    const others = this.#otherStreams;
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
   * diff: its elements may be part of the next DOM then.
   */
  document(): Document {
    this.#document ??=
      this.#documentOfNodes() ??
      parseHtml(treeToHtml(this.#tree, { held: this.held, marksComponents: true }));
    return this.#document;
  }

  /** The page as a DOM, of which the list's entries that were there before are not parsed again; null where that cannot be. */
  #documentOfNodes(): Document | null {
    const list = this.#list;
    const location = this.#location;
    if (list === null || location === null || location === this.#inseparable) return null;
    this.#nodes ??= new ListNodes();
    if (!this.#reader.nodes.use(this.#nodes)) return null;
    const { path } = location;
    const document = this.#nodes.parse({ tree: this.#tree, held: this.held, list, path });
    if (document === null) this.#inseparable = location;
    return document;
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
    if (list === null || location === null) return this.#take(stepToRows(this.#basis, NO_ROWS));
    if (former !== null && list.stream?.ref !== former.stream?.ref) return this.#startList(list, location);
    // A stream that is sent the same twice in a row is one object, and was rendered all the same.
    if (list === former && !merged.streams.includes(list))
      return this.#keepList(list, location, location !== formerLocation);
    return this.#take(this.#stepToRendered(list, location));
  }

  #stepToRendered(list: Comprehension, location: ListLocation): ListStep {
    // Components change without the list: what another user made of it may be of other ones.
    if (this.#tree.components.size > 0) return stepToRendered(this.#basis, list, location);
    const { states } = this.#reader;
    const from = this.#state;
    const known = states.knownStep(from, list, location);
    if (known !== null) return known;
    const step = stepToRendered(this.#basis, list, location);
    states.addStep(from, list, location, step);
    return step;
  }

  /** After a join, what stood in the list's container before stays in its place. */
  #putBack(appended: AppendedIds): void {
    if (this.#location === null || !isAppending(this.#location.update)) return;
    const before = appended.get(this.#location.containerId);
    if (before === undefined) return;
    this.#state = this.#reader.states.of(joinAppended(before, this.#state.rows, this.#location.update));
  }

  get #basis(): ListBasis {
    return { reader: this.#reader, components: this.#tree.components, state: this.#state };
  }

  #take({ state, change }: ListStep): ListChange {
    this.#state = state;
    return change;
  }

  /** The list was not rendered, but elements beside it may have been, and components within it. */
  #keepList(list: Comprehension, location: ListLocation, isMoved: boolean): ListChange {
    const basis = this.#basis;
    if (list.stream !== null && isMoved) {
      return this.#take(stepOfStream(basis, NO_ROWS, location, { ...list.stream, ...NO_OPERATIONS }));
    }
    if (!dependsOnComponents(basis, list)) return noChange(this.items);
    return this.#take(list.stream === null ? stepToRendered(basis, list, location) : stepOfComponents(basis));
  }

  /** The selector matches another list than before: nothing of that one stays. */
  #startList(list: Comprehension, location: ListLocation): ListChange {
    const before = this.items;
    const { state } = stepToRendered({ ...this.#basis, state: this.#reader.states.empty }, list, location);
    this.#state = state;
    return compareLists(before, state.items);
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
    this.#location = search.kind === "found" ? this.#reader.locations.of(search.location) : null;
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
    return list === this.#list && isAppending(update) ? sourcesOf(this.#state.rows) : null;
  };
}
