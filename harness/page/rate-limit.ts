import type { Element } from "domhandler";
import type { After } from "../core/units.ts";

/** How often an element may push: `phx-debounce` or `phx-throttle`. */
export type RateLimit =
  | { readonly kind: "none" }
  | { readonly kind: "until-blur" }
  | { readonly kind: "debounce" | "throttle"; readonly ms: number };

/** The official client's defaults for attributes without a value. Source: `DEFAULTS` in constants.ts. */
const DEFAULT_MS = "300";

/**
 * An element's limit. Where it has both attributes it is throttled by the time of `phx-debounce`, or only debounced until
 * it is left.
 *
 * Source: `DOM.debounce` in dom.ts.
 */
export function rateLimitOf({ attribs }: Element): RateLimit {
  const debounce = attribs["phx-debounce"] === "" ? DEFAULT_MS : attribs["phx-debounce"];
  const throttle = attribs["phx-throttle"] === "" ? DEFAULT_MS : attribs["phx-throttle"];
  const value = debounce ?? throttle;
  if (value === undefined) return { kind: "none" };
  if (value === "blur") return { kind: "until-blur" };
  const ms = Number.parseInt(value, 10);
  return { kind: throttle === undefined ? "debounce" : "throttle", ms };
}

/** An event of an element that has a limit. */
export interface LimitedEvent {
  /** The key that went down; null for any other event. A new one is never throttled. */
  readonly key: string | null;
  /** Pushes it, now or later; called once, or not at all. */
  readonly push: () => void;
  /** Told in place of that when it is given up for good. */
  readonly drop: () => void;
}

/** What is known of one element. */
interface Limited {
  /** What the next end of a wait does; null: nothing. */
  waiting: (() => void) | null;
  /** Gives up what waits. */
  drop: () => void;
  leave: LimitedEvent | null;
  /** Calls the end of the throttling off; null: not throttled. */
  throttled: (() => void) | null;
  lastKey: string | null;
  readonly timers: Set<() => void>;
}

/**
 * Holds back the events of elements, as `phx-debounce` and `phx-throttle` ask for. The first event of an element that is
 * throttled is pushed at once, those in its time are dropped; of one that is debounced the last one is pushed, when its
 * time is over or the element is left. Sending the form drops what waits, since it says all of it.
 *
 * Source: `DOM.debounce` in dom.ts, `debounce` in live_socket.ts.
 */
export class RateLimiter {
  readonly #after: After;
  /** Made when the first element is limited: most users meet none. */
  #elements: Map<string, Limited> | null = null;

  constructor(after: After) {
    this.#after = after;
  }

  /** @param element whose event it is: any name that stays the same as long as the element does */
  take(element: string, limit: RateLimit, event: LimitedEvent): void {
    if (limit.kind === "none") event.push();
    else if (limit.kind === "until-blur") this.#waitForLeave(element, event);
    else if (Number.isNaN(limit.ms)) event.drop();
    else if (limit.kind === "debounce") this.#debounce(element, limit.ms, event);
    else this.#throttle(element, limit.ms, event);
  }

  /** The element is left: what waits is pushed now. */
  leave(element: string): void {
    const known = this.#elements?.get(element);
    if (known === undefined) return;
    known.throttled?.();
    this.#fire(known);
    const { leave } = known;
    known.leave = null;
    leave?.push();
  }

  /** A form with these elements is sent. What waits for an element to be left goes on waiting. */
  sendForm(elements: Iterable<string>): void {
    for (const element of elements) {
      const known = this.#elements?.get(element);
      if (known === undefined) continue;
      known.drop();
      known.waiting = null;
      known.drop = () => {};
      known.throttled = null;
    }
  }

  /** Gives up all that waits. */
  clear(): void {
    for (const known of this.#elements?.values() ?? []) {
      for (const cancel of known.timers) cancel();
      known.drop();
      known.leave?.drop();
    }
    this.#elements = null;
  }

  #waitForLeave(element: string, event: LimitedEvent): void {
    const known = this.#known(element);
    known.leave?.drop();
    known.leave = event;
  }

  #debounce(element: string, ms: number, event: LimitedEvent): void {
    const known = this.#known(element);
    known.drop();
    const waiting = event.push;
    known.waiting = waiting;
    known.drop = event.drop;
    this.#later(known, ms, () => {
      if (known.waiting === waiting) this.#fire(known);
    });
  }

  #throttle(element: string, ms: number, event: LimitedEvent): void {
    const known = this.#known(element);
    const isNewKey = event.key !== null && event.key !== known.lastKey;
    if (event.key !== null) known.lastKey = event.key;
    known.waiting = () => {
      known.throttled = null;
    };
    if (known.throttled !== null && !isNewKey) {
      event.drop();
      return;
    }
    event.push();
    known.throttled = this.#later(known, ms, () => this.#fire(known));
  }

  #fire(known: Limited): void {
    const { waiting } = known;
    known.waiting = null;
    known.drop = () => {};
    waiting?.();
  }

  #later(known: Limited, ms: number, run: () => void): () => void {
    const cancel = this.#after(ms, () => {
      known.timers.delete(cancel);
      run();
    });
    known.timers.add(cancel);
    return () => {
      known.timers.delete(cancel);
      cancel();
    };
  }

  #known(element: string): Limited {
    this.#elements ??= new Map();
    const known = this.#elements.get(element) ?? {
      waiting: null,
      drop: () => {},
      leave: null,
      throttled: null,
      lastKey: null,
      timers: new Set<() => void>(),
    };
    this.#elements.set(element, known);
    return known;
  }
}
