import type { Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { isJsonObject, type JsonObject } from "../protocol/json.ts";

/** One push that a binding asks for. */
export interface BoundPush {
  /** The name of the event. */
  readonly event: string;
  /** What `JS.push` adds to the value; empty without. */
  readonly value: JsonObject;
  /** The component that gets the event; null: the view. */
  readonly cid: number | null;
}

/** Commands that change only what a browser shows, or that only a page's own scripts hear. */
const DOM_ONLY: ReadonlySet<string> = new Set([
  "show",
  "hide",
  "toggle",
  "add_class",
  "remove_class",
  "toggle_class",
  "set_attr",
  "remove_attr",
  "toggle_attr",
  "ignore_attrs",
  "transition",
  "focus",
  "focus_first",
  "push_focus",
  "pop_focus",
  "dispatch",
]);

/**
 * The pushes that a binding (`phx-click`, `phx-submit`, ...) asks for: one for the name of an event, any
 * number for a JS command list. Commands that only change the DOM are left out: this user has none.
 *
 * Source: `JS.exec` and `exec_push` in js.js.
 *
 * @param binding the attribute's value
 * @throws UsageError with code `unsupported-binding` for commands that navigate, and targets by selector
 */
export function pushesOf(binding: string, element: Element): readonly BoundPush[] {
  if (!binding.startsWith("[")) return [{ event: binding, value: {}, cid: targetOf(element, undefined) }];
  const commands: unknown = JSON.parse(binding);
  if (!Array.isArray(commands)) throw unsupported(binding);
  return commands.flatMap((command: unknown) => {
    const [kind, args]: unknown[] = Array.isArray(command) ? command : [];
    if (typeof kind === "string" && DOM_ONLY.has(kind)) return [];
    if (kind !== "push" || !isJsonObject(args) || typeof args.event !== "string") throw unsupported(binding);
    const value = isJsonObject(args.value) ? args.value : {};
    return [{ event: args.event, value, cid: targetOf(element, args.target) }];
  });
}

/** Source: `targetComponentID` in view.ts. */
function targetOf(element: Element, target: unknown): number | null {
  const named = target ?? element.attribs["phx-target"];
  if (named === undefined) return null;
  const cid = Number(named);
  if (Number.isSafeInteger(cid)) return cid;
  throw unsupported(`phx-target=${JSON.stringify(named)}`);
}

/** The values of an element's `phx-value-*` attributes, by name. Source: `extractMeta` in view.ts. */
export function boundValues(element: Element): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(element.attribs)) {
    if (name.startsWith("phx-value-")) values[name.slice("phx-value-".length)] = value;
  }
  return values;
}

function unsupported(binding: string): UsageError {
  return new UsageError(`a simulated user cannot follow ${binding}: only pushes to a view or component id`, {
    code: "unsupported-binding",
  });
}
