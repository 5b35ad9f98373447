import type { Diff, DiffValue } from "./diff.ts";
import { WIRE } from "./wire-keys.ts";

type Statics = readonly string[];
type Templates = Readonly<Record<string, Statics>>;

/** Where a part of a render finds what it refers to. */
interface Scope {
  readonly components: Diff;
  /** Undefined within a live component, until a comprehension brings its own. */
  readonly templates: Templates | undefined;
}

/**
 * The HTML of a full render: the page that is sent before any socket is open.
 *
 * Source: `to_iodata` in `lib/phoenix_live_view/diff.ex`.
 */
export function toHtml(rendered: Diff): string {
  return print(rendered, {
    components: (rendered[WIRE.components] ?? {}) as Diff,
    templates: templatesOf(rendered),
  });
}

function print(value: DiffValue | undefined, scope: Scope): string {
  if (typeof value === "number") {
    return print(resolved(value, scope.components), { ...scope, templates: undefined });
  }
  if (typeof value !== "object" || value === null) return String(value ?? "");
  const diff = value as Diff;
  const keyed = diff[WIRE.keyed] as Diff | undefined;
  const inner = { ...scope, templates: scope.templates ?? templatesOf(diff) };
  const statics = staticsOf(diff, inner.templates);
  if (keyed === undefined) return interleave(statics, diff, scope);
  const count = keyed[WIRE.keyedCount] as number;
  return Array.from({ length: count }, (_, index) => interleave(statics, keyed[index] as Diff, inner)).join(
    "",
  );
}

/** A component as a whole: with the statics and slots that it shares with another one. */
function resolved(cid: number, components: Diff): Diff {
  const component = components[cid] as Diff;
  const base = component[WIRE.statics];
  return typeof base === "number" ? merged(resolved(Math.abs(base), components), component) : component;
}

function merged(base: Diff, { [WIRE.statics]: _, ...own }: Diff): Diff {
  const result: Diff = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const former = base[key];
    result[key] =
      isDiff(value) && isDiff(former) && value[WIRE.statics] === undefined
        ? { ...merged(former, value) }
        : value;
  }
  return result;
}

function isDiff(value: DiffValue | undefined): value is Diff {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function templatesOf(diff: Diff): Templates | undefined {
  return diff[WIRE.templates] as unknown as Templates | undefined;
}

function staticsOf(diff: Diff, templates: Templates | undefined): Statics {
  const statics = diff[WIRE.statics];
  return typeof statics === "number" ? (templates?.[statics] ?? []) : (statics as Statics);
}

function interleave(statics: Statics, slots: Diff, scope: Scope): string {
  return statics.map((text, index) => (index === 0 ? text : print(slots[index - 1], scope) + text)).join("");
}
