import { SESSION_ATTRIBUTE } from "../protocol/markup-mentions.ts";
import { markupWith } from "../protocol/markup-with.ts";
import type { Tree } from "../protocol/rendered.ts";
import type { Held } from "../protocol/to-html.ts";
import { compileSelector, findAll, parseHtml } from "./html.ts";

/** The container of a view within the HTML of another one. */
export interface NestedView {
  readonly id: string;
  readonly session: string;
  /** Null where it is empty, as it is but for the page over HTTP. */
  readonly static: string | null;
  /** The id of the view that it is a child of; null for one that is not, as a sticky one. */
  readonly parentId: string | null;
  /** Whether it outlives a navigation from one view to the next. */
  readonly isSticky: boolean;
}

const CONTAINER = compileSelector(`[${SESSION_ATTRIBUTE}]`);

const NONE: readonly NestedView[] = [];

/** What was found last, and in what: mostly the same again. */
export interface NestedViews {
  readonly markup: string;
  readonly views: readonly NestedView[];
}

/** What a page without nested views has. */
export const NO_NESTED_VIEWS: NestedViews = { markup: "", views: NONE };

/**
 * The containers of views in what a view has rendered.
 *
 * Source: `findPhxChildren`, `isPhxSticky` in dom.ts; `nested_render` in static.ex.
 *
 * @param former what was found before, given again if nothing changed
 */
export function nestedViews(tree: Tree, held: Held, former: NestedViews): NestedViews {
  const markup = markupWith(SESSION_ATTRIBUTE, tree, held).join("");
  if (markup === former.markup) return former;
  const views = findAll(CONTAINER, parseHtml(markup)).flatMap(({ attribs }): NestedView[] => {
    const { id, "data-phx-static": fixed, "data-phx-parent-id": parentId } = attribs;
    const session = attribs[SESSION_ATTRIBUTE];
    if (id === undefined || id === "" || session === undefined) return [];
    const isSticky = attribs["data-phx-sticky"] !== undefined;
    return [{ id, session, static: fixed || null, parentId: parentId || null, isSticky }];
  });
  return { markup, views };
}
