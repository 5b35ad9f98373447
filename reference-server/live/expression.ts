/**
 * What a template reads, known before anything is rendered.
 *
 * A template is written against *references* (`message.content`), not against values. A reference knows the path
 * that it reads, so a slot's dependencies are a static fact of the template, as they are in HEEx, where the
 * compiler finds them (`lib/phoenix_live_view/engine.ex`). Values are looked up when the slot is evaluated.
 */

/** A path that an expression reads: first the frame, then the keys within it. */
export interface Path {
  /** 0 is the view's assigns; n is the entry variable of the n-th enclosing comprehension. */
  readonly frame: number;
  readonly keys: readonly string[];
}

/** The values that a template is rendered with: the assigns, then the entry variables, outermost first. */
export type Frames = readonly unknown[];

/** Something that can be evaluated, and the paths that it reads. */
export interface Expression<T = unknown> {
  readonly reads: readonly Path[];
  evaluate(frames: Frames): T;
}

const EXPRESSION = Symbol("expression");

/**
 * A reference to a value of type `T`. Its properties are references to the value's properties, so
 * `message.sender.name` is a reference as well.
 */
export type Ref<T> = { readonly [EXPRESSION]: Expression<T> } & ([T] extends [PlainObject]
  ? { readonly [K in keyof T]-?: Ref<T[K]> }
  : unknown);

type PlainObject = object & { readonly length?: never };

/** A reference to each property of `T`. */
export type Refs<T> = { readonly [K in keyof T]-?: Ref<T[K]> };

/** The expression behind a reference. */
export function expressionOf<T>(ref: Ref<T>): Expression<T> {
  return ref[EXPRESSION];
}

/** Whether a value is a reference. */
export function isRef(value: unknown): value is Ref<unknown> {
  return typeof value === "object" && value !== null && EXPRESSION in value;
}

/** A reference to the whole of a frame: the assigns, or a comprehension's entry. */
export function frameRef<T>(frame: number): Ref<T> {
  return refTo(pathExpression({ frame, keys: [] })) as Ref<T>;
}

/** A reference to a value that never changes. */
export function constant<T>(value: T): Ref<T> {
  return refTo({ reads: [], evaluate: () => value }) as Ref<T>;
}

/**
 * A value computed from others: `expr(message.id, (id) => "messages-" + id)`. The function must be pure; it runs
 * again only when one of the references has another value.
 */
export function expr<const R extends readonly Ref<unknown>[], T>(
  ...parts: [...refs: R, compute: (...values: ValuesOf<R>) => T]
): Ref<T> {
  const compute = parts.at(-1) as (...values: unknown[]) => T;
  const sources = parts.slice(0, -1).map((part) => expressionOf(part as Ref<unknown>));
  const [first] = sources;
  const evaluate =
    first !== undefined && sources.length === 1
      ? (frames: Frames) => compute(first.evaluate(frames))
      : (frames: Frames) => compute(...sources.map((source) => source.evaluate(frames)));
  return refTo({ reads: sources.flatMap((source) => source.reads), evaluate }) as Ref<T>;
}

type ValuesOf<R extends readonly Ref<unknown>[]> = {
  [I in keyof R]: R[I] extends Ref<infer T> ? T : never;
};

/** The value at a path below `root`, or undefined where the path leaves the value. @param from which key on */
export function valueAt(root: unknown, keys: readonly string[], from = 0): unknown {
  let value = root;
  for (let at = from; at < keys.length; at++) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[keys[at] as string];
  }
  return value;
}

/** Each path once. */
export function distinct(paths: readonly Path[]): readonly Path[] {
  const seen = new Map(paths.map((path) => [`${path.frame}.${path.keys.join(".")}`, path]));
  return [...seen.values()];
}

interface PathExpression extends Expression {
  readonly path: Path;
}

function pathExpression(path: Path): PathExpression {
  return { path, reads: [path], evaluate: (frames) => valueAt(frames[path.frame], path.keys) };
}

function property(source: Expression | PathExpression, key: string): Expression {
  if ("path" in source) return pathExpression({ frame: source.path.frame, keys: [...source.path.keys, key] });
  return { reads: source.reads, evaluate: (frames) => valueAt(source.evaluate(frames), [key]) };
}

function refTo(expression: Expression | PathExpression): Ref<unknown> {
  const properties = new Map<string, Ref<unknown>>();
  return new Proxy({ [EXPRESSION]: expression } as Ref<unknown>, {
    get(target, key) {
      if (typeof key === "symbol") return Reflect.get(target, key);
      let ref = properties.get(key);
      if (ref === undefined) {
        ref = refTo(property(expression, key));
        properties.set(key, ref);
      }
      return ref;
    },
  });
}
