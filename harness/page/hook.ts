import type { Document, Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { JsonObject } from "../protocol/json.ts";
import { addressedTo, type ValuePush } from "./event-push.ts";
import { compileSelector, findFirst } from "./html.ts";
import { ownTarget, targetsOf } from "./targets.ts";

/** An event that a page's hook pushes. */
export interface HookEvent {
  readonly event: string;
  readonly payload: JsonObject;
  /** Whom it is for (`pushEventTo`): a component's id or a selector. Null: the view (`pushEvent`). */
  readonly target: number | string | null;
}

/**
 * The element whose hook (`phx-hook`) pushes.
 *
 * @throws UsageError with code `not-on-page` if nothing matches, or what matches has no hook
 */
export function findHook(page: Document, selector: string): Element {
  const element = findFirst(compileSelector(selector), page);
  if (element?.attribs["phx-hook"]) return element;
  throw new UsageError(`the page has no element with a phx-hook that matches ${selector}`, {
    code: "not-on-page",
  });
}

/**
 * What the hook of an element pushes. Without a target it goes to the view, also from within a component: neither the
 * element's place nor its `phx-target` counts.
 *
 * Source: `pushEvent` and `pushEventTo` in view_hook.ts, `pushHookEvent` in view.ts.
 */
export function hookPushes(element: Element, { event, payload, target }: HookEvent): readonly ValuePush[] {
  const push = { type: "hook", event, value: payload } as const;
  const cids = target === null ? [null] : targetsOf(target, ownTarget(element));
  return cids.map((cid) => ({ ...push, ...addressedTo(cid) }));
}
