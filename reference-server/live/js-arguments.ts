/** A JSON object as it goes into a command. Members that are undefined are left out, as JSON has it; null stays. */
export type JsValues = Readonly<Record<string, unknown>>;

/**
 * Which elements a command is for: those of the whole document that a CSS selector finds, those of them inside the
 * element that has the binding, or the closest one around it. Without: the element itself.
 */
export type JsScope = string | { readonly inner: string } | { readonly closest: string };

/**
 * Classes of a transition, separated by spaces: those while it runs, or `[while it runs, at its start, at its end]`.
 */
export type JsTransition = string | readonly [running: string, start: string, end: string];

/** Where a command acts. */
export interface JsTo {
  readonly to?: JsScope;
}

/** How long a command that animates takes. */
export interface JsTiming extends JsTo {
  /** Milliseconds. Default, of the client: 200. */
  readonly time?: number;
  /** Whether the client keeps the page as it is until the transition is over. Default, of the client: true. */
  readonly blocking?: boolean;
}

/** Timing and the classes of the transition. */
export interface JsAnimation extends JsTiming {
  readonly transition?: JsTransition;
}

/** `"a  b"` -> `["a", "b"]`. Source: `class_names` in js.ex. */
export function classList(names: string): readonly string[] {
  return names.split(" ").filter((name) => name !== "");
}

/** A transition as the client takes it: three lists. Source: `transition_class_names` in js.ex. */
export function transitionLists(
  transition: JsTransition | undefined,
): readonly (readonly string[])[] | undefined {
  if (transition === undefined) return undefined;
  if (typeof transition === "string") return [classList(transition), [], []];
  return transition.map(classList);
}

/** What all animating commands have: `to`, `time`, `blocking`. */
export function timing({ to, time, blocking }: JsTiming): JsValues {
  return { to, time, blocking };
}

/**
 * A path, or an http(s) URL: where a LiveView may be.
 *
 * Source: `valid_live_navigation_destination!` in utils.ex.
 *
 * @throws TypeError for any other scheme, as `mailto:` or `javascript:`
 */
export function liveDestination(href: string, command: string): string {
  const scheme = /^([^:/?#]*):/u.exec(href)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === "http" || scheme === "https") return href;
  throw new TypeError(`JS.${command} leads to a LiveView by path or http(s) URL, not by "${scheme}:"`);
}
