import { escapeHtmlInJson } from "./escape.ts";
import {
  constant,
  distinct,
  type Expression,
  expressionOf,
  frameRef,
  isRef,
  type Ref,
  type Refs,
} from "./expression.ts";
import { type Json, json } from "./json.ts";
import { SafeHtml } from "./safe-html.ts";
import { hasSingleRoot } from "./single-root.ts";
import type {
  ConditionalSlot,
  EachSlot,
  Interpolation,
  Slot,
  Template,
  TextSlot,
  Tracking,
} from "./slots.ts";
import type { LiveStream, StreamEntry } from "./stream.ts";
import { noteSource } from "./template-source.ts";

const NO_TEXT = json("");

/** A comparison: a set would have to hash each text that it is asked about. */
const isNothing = (value: unknown): value is undefined | null => value === undefined || value === null;

/**
 * HTML with slots, compiled once where it is defined.
 *
 * Between the literal parts stand references (escaped as text, unless their value is {@link SafeHtml}), {@link attr},
 * {@link when}, {@link each}, other templates (function components), live components, or constants.
 */
export function html(literals: TemplateStringsArray, ...interpolations: readonly Interpolation[]): Template {
  return template(literals, interpolations.map(slotOf), {
    root: false,
    call: false,
    source: noteSource(literals, html),
  });
}

function template(
  statics: readonly string[],
  slots: readonly Slot[],
  { root, call, source }: Pick<Template, "root" | "call" | "source">,
): Template {
  return {
    kind: "template",
    statics,
    slots,
    root,
    call,
    source,
    reads: distinct(slots.flatMap((slot) => slot.reads)),
  };
}

/**
 * The body of a condition or comprehension. As in HEEx it is a template of its own, also where it is nothing but the call
 * of a component: so one branch is told from another that calls the same one.
 */
function block(body: Template): Template {
  return body.call ? template(["", ""], [body], { ...body, root: false, call: false }) : body;
}

function slotOf(value: Interpolation): Slot {
  if (isRef(value)) return text(expressionOf(value), toText);
  if (typeof value === "object") return value;
  return text(expressionOf(constant(value)), toText);
}

function text(expression: Expression, print: (value: unknown) => Json, attribute?: string): TextSlot {
  return {
    kind: "text",
    attribute,
    reads: distinct(expression.reads),
    evaluate: (frames) => print(expression.evaluate(frames)),
  };
}

function toText(value: unknown): Json {
  if (value instanceof SafeHtml) return json(value.html);
  return isNothing(value) ? NO_TEXT : (`"${escapeHtmlInJson(String(value))}"` as Json);
}

/**
 * An attribute in one slot, name and value together as HEEx sends it (` id="messages-7"`): left out for null,
 * undefined and false, bare for true. Write it straight behind the tag name: `<div${attr("id", domId)}>`.
 */
export function attr(name: string, value: Ref<unknown> | string | number | boolean): TextSlot {
  const expression = expressionOf(isRef(value) ? value : constant<unknown>(value));
  const bare = json(` ${name}`);
  const open = json(` ${name}="`).slice(0, -1);
  const print = (content: unknown): Json => {
    if (isNothing(content) || content === false) return NO_TEXT;
    return content === true ? bare : (`${open}${escapeHtmlInJson(String(content))}\\""` as Json);
  };
  return text(expression, print, name);
}

/**
 * The template while the condition is truthy, otherwise the other one, or nothing: `:if`, `if ... else` in HEEx. A
 * template that needs the value itself is given as a function of it.
 */
export function when<T>(
  condition: Ref<T>,
  then: Template | ((value: Ref<NonNullable<T>>) => Template),
  otherwise?: Template,
): ConditionalSlot {
  const expression = expressionOf(condition);
  const body = block(typeof then === "function" ? then(condition as Ref<NonNullable<T>>) : then);
  const other = otherwise && branchBeside(body, block(otherwise));
  return {
    kind: "when",
    reads: distinct([...expression.reads, ...body.reads, ...(other?.reads ?? [])]),
    condition: expression,
    body,
    otherwise: other,
  };
}

