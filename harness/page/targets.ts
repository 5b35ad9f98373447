import { type AnyNode, type Element, isTag } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { ownerOf } from "./compose.ts";
import { closest, compileSelector, findAll, findFirst, rootOf } from "./html.ts";

/** The attribute of a component's root element, with the component's id. */
const COMPONENT = "data-phx-component";
const TARGET = "phx-target";

/** Whose `phx-target` counts for an event. */
export interface TargetRule {
  /** Says where the event goes. */
  readonly lookup: Element;
  /** Says whether what was found is asked for its component. The same element but for an input's own `phx-change`. */
  readonly owner: Element;
  /** Whether a selector that the command itself gives is enough for that; not so when a form is sent. */
  readonly heedsGiven: boolean;
}

/** For all events but those of forms. */
export function ownTarget(element: Element): TargetRule {
  return { lookup: element, owner: element, heedsGiven: true };
}

/**
 * Who gets an event: for each the id of a component, or null for the view. A selector may match several elements, each of
 * which gets it; a target that is not on the page gets nothing.
 *
 * Source: `withinTargets`, `targetComponentID` and `closestComponentID` in view.ts.
 *
 * @param given the `target` of `JS.push`, which goes before `phx-target`
 * @throws UsageError with code `unsupported-binding` where a selector leads into another view of the page
 */
export function targetsOf(given: unknown, rule: TargetRule): readonly (number | null)[] {
  const { lookup, owner } = rule;
  const page = rootOf(lookup);
  const view = ownerOf(lookup);
  const target = asTarget(given) ?? asTarget(lookup.attribs[TARGET]);
  if (typeof target === "number") {
    const isRoot = (node: AnyNode) =>
      isTag(node) && node.attribs[COMPONENT] === `${target}` && ownerOf(node) === view;
    return findFirst(isRoot, page) === null ? [] : [target];
  }
  const found = target === null ? [lookup] : findAll(compileSelector(target), page);
  if (found.some((element) => ownerOf(element) !== view)) {
    throw new UsageError(`a simulated user cannot follow the target ${target}, which is in another view`, {
      code: "unsupported-binding",
    });
  }
  const asked = (rule.heedsGiven ? asTarget(given) : null) ?? asTarget(owner.attribs[TARGET]);
  if (typeof asked === "number") return found.map(() => asked);
  return found.map((element) => (asked === null ? null : componentOf(element)));
}

/** The component of its own view that an element is in; null: only in the view. */
function componentOf(element: Element): number | null {
  const root = closest(element, ({ attribs }) => attribs[COMPONENT] !== undefined);
  return root === null || ownerOf(root) !== ownerOf(element) ? null : Number(root.attribs[COMPONENT]);
}

/** A component's id, or a selector. Source: `isCid` in utils.ts. */
function asTarget(value: unknown): number | string | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return null;
  return /^(?:0|[1-9]\d*)$/u.test(value) ? Number(value) : value;
}
