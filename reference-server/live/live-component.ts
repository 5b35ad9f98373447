import {
  constant,
  distinct,
  type Expression,
  expressionOf,
  isRef,
  type Ref,
  type Refs,
} from "./expression.ts";
import type { LiveSlot, Template } from "./slots.ts";
import type { Socket } from "./socket.ts";
import { compile } from "./template.ts";
import type { ClientEvent } from "./view.ts";

/** What the assigns of a live component hold besides its own. */
export interface ComponentAssigns {
  /** Its number within the view: what `phx-target` names. */
  readonly myself: number;
}

/**
 * A part of a page with a state of its own, rendered and updated apart from the view that it is in
 * (`Phoenix.LiveComponent`). `A` are its assigns, `P` what it is given by the template that it is in.
 */
export interface LiveComponent<A extends ComponentAssigns, P extends object> {
  /** Its name in errors. Of several kinds of components in one render, they are rendered in the order of their names. */
  readonly name: string;
  /** Runs once, before the first update. */
  mount?(socket: Socket<A>): void;
  /** Takes what the template gives it, whenever that may have changed. Default: assigns it. */
  update?(socket: Socket<A>, attributes: P): void;
  /** Handles an event whose `phx-target` it is. */
  handleEvent?(socket: Socket<A>, event: ClientEvent): Promise<unknown> | unknown;
  readonly template: Template;
}

/** A live component of any assigns. */
export type AnyLiveComponent = LiveComponent<never, never>;

/** What the live component of a kind and id is given: by the template that it is in, or by `sendUpdate`. */
export interface ComponentUpdate {
  readonly component: AnyLiveComponent;
  readonly id: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * A live component, with its template compiled.
 *
 * @throws Error where the template has not exactly one element at its root, by which the client finds it
 */
export function defineLiveComponent<A extends ComponentAssigns, P extends object>(
  definition: Omit<LiveComponent<A, P>, "template"> & { render(assigns: Refs<A>): Template },
): LiveComponent<A, P> {
  const { render, ...callbacks } = definition;
  const template = compile<A>(render);
  if (!template.root)
    throw new Error(`live component ${definition.name} must have a single HTML element at its root`);
  return { ...callbacks, template };
}

/** What a live component is called with: its id, and a reference or constant for each attribute. */
export type LiveAttributes<P> = { readonly id: Ref<string | number> | string | number } & {
  readonly [K in keyof P]: Ref<P[K]> | P[K];
};

/** Puts a live component into a template. The id tells it apart from others of its kind on the page. */
export function live<A extends ComponentAssigns, P extends object>(
  component: LiveComponent<A, P>,
  { id, ...attributes }: LiveAttributes<P>,
): LiveSlot {
  const given = Object.entries(attributes).map(([name, value]) => [name, asExpression(value)] as const);
  const named = asExpression(id);
  return {
    kind: "live",
    reads: distinct([named, ...given.map(([, value]) => value)].flatMap(({ reads }) => reads)),
    component,
    id: named,
    attributes: given,
  };
}

function asExpression(value: unknown): Expression {
  return expressionOf(isRef(value) ? value : constant(value));
}