/** Two branches are two templates, even where one function has written both. */
function branchBeside(body: Template, other: Template): Template {
  return other.statics === body.statics ? { ...other, statics: [...other.statics] } : other;
}

// Only set while a comprehension is being defined, to number the frames of nested ones.
let definingFrame = 0;

/** How the entries of a list are known again. Default: by their index. */
export interface EachOptions<T> {
  /** Tracks entries by this, which must differ from item to item (`:key` in HEEx). */
  readonly key?: (item: T) => unknown;
  /** Sends every entry in full whenever one may have changed, as before LiveView 1.1. */
  readonly untracked?: boolean;
}

/**
 * The template once for each item of a list (`:for` in HEEx) or for each insert of a stream, whose entries are
 * `{ domId, item }` and are not tracked at all: the page alone keeps them.
 */
export function each<T>(list: Ref<LiveStream<T>>, entry: (entry: Ref<StreamEntry<T>>) => Template): EachSlot;
export function each<T>(
  list: Ref<readonly T[]>,
  entry: (item: Ref<T>) => Template,
  options?: EachOptions<T>,
): EachSlot;
export function each(
  list: Ref<readonly unknown[]> | Ref<LiveStream>,
  entry: (item: Ref<never>) => Template,
  options: EachOptions<never> = {},
): EachSlot {
  definingFrame += 1;
  const frame = definingFrame;
  try {
    const body = block(entry(frameRef<never>(frame)));
    const expression = expressionOf(list as Ref<readonly unknown[] | LiveStream>);
    const outer = body.reads.filter((path) => path.frame < frame);
    return {
      kind: "each",
      reads: distinct([...expression.reads, ...outer]),
      list: expression,
      entry: body,
      frame,
      outer,
      tracking: trackingOf(options),
    };
  } finally {
    definingFrame -= 1;
  }
}

function trackingOf({ key, untracked }: EachOptions<never>): Tracking {
  if (untracked === true) return { by: "nothing" };
  return key === undefined ? { by: "index" } : { by: "key", key: key as (item: unknown) => unknown };
}

/** What a function component is called with: a reference, or a constant, for each of its attributes. */
export type Attributes<P> = { readonly [K in keyof P]: P[K] extends Template ? P[K] : Ref<P[K]> | P[K] };

/**
 * A function component: a template with attributes. Calling it puts its template into the caller's, with the
 * caller's references for its own, so that `message.content` in a component called with `message: entry.item` reads
 * `entry.item.content` and nothing else.
 */
export function component<P>(
  render: (attributes: { readonly [K in keyof P]: P[K] extends Template ? P[K] : Ref<P[K]> }) => Template,
): (attributes: Attributes<P>) => Template {
  return (attributes) => {
    const references = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        isRef(value) || isTemplate(value) ? value : constant(value),
      ]),
    );
    return rooted(render(references as never));
  };
}

/** A view's template: it reads the view's assigns. */
export function compile<A>(render: (assigns: Refs<A>) => Template): Template {
  return rooted(render(frameRef<A>(0) as Refs<A>));
}

function isTemplate(value: unknown): value is Template {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "template";
}

// One trimmed array per source, since the identity of the statics is the fingerprint.
const trimmed = new WeakMap<
  readonly string[],
  { readonly statics: readonly string[]; readonly root: boolean }
>();

/** The template as a component's own: outer white space gone, its root told. */
function rooted(source: Template): Template {
  let known = trimmed.get(source.statics);
  if (known === undefined) {
    const statics = [...source.statics];
    statics[0] = (statics[0] ?? "").trimStart();
    statics[statics.length - 1] = (statics.at(-1) ?? "").trimEnd();
    known = { statics, root: hasSingleRoot(statics) };
    trimmed.set(source.statics, known);
  }
  return template(known.statics, source.slots, { ...source, root: known.root, call: true });
}
