import { ProtocolError } from "./protocol-error.ts";
import type { Comprehension, Entry, Rendered, Slot, Statics, Tree } from "./rendered.ts";

/** An entry and the statics that go around its slots. */
export interface HeldEntry {
  readonly statics: Statics;
  readonly entry: Entry;
}

/**
 * The entries that a comprehension's container holds now, in order, where these are not the ones that were rendered
 * last: streams keep earlier ones, and so does `phx-update="append"`. Null: those of the last render.
 */
export type Held = (list: Comprehension) => readonly HeldEntry[] | null;

/** What HTML is made from beside the template itself. */
export interface HtmlContext {
  readonly components: Tree["components"];
  /** Default: everywhere those of the last render. */
  readonly held?: Held;
  /** The HTML to be put in place of a comprehension's; null: its own. Default: everywhere its own. */
  readonly instead?: (list: Comprehension) => string | null;
  /** Whether the root elements of components get `data-phx-component`, as in the official client's DOM. Default: false. */
  readonly marksComponents?: boolean;
  /** Told of every comprehension that is not inside an entry of another one. */
  readonly onComprehension?: (mark: ComprehensionMark) => void;
  /** The components that this is inside of. Default: none. */
  readonly within?: readonly number[];
}

/** Where in the HTML of a tree a comprehension stands. */
export interface ComprehensionMark {
  /** The slots that lead from the root template to the comprehension. */
  readonly path: readonly number[];
  readonly comprehension: Comprehension;
  /** Offsets into the HTML, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * The HTML of a whole tree: what the official client would hand to its DOM patching, without the attributes
 * that it adds for itself.
 *
 * Source: `toOutputBuffer` in rendered.js.
 *
 * @throws ProtocolError if a component is referred to that was never sent
 */
export function treeToHtml(tree: Tree, options: Omit<HtmlContext, "components"> = {}): string {
  const context = { ...options, components: tree.components };
  return rendered(tree.root, context, 0, options.onComprehension === undefined ? null : []);
}

/** The HTML of one slot, as {@link treeToHtml}. */
export function slotToHtml(slot: Slot, context: HtmlContext): string {
  return toHtml(slot, context, 0, null);
}

/** The HTML of one entry of a comprehension with these statics. */
export function entryToHtml(statics: Statics, entry: Entry, context: HtmlContext): string {
  return interleave(statics, entry.slots, context, 0, null);
}

function toHtml(slot: Slot, context: HtmlContext, offset: number, path: readonly number[] | null): string {
  if (typeof slot === "string") return slot;
  if (typeof slot === "number") return component(slot, context, offset, path);
  if (slot.kind === "rendered") return rendered(slot, context, offset, path);
  return comprehension(slot, context, offset, path);
}

function rendered(
  template: Rendered,
  context: HtmlContext,
  offset: number,
  path: readonly number[] | null,
): string {
  return interleave(template.statics, template.slots, context, offset, path);
}

function interleave(
  statics: Statics,
  slots: readonly Slot[],
  context: HtmlContext,
  offset: number,
  path: readonly number[] | null,
): string {
  let html = statics[0] as string;
  for (let i = 0; i < slots.length; i++) {
    const inner = path === null ? null : [...path, i];
    html += toHtml(slots[i] as Slot, context, offset + html.length, inner);
    html += statics[i + 1] as string;
  }
  return html;
}

function comprehension(
  list: Comprehension,
  context: HtmlContext,
  offset: number,
  path: readonly number[] | null,
): string {
  const other = context.instead?.(list) ?? null;
  if (other !== null) return other;
  let html = "";
  const held = context.held?.(list) ?? null;
  if (held === null) {
    for (const entry of list.entries) html += interleave(list.statics, entry.slots, context, 0, null);
  } else {
    for (const { statics, entry } of held) html += interleave(statics, entry.slots, context, 0, null);
  }
  if (path !== null) {
    context.onComprehension?.({ path, comprehension: list, start: offset, end: offset + html.length });
  }
  return html;
}

/** More components than any page has one inside the other. */
const DEEPEST = 64;

function component(
  cid: number,
  context: HtmlContext,
  offset: number,
  path: readonly number[] | null,
): string {
  const template = context.components.get(cid);
  const { within = [] } = context;
  const fail = (what: string) => new ProtocolError("diff", `c.${cid}`, `component ${cid} ${what}`);
  if (template === undefined) throw fail("is referred to but was never sent");
  if (within.includes(cid)) throw fail("is inside of itself");
  if (within.length >= DEEPEST) throw fail(`is inside of more than ${DEEPEST} others`);
  const html = rendered(template, { ...context, within: [...within, cid] }, offset, path);
  return context.marksComponents === true ? marked(html, cid) : html;
}

/** Source: `recursiveCIDToString` and `modifyRoot` in rendered.js. */
function marked(html: string, cid: number): string {
  return html.replace(/^((?:\s|<!--[\s\S]*?-->)*<[^\s/>]+)/u, `$1 data-phx-component="${cid}"`);
}
