import type { Document, Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { After } from "../core/units.ts";
import { type BoundNavigation, navigationOf } from "../page/bindings.ts";
import { boundToClick, clickAwayPushes, clickPushes, findClick, leftByClick } from "../page/click.ts";
import { controlsOf, defaultButton, isSubmitter } from "../page/controls.ts";
import type { EventPush } from "../page/event-push.ts";
import {
  type FieldState,
  forgetGone,
  markSent,
  markUsed,
  NO_FIELD_STATE,
  stateOf,
  typeInto,
} from "../page/field-state.ts";
import { changePushes, fieldOf, findForm, submitPushes } from "../page/form.ts";
import type { FieldValues } from "../page/form-data.ts";
import { type FilledForm, filledForms } from "../page/form-recovery.ts";
import { findHook, type HookEvent, hookPushes } from "../page/hook.ts";
import { compileSelector, findFirst, findOnPage, nameOf } from "../page/html.ts";
import { boundToKey, type KeyStroke, keyPushes } from "../page/keyboard.ts";
import { type PlainFormRequest, triggeredRequest } from "../page/plain-form.ts";
import { RateLimiter, rateLimitOf } from "../page/rate-limit.ts";
import { fieldsAfterClick } from "../page/toggle.ts";
import { valuePushes } from "../page/value-push.ts";
import { boundToViewport, type ViewportEdge, viewportPushes } from "../page/viewport.ts";
import type { ActionResult } from "./pending-actions.ts";

/** Whose actions they are. */
export interface Actor {
  /** The page of the joined views; throws BenchError `not-joined`. */
  readonly page: () => Document;
  /**
   * Sends to the view that has rendered the element, at once and in order; resolves when the last one was answered.
   * Rejects where there is nothing to send.
   */
  readonly push: (element: Element, pushes: readonly EventPush[]) => Promise<ActionResult>;
  /** Goes where a command leads; resolves when the page is there. */
  readonly go: (navigation: BoundNavigation) => Promise<ActionResult>;
  readonly after: After;
}

const NO_SUBMITTERS: ReadonlyMap<string, string | null> = new Map();

/** What came of an action; null if nothing was sent, as where `phx-throttle` or a later change has swallowed it. */
export type Outcome = ActionResult | null;

/**
 * What one user does on a page, in terms of its bindings: keeps what he has typed and where he is, holds back what is to be
 * debounced, and pushes what the official client would.
 */
export class PageActions {
  readonly #actor: Actor;
  readonly #limiter: RateLimiter;
  #fields: FieldState = NO_FIELD_STATE;
  /** What has the focus; null: nothing that was focused by {@link focus}. */
  #focused: string | null = null;
  /** The buttons with which forms were sent last, by the forms' names. */
  #submitters: ReadonlyMap<string, string | null> = NO_SUBMITTERS;

  constructor(actor: Actor) {
    this.#actor = actor;
    this.#limiter = new RateLimiter(actor.after);
  }

  async submit(selector: string, values: FieldValues, button: string | null): Promise<ActionResult> {
    const form = findForm(this.#page(), selector);
    const submitter = button === null ? defaultButton(form) : findSubmitter(form, button);
    this.#fields = markSent(typeInto(this.#fields, form, values), form);
    const pushes = submitPushes(form, stateOf(this.#fields, form).typed, submitter);
    const navigation = navigationOf(form.attribs["phx-submit"] ?? "", form);
    const sentBy = submitter === null ? null : nameOf(submitter);
    this.#submitters = new Map(this.#submitters).set(nameOf(form), sentBy);
    // What waits for its time is dropped, what waits for the field to be left is not: it is left by that.
    this.#limiter.sendForm(controlsOf(form).map(nameOf));
    const focused = this.#focused;
    const left = focused === null ? [] : [this.blur(focused)];
    const [result] = await Promise.all([this.#push(form, () => pushes, navigation), ...left]);
    if (focused !== null) await this.focus(focused);
    return result;
  }

  async change(selector: string, name: string, value: string | readonly string[]): Promise<Outcome> {
    const form = findForm(this.#page(), selector);
    this.#fields = typeInto(this.#fields, form, { [name]: value });
    return this.#hold(fieldOf(form, name), null, async () => {
      const current = findFirst(compileSelector(selector), this.#page());
      if (current === null) return null;
      const { used, typed } = stateOf(this.#fields, current);
      this.#fields = markUsed(this.#fields, current, name);
      const change = { name, value: typed[name] ?? value };
      return this.#pushSome(current, () => changePushes(current, change, used, typed));
    });
  }

  async click(selector: string, item: string | null): Promise<Outcome> {
    const page = this.#page();
    const clicked = findClick(page, selector, item);
    const bound = boundToClick(clicked);
    const fields = this.#fields;
    this.#fields = fieldsAfterClick(fields, clicked);
    const outcomes = [
      ...leftByClick(clicked, page).map((left) => this.#pushSome(left, () => clickAwayPushes(left, fields))),
      ...(bound === null ? [] : [this.#clickBound(bound, () => clickPushes(clicked, bound, fields))]),
    ];
    return lastOf(await Promise.all(outcomes));
  }

  /** Goes from where the focus is to what the selector matches. */
  async focus(selector: string): Promise<Outcome> {
    if (this.#focused === selector) return null;
    const element = findOnPage(this.#page(), selector);
    const left = this.#focused === null ? [] : [this.blur(this.#focused)];
    this.#focused = selector;
    if (!element.attribs["phx-focus"]) return lastOf(await Promise.all(left));
    const entered = this.#limited(element, null, () =>
      valuePushes(element, "phx-focus", { type: "focus", fields: this.#fields }),
    );
    return lastOf(await Promise.all([...left, entered]));
  }

  /** Leaves what the selector matches: what waits for that goes first. */
  async blur(selector: string): Promise<Outcome> {
    if (this.#focused === selector) this.#focused = null;
    const element = findFirst(compileSelector(selector), this.#page());
    if (element === null) return null;
    this.#limiter.leave(nameOf(element));
    return this.#pushSome(element, () =>
      valuePushes(element, "phx-blur", { type: "blur", fields: this.#fields }),
    );
  }

  /** @param selector what has the focus; null: nothing but the page */
  async press(selector: string | null, stroke: KeyStroke): Promise<Outcome> {
    const page = this.#page();
    const focused = selector === null ? null : findOnPage(page, selector);
    const key = stroke.type === "keydown" ? stroke.key : null;
    const outcomes = boundToKey(page, focused, stroke).map((bound) =>
      this.#limited(bound.element, key, () => keyPushes(bound, stroke, this.#fields)),
    );
    return lastOf(await Promise.all(outcomes));
  }

  async scroll(list: string, edge: ViewportEdge, overruns: boolean): Promise<Outcome> {
    const bound = boundToViewport(this.#page(), list, edge);
    return bound === null ? null : this.#pushSome(bound, () => viewportPushes(bound, edge, { overruns }));
  }

  async pushHookEvent(selector: string, hooked: HookEvent): Promise<ActionResult> {
    const element = findHook(this.#page(), selector);
    return this.#actor.push(element, hookPushes(element, hooked));
  }

  /** The request that `phx-trigger-action` asks for now; null if nothing does. */
  triggeredRequest(url: string): PlainFormRequest | null {
    return triggeredRequest(this.#page(), url, this.#fields, (form) => {
      const name = this.#submitters.get(nameOf(form));
      return controlsOf(form).find((control) => nameOf(control) === name) ?? null;
    });
  }

  /**
   * What stands in a field of a form since he typed it; undefined where the page has come to have another value there, or
   * has not the form any more.
   */
  typed(form: string, field: string): string | readonly string[] | undefined {
    const found = findFirst(compileSelector(form), this.#page());
    return found === null ? undefined : stateOf(this.#fields, found).typed[field];
  }

  /** What the user has filled in, to be told to the view that comes after this page was lost. */
  filledForms(page: Document): readonly FilledForm[] {
    return filledForms(page, this.#fields);
  }

  /** Gives up what waits. */
  close(): void {
    this.#limiter.clear();
  }

  #clickBound(bound: Element, pushes: () => readonly EventPush[]): Promise<Outcome> {
    const navigation = navigationOf(bound.attribs["phx-click"] ?? "", bound);
    return this.#hold(bound, null, () => this.#push(bound, pushes, navigation));
  }

  #page(): Document {
    const page = this.#actor.page();
    this.#fields = forgetGone(this.#fields, page);
    return page;
  }

  /** Pushes as soon as the element's limit allows. */
  #limited(element: Element, key: string | null, pushes: () => readonly EventPush[]): Promise<Outcome> {
    return this.#hold(element, key, () => this.#pushSome(element, pushes));
  }

  #hold(element: Element, key: string | null, act: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = Promise.withResolvers<Outcome>();
    this.#limiter.take(nameOf(element), rateLimitOf(element), {
      key,
      // This is called by a timer or by another action: what goes wrong is for who waits for this one.
      push: () => outcome.resolve((async () => act())()),
      drop: () => outcome.resolve(null),
    });
    return outcome.promise;
  }

  async #push(
    element: Element,
    pushes: () => readonly EventPush[],
    navigation: BoundNavigation | null,
  ): Promise<ActionResult> {
    if (navigation === null) return this.#actor.push(element, pushes());
    // Commands do not wait for each other: what is pushed is on its way when the user goes.
    const pushed = this.#pushSome(element, pushes);
    const [, gone] = await Promise.all([pushed, this.#actor.go(navigation)]);
    return gone;
  }

  async #pushSome(element: Element, pushes: () => readonly EventPush[]): Promise<Outcome> {
    const some = pushes();
    return some.length === 0 ? null : this.#actor.push(element, some);
  }
}

function findSubmitter(form: Element, selector: string): Element {
  const query = compileSelector(selector);
  const button = controlsOf(form).find((control) => isSubmitter(control) && query(control));
  if (button !== undefined) return button;
  throw new UsageError(`the form has no button that submits it and matches ${selector}`, {
    code: "not-on-page",
  });
}

function lastOf(outcomes: readonly Outcome[]): Outcome {
  return outcomes.findLast((outcome) => outcome !== null) ?? null;
}
