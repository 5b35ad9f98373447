import type { Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { isJsonObject, type JsonObject } from "../protocol/json.ts";
import { closest, compileSelector, findAll, matches, rootOf } from "./html.ts";
import { ownTarget, type TargetRule, targetsOf } from "./targets.ts";

/** One thing that a binding asks for. Commands that other attributes hold (`exec`) are among them already. */
export type BoundCommand = BoundPush | BoundNavigation;

/** An event for the server. */
export interface BoundPush {
  readonly kind: "push";
  readonly event: string;
  /** What `JS.push` adds to the value; empty without. */
  readonly value: JsonObject;
  /** The component that gets the event; null: the view. */
  readonly cid: number | null;
  /** The element that the event is of: whose binding it is, or which `exec` found. */
  readonly source: Element;
  /** False if it comes from `exec`, which hands on nothing of what happened, as the key that was pressed. */
  readonly isDirect: boolean;
}

/** Another view (`navigate`), or another URL of the same one (`patch`). */
export interface BoundNavigation {
  readonly kind: "navigate" | "patch";
  /** As the page has it: a path, or a URL. */
  readonly href: string;
  /** Whether the history's entry is replaced. */
  readonly replace: boolean;
}

/** Commands that change only what a browser shows, or that only a page's own scripts hear. */
const DOM_ONLY: ReadonlySet<unknown> = new Set([
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

/** How deep `exec` may lead: the official client has no bound, and hangs where commands run themselves. */
const MAX_DEPTH = 16;

/**
 * What a binding (`phx-click`, `phx-submit`, ...) asks for, in order: one push for the name of an event, any number of
 * things for a list of JS commands. Those that only change the DOM are left out, as this user has none; so where a
 * command moves the focus, what is bound to that (`phx-focus`, `phx-blur`) is left out too, since whether an element can
 * be focused depends on whether it is seen.
 *
 * Source: `JS.exec`, `exec_push`, `exec_exec` and `filterToEls` in js.js.
 *
 * @param binding the attribute's value
 * @throws UsageError with code `unsupported-binding` for a command that LiveView has not
 */
export function commandsOf(
  binding: string,
  source: Element,
  rule: TargetRule = ownTarget(source),
): readonly BoundCommand[] {
  if (binding.startsWith("[")) return run(binding, { source, rule, depth: 0 });
  return push({ event: binding }, { source, rule, depth: 0 });
}

/** The pushes among {@link commandsOf}. */
export function pushesOf(binding: string, source: Element, rule?: TargetRule): readonly BoundPush[] {
  return commandsOf(binding, source, rule).filter((command) => command.kind === "push");
}

/** Where {@link commandsOf} lead to: the first navigation; null if there is none. */
export function navigationOf(binding: string, source: Element): BoundNavigation | null {
  return commandsOf(binding, source).find((command) => command.kind !== "push") ?? null;
}

/** The values of an element's `phx-value-*` attributes, by name. Source: `extractMeta` in view.ts. */
export function boundValues(element: Element): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(element.attribs)) {
    if (name.startsWith("phx-value-")) values[name.slice("phx-value-".length)] = value;
  }
  return values;
}

interface Place {
  readonly source: Element;
  readonly rule: TargetRule;
  readonly depth: number;
}

function run(binding: string, place: Place): readonly BoundCommand[] {
  const commands = parse(binding);
  if (place.depth > MAX_DEPTH) throw unsupported(binding);
  return commands.flatMap((command: unknown): readonly BoundCommand[] => {
    const [kind, given]: unknown[] = Array.isArray(command) ? command : [];
    const args = isJsonObject(given) ? given : {};
    if (DOM_ONLY.has(kind)) return [];
    if (kind === "push") return push(args, place);
    if (kind === "exec") return scopeOf(args.to, place.source).flatMap((to) => exec(args.attr, to, place));
    if ((kind !== "navigate" && kind !== "patch") || typeof args.href !== "string")
      throw unsupported(binding);
    return [{ kind, href: args.href, replace: args.replace === true }];
  });
}

function push({ event, value, target }: JsonObject, { source, rule, depth }: Place): readonly BoundPush[] {
  if (typeof event !== "string") throw unsupported(`a push of ${JSON.stringify(event)}`);
  const bound = { kind: "push", event, value: isJsonObject(value) ? value : {}, source } as const;
  return targetsOf(target, rule).map((cid) => ({ ...bound, cid, isDirect: depth === 0 }));
}

function exec(
  attribute: unknown,
  source: Element,
  { source: from, rule, depth }: Place,
): readonly BoundCommand[] {
  const binding = source.attribs[String(attribute)];
  if (!binding) throw unsupported(`exec of ${String(attribute)}, which the element has not`);
  const owner = source === from ? rule.owner : source;
  return run(binding, { source, rule: { ...rule, lookup: source, owner }, depth: depth + 1 });
}

/** The elements that a command's `to` is for. */
function scopeOf(to: unknown, source: Element): readonly Element[] {
  if (typeof to === "string") return findAll(compileSelector(to), rootOf(source));
  if (!isJsonObject(to)) return [source];
  if (typeof to.inner === "string") return findAll(compileSelector(to.inner), source.children);
  const around = compileSelector(String(to.closest));
  const found = closest(source, (element) => matches(element, around));
  return found === null ? [] : [found];
}

function parse(binding: string): readonly unknown[] {
  try {
    const commands: unknown = JSON.parse(binding);
    if (Array.isArray(commands)) return commands;
  } catch {
    // Said below.
  }
  throw unsupported(binding);
}

function unsupported(binding: string): UsageError {
  return new UsageError(`a simulated user cannot follow ${binding}: it is no JS command that LiveView has`, {
    code: "unsupported-binding",
  });
}
