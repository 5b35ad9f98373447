import { type Element, isTag } from "domhandler";
import { BenchError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { Comprehension, Rendered, Slot, Tree } from "../protocol/rendered.ts";
import { type ComprehensionMark, type HtmlContext, slotToHtml, treeToHtml } from "../protocol/to-html.ts";
import { isAppending } from "./append-rows.ts";
import { childElements, findFirst, parseHtml, type Query } from "./html.ts";
import type { Row } from "./item.ts";
import { NO_ROWS } from "./list-state.ts";

/** Where on a page its list is, so that its comprehension is found again without rendering the page. */
export interface ListLocation {
  /** The slots that lead from the root template to the comprehension. */
  readonly path: readonly number[];
  /** The container's DOM id; empty where it has none. */
  readonly containerId: string;
  /** How the container takes what is rendered: its `phx-update`, or `replace` without one. */
  readonly update: "stream" | "append" | "prepend" | "replace";
  /** Elements of the container that are no items, as rendered before and behind them. */
  readonly before: readonly Row[];
  readonly behind: readonly Row[];
  /** The templates along the path. As long as they stay, and so do the watched slots, so does the location. */
  readonly templates: readonly Rendered["statics"][];
  /** Slots beside the path that lie within the container, by their depth in the path. */
  readonly watched: readonly { readonly depth: number; readonly index: number; readonly slot: Slot }[];
}

/** What was found: nothing that matches, a container that nothing was rendered into yet, or the list. */
export type ListSearch =
  | { readonly kind: "no-container" }
  | { readonly kind: "empty" }
  | { readonly kind: "found"; readonly location: ListLocation };

/** A list's container: its selector, and that compiled. */
export interface ContainerQuery {
  readonly selector: string;
  readonly container: Query;
}

/** Pseudo-classes and siblings may depend on the items of lists; everything else on what is around a container. */
const MAY_DEPEND_ON_ITEMS = /[:+~]/u;
const WITHOUT_ITEMS: LocateContext = { held: () => [] };

/**
 * Finds a list's container in the page's HTML, and the comprehension that its items come from. Lists are left
 * empty where the selector allows it: their items are most of the page.
 *
 * @param context what the containers of the page hold
 * @throws BenchError with code `unsupported-list` if the items come from several comprehensions
 */
export function locateList(tree: Tree, query: ContainerQuery, context: LocateContext): ListSearch {
  if (MAY_DEPEND_ON_ITEMS.test(query.selector)) return search(tree, query.container, context);
  const found = search(tree, query.container, WITHOUT_ITEMS);
  // It may stand in an item of another list.
  return found.kind === "no-container" ? search(tree, query.container, context) : found;
}

/** What fills the containers of the page while its HTML is made. */
type LocateContext = Pick<HtmlContext, "held">;

function search(tree: Tree, container: Query, context: LocateContext): ListSearch {
  const marks: ComprehensionMark[] = [];
  const html = treeToHtml(tree, { ...context, onComprehension: (mark) => marks.push(mark) });
  const element = findFirst(container, parseHtml(html));
  if (element === null) return { kind: "no-container" };
  const children = childElements(element);
  const direct = marks.filter((mark) => isDirectlyIn(mark, element, children));
  const streams = direct.filter((mark) => mark.comprehension.stream !== null);
  // Beside a stream the entries of other lists are elements that are no items: these are not found without entries.
  const hidesElements = context === WITHOUT_ITEMS && streams.length > 0 && streams.length < direct.length;
  if (hidesElements) return { kind: "no-container" };
  const [mark, ...others] = streams.length > 0 ? streams : direct;
  if (mark === undefined) return { kind: "empty" };
  if (others.length > 0) {
    throw new BenchError(
      `the list is rendered by ${others.length + 1} comprehensions; one is what can be followed`,
      { code: "unsupported-list", exitCode: EXIT_CODES.usage },
    );
  }
  const { templates, watched } = walkAlong(tree, mark.path, element, context);
  const before = children.filter((child) => (child.startIndex ?? 0) < mark.start);
  const behind = children.filter((child) => (child.startIndex ?? 0) >= mark.end);
  const location: ListLocation = {
    path: mark.path,
    containerId: element.attribs.id ?? "",
    update: updateOf(element, mark.comprehension),
    before: bystanders(before),
    behind: bystanders(behind),
    templates,
    watched,
  };
  return { kind: "found", location };
}

/** The comprehension at a location, or null if the page has changed around it and it must be located anew. */
export function comprehensionAt(
  tree: Tree,
  { path, templates, watched }: ListLocation,
): Comprehension | null {
  let slot: Slot = tree.root;
  for (let depth = 0; depth < path.length; depth++) {
    const template = templateOf(slot, tree);
    if (template === null || template.statics !== templates[depth]) return null;
    for (const watch of watched) {
      if (watch.depth === depth && template.slots[watch.index] !== watch.slot) return null;
    }
    slot = template.slots[path[depth] as number] as Slot;
  }
  return typeof slot === "object" && slot.kind === "comprehension" ? slot : null;
}

function templateOf(slot: Slot, tree: Tree): Rendered | null {
  if (typeof slot === "number") return tree.components.get(slot) ?? null;
  return typeof slot === "object" && slot.kind === "rendered" ? slot : null;
}

function isDirectlyIn(mark: ComprehensionMark, container: Element, children: readonly Element[]): boolean {
  const inside = (container.startIndex ?? 0) < mark.start && mark.end <= (container.endIndex ?? 0);
  const nested = children.some((c) => (c.startIndex ?? 0) < mark.start && mark.start <= (c.endIndex ?? 0));
  return inside && !nested;
}

/** Notes the templates on the way to the list, and which slots beside it lie within the container. */
function walkAlong(
  tree: Tree,
  path: readonly number[],
  container: Element,
  options: LocateContext,
): Pick<ListLocation, "templates" | "watched"> {
  const context: HtmlContext = { ...options, components: tree.components };
  const templates: Rendered["statics"][] = [];
  const watched: { depth: number; index: number; slot: Slot }[] = [];
  let offset = 0;
  let slot: Slot = tree.root;
  path.forEach((step, depth) => {
    const template = templateOf(slot, tree) as Rendered;
    templates.push(template.statics);
    let next = offset;
    template.slots.forEach((sibling, index) => {
      next += (template.statics[index] as string).length;
      if (index === step) offset = next;
      const length = slotToHtml(sibling, context).length;
      const inside = next > (container.startIndex ?? 0) && next + length <= (container.endIndex ?? 0);
      // A slot of the opening tag starts within the container too: watching it is needless, not wrong.
      if (index !== step && inside) watched.push({ depth, index, slot: sibling });
      next += length;
    });
    slot = template.slots[step] as Slot;
  });
  return { templates, watched };
}

function updateOf(container: Element, list: Comprehension): ListLocation["update"] {
  if (list.stream !== null) return "stream";
  const update = container.attribs["phx-update"];
  return isAppending(update) ? update : "replace";
}

/** Elements without an id are removed by the official client. Source: `cleanChildNodes` in dom.ts. */
function bystanders(elements: readonly Element[]): readonly Row[] {
  if (elements.length === 0) return NO_ROWS;
  return elements
    .filter(isTag)
    .map((element) => element.attribs.id ?? "")
    .filter((id) => id !== "")
    .map((id) => ({ id, hidden: false, source: null, item: null }));
}
