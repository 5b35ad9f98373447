/** One JS command as the client reads it from an attribute: its name and arguments (`lib/phoenix_live_view/js.ex`). */
type Command = readonly [name: string, args: Readonly<Record<string, unknown>>];

/**
 * JS commands, carried in an attribute and run by the official client: `JS.push("save").dispatch("saved", "#dialog")`.
 * Immutable; as a string it is the attribute's value.
 */
export class Js {
  readonly #commands: readonly Command[];

  constructor(commands: readonly Command[] = []) {
    this.#commands = commands;
  }

  /** Sends an event, with a value besides that of the element. */
  push(event: string, options: { readonly value?: Readonly<Record<string, unknown>> } = {}): Js {
    return this.#then("push", { event, ...options });
  }

  /** Fires a DOM event at the element. */
  dispatch(event: string, to: string): Js {
    return this.#then("dispatch", { event, to });
  }

  toString(): string {
    return JSON.stringify(this.#commands);
  }

  #then(name: string, args: Readonly<Record<string, unknown>>): Js {
    return new Js([...this.#commands, [name, args]]);
  }
}

/** No commands yet: where a chain begins. */
export const JS = new Js();
