import { type ChildNode, type Document, isComment, isTag, type ParentNode } from "domhandler";
import { find } from "domutils";
import { SESSION_ATTRIBUTE } from "../protocol/markup-mentions.ts";
import type { Comprehension, Entry, Slot, Statics, Tree } from "../protocol/rendered.ts";
import { entryToHtml, type Held, type HtmlContext, treeToHtml } from "../protocol/to-html.ts";
import { parseHtml } from "./html.ts";

/** A page whose list is where its location says. */
export interface ListedPage {
  readonly tree: Tree;
  readonly held: Held;
  readonly list: Comprehension;
  /** The slots that lead from the root template to the list. */
  readonly path: readonly number[];
}

/** An entry's HTML, and what that was parsed to. */
interface ParsedEntry {
  readonly statics: Statics;
  readonly html: string;
  readonly nodes: readonly ChildNode[];
}

/** An entry of the list as it is now, which may be still to be parsed. */
interface Piece {
  readonly statics: Statics;
  readonly entry: Entry;
  readonly html: string;
  readonly known: ParsedEntry | null;
}

const NONE_BY_ENTRY: ReadonlyMap<Entry, ParsedEntry> = new Map();
const NONE_BY_HTML: ReadonlyMap<string, ParsedEntry> = new Map();
const COMPONENT = "data-phx-component";
/** Of a comment that stands between entries. No server has a reason to send that. */
const MARK = "\uE000entries\uE000";
const MARK_HTML = `<!--${MARK}-->`;

/**
 * The nodes of a list's entries, kept from one DOM of a page to the next: then only what surrounds the list is parsed, and
 * the entries that are new.
 *
 * An entry is parsed in its place on the page, with a mark before and behind it. Where all marks come out as siblings, an
 * entry has opened nothing that it does not close and closed nothing that it has not opened, so what it comes to depends on
 * the elements around it alone.
 */
export class ListNodes {
  #byEntry: ReadonlyMap<Entry, ParsedEntry> = NONE_BY_ENTRY;
  /** Where a list is tracked by index, entries are others as soon as items come in front of them. */
  #byHtml: ReadonlyMap<string, ParsedEntry> = NONE_BY_HTML;
  /** The names of the elements around the entries, from the inside out. */
  #around = "";

  /**
   * The DOM of a page, components marked. The one before loses the nodes that both have: their parents are those of the new
   * one.
   *
   * @returns null where the list's entries cannot be told apart in it
   */
  parse(page: ListedPage): Document | null {
    const pieces = this.#piecesOf(page);
    const unparsed = pieces.filter(({ known }) => known === null);
    if (!unparsed.every(({ html }) => endsBetweenTags(html) && !html.includes(SESSION_ATTRIBUTE)))
      return this.#giveUp();
    const document = markedDocument(page, unparsed);
    const [first] = document === null ? [] : find(isMark, document.children, true, 1);
    const parent = first?.parent;
    if (document === null || !parent || !marksComponentsAround(page, parent)) return this.#giveUp();
    const [before, ...segments] = segmentsOf(parent.children);
    const behind = segments.pop();
    if (before === undefined || behind === undefined || segments.length !== unparsed.length)
      return this.#giveUp();
    const around = namesFrom(parent);
    if (around !== this.#around) {
      this.#around = around;
      if (this.#byEntry.size > 0) {
        this.clear();
        return this.parse(page);
      }
    }
    let next = 0;
    const parsed = pieces.map(
      ({ statics, html, known }): ParsedEntry => known ?? { statics, html, nodes: segments[next++] ?? [] },
    );
    putInto(parent, [...before, ...parsed.flatMap(({ nodes }) => nodes), ...behind]);
    this.#byEntry = new Map(parsed.map((one, i) => [(pieces[i] as Piece).entry, one]));
    this.#byHtml = new Map(parsed.map((one) => [one.html, one]));
    return document;
  }

  /** Forgets all nodes. */
  clear(): void {
    this.#byEntry = NONE_BY_ENTRY;
    this.#byHtml = NONE_BY_HTML;
  }

  #giveUp(): null {
    this.clear();
    return null;
  }

  #piecesOf({ tree, held, list }: ListedPage): readonly Piece[] {
    const context: HtmlContext = { components: tree.components, held, marksComponents: true };
    const entries = held(list) ?? list.entries.map((entry) => ({ statics: list.statics, entry }));
    const taken = new Set<ParsedEntry>();
    return entries.map(({ statics, entry }) => {
      const former = this.#byEntry.get(entry);
      const isSame = former?.statics === statics && !entry.mayHoldComponents;
      const html = isSame ? former.html : entryToHtml(statics, entry, context);
      const found = isSame ? former : this.#byHtml.get(html);
      // Nodes stand in one place, entries that are equal in several.
      const known = found === undefined || taken.has(found) ? null : found;
      if (known !== null) taken.add(known);
      return { statics, entry, html, known };
    });
  }
}

/** The page with nothing in its list but some entries, and marks between these; null where that is not all of the marks. */
function markedDocument({ tree, held, list }: ListedPage, unparsed: readonly Piece[]): Document | null {
  const marked = MARK_HTML + unparsed.map(({ html }) => html + MARK_HTML).join("");
  const instead: HtmlContext["instead"] = (one) => (one === list ? marked : null);
  const html = treeToHtml(tree, { held, marksComponents: true, instead });
  const [before = "", ...others] = html.split(MARK);
  const isThereOnce = others.length === unparsed.length + 1;
  return isThereOnce && endsBetweenTags(before.slice(0, -"<!--".length)) ? parseHtml(html) : null;
}

/** Whether HTML ends behind a tag, and not in the middle of something that what follows could be taken for a part of. */
function endsBetweenTags(html: string): boolean {
  return /(?:^|>)[ \t\r\n]*$/u.test(html);
}

const isMark = (node: ChildNode): boolean => isComment(node) && node.data === MARK;

/** What stands before, between and behind marks. */
function segmentsOf(nodes: readonly ChildNode[]): readonly (readonly ChildNode[])[] {
  const segments: ChildNode[][] = [[]];
  for (const node of nodes) {
    if (isMark(node)) segments.push([]);
    else segments.at(-1)?.push(node);
  }
  return segments;
}

/** Whether the components that the list is in have their mark around it: else it is on an entry, which may come and go. */
function marksComponentsAround({ tree, path }: ListedPage, parent: ParentNode): boolean {
  const marks = new Set<string | undefined>();
  for (let node: ParentNode | null = parent; node !== null; node = node.parent)
    if (isTag(node)) marks.add(node.attribs[COMPONENT]);
  return componentsAlong(tree, path).every((cid) => marks.has(`${cid}`));
}

function componentsAlong(tree: Tree, path: readonly number[]): readonly number[] {
  const cids: number[] = [];
  let slot: Slot | undefined = tree.root;
  for (const step of path) {
    if (typeof slot === "number") cids.push(slot);
    const template: Slot | undefined = typeof slot === "number" ? tree.components.get(slot) : slot;
    slot = typeof template === "object" && template.kind === "rendered" ? template.slots[step] : undefined;
  }
  return cids;
}

function namesFrom(parent: ParentNode): string {
  const names: string[] = [];
  for (let node: ParentNode | null = parent; node !== null; node = node.parent)
    if (isTag(node)) names.push(node.name);
  return names.join(" ");
}

function putInto(parent: ParentNode, children: ChildNode[]): void {
  parent.children = children;
  children.forEach((node, index) => {
    node.parent = parent;
    node.prev = children[index - 1] ?? null;
    node.next = children[index + 1] ?? null;
  });
}
