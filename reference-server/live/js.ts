import {
  classList,
  type JsAnimation,
  type JsScope,
  type JsTiming,
  type JsTo,
  type JsTransition,
  type JsValues,
  liveDestination,
  timing,
  transitionLists,
} from "./js-arguments.ts";

/** One JS command as the client reads it from an attribute: its name and arguments. */
type Command = readonly [name: string, args: JsValues];

/** Options of {@link Js.push}. */
export interface PushOptions {
  /** Added to the value of the element. */
  readonly value?: JsValues;
  /** The component that gets the event, by id or by a selector. Default: the element's `phx-target`, or the view. */
  readonly target?: number | string;
  /** A selector of more elements that show that the answer is awaited. */
  readonly loading?: string;
  /** Whether the page is said to load until the answer is there. */
  readonly pageLoading?: boolean;
}

/** Options of {@link Js.dispatch}. */
export interface DispatchOptions extends JsTo {
  readonly detail?: JsValues;
  /** Default, of the client: true. */
  readonly bubbles?: boolean;
  /** Whether the client keeps the page as it is until the event's `detail.done` was called. */
  readonly blocking?: boolean;
}

/** Options of {@link Js.toggle}. */
export interface ToggleOptions extends JsTiming {
  readonly in?: JsTransition;
  readonly out?: JsTransition;
  /** The CSS `display` of what is shown. Default, of the client: `block`, or that of a table's parts. */
  readonly display?: string;
}

/**
 * JS commands, carried in an attribute and run by the client: `JS.push("save").hide({ to: "#dialog" })`. Immutable; as
 * a string it is the attribute's value, not yet escaped. An option that is not given is not sent.
 *
 * Source: `lib/phoenix_live_view/js.ex`, where the same commands are, `set_attribute` sent as `set_attr` and so on.
 */
export class Js {
  readonly #commands: readonly Command[];

  constructor(commands: readonly Command[] = []) {
    this.#commands = commands;
  }

  /** Sends an event to the server. */
  push(event: string, { value, target, loading, pageLoading }: PushOptions = {}): Js {
    return this.#then("push", { event, value, target, loading, page_loading: pageLoading });
  }

  /**
   * Fires a DOM event at elements.
   *
   * @throws TypeError for a click with details, which browsers replace, and for a detail `done` where it blocks
   */
  dispatch(event: string, { to, detail, bubbles, blocking }: DispatchOptions = {}): Js {
    if (event === "click" && detail !== undefined)
      throw new TypeError("a click cannot be dispatched with details");
    if (blocking === true && detail !== undefined && "done" in detail) {
      throw new TypeError("the detail of an event that blocks must not have a key done: the client sets it");
    }
    return this.#then("dispatch", { event, to, detail, bubbles, blocking: blocking === true || undefined });
  }

  /** Shows elements that are hidden. */
  show(options: JsAnimation & Pick<ToggleOptions, "display"> = {}): Js {
    const { display, transition } = options;
    return this.#then("show", {
      ...timing(options),
      display,
      transition: transitionLists(transition),
    });
  }

  /** Hides elements that are shown. */
  hide(options: JsAnimation = {}): Js {
    return this.#then("hide", { ...timing(options), transition: transitionLists(options.transition) });
  }

  /** Shows elements that are hidden, and hides those that are shown. */
  toggle(options: ToggleOptions = {}): Js {
    const { display, in: ins, out: outs } = options;
    return this.#then("toggle", {
      ...timing(options),
      display,
      ins: transitionLists(ins),
      outs: transitionLists(outs),
    });
  }

  /** @param names separated by spaces */
  addClass(names: string, options: JsAnimation = {}): Js {
    return this.#changeClasses("add_class", names, options);
  }

  /** @param names separated by spaces */
  removeClass(names: string, options: JsAnimation = {}): Js {
    return this.#changeClasses("remove_class", names, options);
  }

  /** @param names separated by spaces */
  toggleClass(names: string, options: JsAnimation = {}): Js {
    return this.#changeClasses("toggle_class", names, options);
  }

  /** Gives elements the classes of a transition for as long as it takes. */
  transition(transition: JsTransition, options: JsTiming = {}): Js {
    return this.#then("transition", { ...timing(options), transition: transitionLists(transition) });
  }

  setAttribute(name: string, value: string, { to }: JsTo = {}): Js {
    return this.#then("set_attr", { to, attr: [name, value] });
  }

  removeAttribute(name: string, { to }: JsTo = {}): Js {
    return this.#then("remove_attr", { to, attr: name });
  }

  /** Sets an attribute that is absent and takes away one that is there, or changes it to the other value. */
  toggleAttribute(
    name: string,
    values: string | readonly [one: string, other: string],
    { to }: JsTo = {},
  ): Js {
    return this.#then("toggle_attr", { to, attr: [name].concat(values) });
  }

  /** Leaves attributes alone that the page's scripts have set, whatever the server renders. */
  ignoreAttributes(names: string | readonly string[], { to }: JsTo = {}): Js {
    return this.#then("ignore_attrs", { to, attrs: typeof names === "string" ? [names] : names });
  }

  focus({ to }: JsTo = {}): Js {
    return this.#then("focus", { to });
  }

  /** Focuses the first element inside that can be. */
  focusFirst({ to }: JsTo = {}): Js {
    return this.#then("focus_first", { to });
  }

  /** Remembers an element, for {@link popFocus} to focus. */
  pushFocus({ to }: JsTo = {}): Js {
    return this.#then("push_focus", { to });
  }

  popFocus(): Js {
    return this.#then("pop_focus", {});
  }

  /**
   * Goes to another view of the same session.
   *
   * @param options.replace whether the history's entry is replaced. Default: false
   * @throws TypeError if it is no path and no http(s) URL
   */
  navigate(href: string, { replace = false }: { readonly replace?: boolean } = {}): Js {
    return this.#then("navigate", { href: liveDestination(href, "navigate"), replace });
  }

  /** Goes to another URL of the same view. As {@link navigate}. */
  patch(href: string, { replace = false }: { readonly replace?: boolean } = {}): Js {
    return this.#then("patch", { href: liveDestination(href, "patch"), replace });
  }

  /** Runs the commands that an attribute of elements holds. */
  exec(attribute: string, { to }: { readonly to?: JsScope } = {}): Js {
    return this.#then("exec", { attr: attribute, to });
  }

  /** These commands, then those. */
  concat(other: Js): Js {
    return new Js([...this.#commands, ...other.#commands]);
  }

  toString(): string {
    return JSON.stringify(this.#commands);
  }

  #changeClasses(command: string, names: string, options: JsAnimation): Js {
    return this.#then(command, {
      ...timing(options),
      names: classList(names),
      transition: transitionLists(options.transition),
    });
  }

  #then(name: string, args: JsValues): Js {
    return new Js([...this.#commands, [name, args]]);
  }
}

/** No commands yet: where a chain begins. */
export const JS = new Js();
