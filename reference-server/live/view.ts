import type { Container } from "./container.ts";
import type { Refs } from "./expression.ts";
import type { Params } from "./params.ts";
import type { Template } from "./slots.ts";
import type { Socket } from "./socket.ts";
import { compile } from "./template.ts";

/** What the signed session cookie holds. */
export type Session = Readonly<Record<string, unknown>>;

/** An event of the page, as a view handles it. */
export type ClientEvent =
  | { readonly type: "form"; readonly name: string; readonly form: URLSearchParams }
  | { readonly type: "other"; readonly name: string; readonly value: Readonly<Record<string, unknown>> };

type Awaitable = Promise<unknown> | unknown;

/** A live view: how it starts, what it answers to, and its template. */
export interface View<A extends object, M> {
  /** Its name in signed sessions and in the log. */
  readonly name: string;
  /** The element around it. Default: a div. */
  readonly container?: Container;
  /**
   * Sets every assign. Runs for the page that is sent first, and again when its socket joins. `params` are empty
   * where the view is at no route. An error with a `statusCode` from 400 to 499 is what the page is answered with.
   */
  mount(socket: Socket<A>, params: Params, session: Session): Awaitable;
  /**
   * Runs after mount, with the address of the page, and again for each address that the page gets without a load.
   * Only for views at a route.
   */
  handleParams?(socket: Socket<A>, params: Params, uri: URL): Awaitable;
  /** Handles an event of the page. One that throws takes the view down; the page joins again. */
  handleEvent?(socket: Socket<A>, event: ClientEvent): Awaitable;
  /** Handles what was broadcast on a topic that the view subscribed to. */
  handleInfo?(socket: Socket<A>, message: M): Awaitable;
  /** Runs once when the view is taken down, or has crashed. */
  terminate?(socket: Socket<A>): void;
  /** A defect, to be caught by checks: the view forgets after each render which parts its client has. */
  readonly forgetful?: boolean;
  /** A defect, to be caught by checks: whether the frame of this message is sent twice. */
  repeats?(message: M): boolean;
  readonly template: Template;
}

/** A view, with its template compiled. `M` is what `handleInfo` receives. */
export function defineView<A extends object, M>(
  view: Omit<View<A, M>, "template"> & { render(assigns: Refs<A>): Template },
): View<A, M> {
  const { render, ...callbacks } = view;
  return { ...callbacks, template: compile<A>(render) };
}

/** A view of any assigns and messages. */
export type AnyView = View<object, unknown>;
