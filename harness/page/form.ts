import type { Document, Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { boundValues, pushesOf } from "./bindings.ts";
import { controlsOf, defaultButton, isButton, typeOf } from "./controls.ts";
import { addressedTo, type FormPush } from "./event-push.ts";
import { encodeEntries, type FieldValues, formEntries } from "./form-data.ts";
import { compileSelector, findFirst } from "./html.ts";

/**
 * A form on the page.
 *
 * @throws UsageError with code `not-on-page` if nothing matches, or what matches is no form
 */
export function findForm(page: Document, selector: string): Element {
  const form = findFirst(compileSelector(selector), page);
  if (form === null || form.name !== "form") {
    throw new UsageError(`the page has no form that matches ${selector}`, { code: "not-on-page" });
  }
  return form;
}

/**
 * What is pushed when a user fills in a form and sends it.
 *
 * Source: `bindForms` in live_socket.ts, `pushFormSubmit` in view.ts.
 *
 * @param submitter the button that sends it. Default: the one that Enter presses
 * @throws UsageError if the form has no `phx-submit` or not the fields
 */
export function submitPushes(
  form: Element,
  typed: FieldValues,
  submitter: Element | null = defaultButton(form),
): readonly FormPush[] {
  const value = encodeEntries(valuesOf(form, typed, submitter));
  const rule = { lookup: form, owner: form, heedsGiven: false };
  return pushesOf(binding(form, "phx-submit"), form, rule).map((push) => ({
    type: "form",
    event: push.event,
    value,
    meta: { ...boundValues(form), ...push.value },
    ...addressedTo(push.cid),
  }));
}

/** A field that a user changes, and to what. */
export interface FieldChange {
  readonly name: string;
  readonly value: string | readonly string[];
}

/**
 * What is pushed when a user has changed one field of a form: by the field's own `phx-change`, which sends only
 * that field, or by the form's. Fields that the user has not been in yet are marked as unused.
 *
 * Source: `bindForms` in live_socket.ts, `pushInput` and `serializeForm` in view.ts.
 *
 * @param used names of the fields that the user has been in before
 * @param typed what the user has typed into the other fields
 * @throws UsageError if neither has a `phx-change`, or the form not the field
 */
export function changePushes(
  form: Element,
  { name, value }: FieldChange,
  used: ReadonlySet<string>,
  typed: FieldValues = {},
): readonly FormPush[] {
  const input = fieldOf(form, name);
  const values = { ...typed, [name]: value };
  const isOwn = Boolean(input.attribs["phx-change"]);
  return inputPushes(isOwn ? input.attribs["phx-change"] : binding(form, "phx-change"), {
    form,
    input,
    dispatcher: isOwn ? input : form,
    value: encodeEntries(
      markedEntries(form, values, new Set([...used, name]), { only: isOwn ? name : null }),
    ),
  });
}

/** A change of an input as it is about to be pushed. */
interface InputChange {
  readonly form: Element;
  readonly input: Element;
  /** Whose `phx-change` it is: the input's or the form's. */
  readonly dispatcher: Element;
  /** URL-encoded. */
  readonly value: string;
}

/** The pushes of a change. Source: `exec_push` in js.js, `pushInput` in view.ts. */
function inputPushes(
  binding: string | undefined,
  { form, input, dispatcher, value }: InputChange,
): readonly FormPush[] {
  const rule = { lookup: dispatcher, owner: form, heedsGiven: true };
  return pushesOf(binding ?? "", input, rule).map((push) => ({
    type: "form",
    event: push.event,
    value,
    meta: { _target: input.attribs.name || "undefined", ...boundValues(form), ...push.value },
    uploads: {},
    ...addressedTo(push.cid),
  }));
}

/** Which of a form's entries a change sends. */
export interface EntrySelection {
  /** The name of the only field to send. Default: all. */
  readonly only?: string | null;
  /** A button that the change is of: it takes part. Default: none. */
  readonly submitter?: Element | null;
}

/**
 * What a form sends on a change: a field that the user has not been in comes with a mark before it. Fields that are
 * hidden have none.
 *
 * Source: `serializeForm` in view.ts.
 */
export function markedEntries(
  form: Element,
  typed: FieldValues,
  used: ReadonlySet<string>,
  { only = null, submitter = null }: EntrySelection = {},
): readonly (readonly [name: string, value: string])[] {
  const isMarked = form.attribs["phx-no-unused-field"] === undefined;
  const unused = new Map<string, boolean>();
  const visible = new Set<string>();
  for (const control of controlsOf(form)) {
    const { name = "" } = control.attribs;
    const isUsed = used.has(name) || control.attribs["phx-no-unused-field"] !== undefined;
    unused.set(name, unused.get(name) !== false && !isUsed);
    if (typeOf(control) !== "hidden") visible.add(name);
  }
  return valuesOf(form, typed, submitter).flatMap(([name, value]) => {
    if (only !== null && name !== only) return [];
    const isSubmitter = submitter?.attribs.name === name;
    const isUnused = isMarked && !isSubmitter && unused.get(name) === true && visible.has(name);
    const entry = [name, value] as const;
    return isUnused ? [[unusedName(name), ""] as const, entry] : [entry];
  });
}

/** What a form sends over the socket: no files, nor what shares a file's name. Source: `serializeForm` in view.ts. */
function valuesOf(
  form: Element,
  typed: FieldValues,
  submitter: Element | null,
): readonly (readonly [name: string, value: string])[] {
  const entries = formEntries(form, typed, submitter);
  const files = new Set(entries.flatMap(({ name, isFile }) => (isFile ? [name] : [])));
  return entries.filter(({ name }) => !files.has(name)).map(({ name, value }) => [name, value]);
}

/**
 * The field with this name that a user sees, or a hidden one.
 *
 * @throws UsageError with code `no-such-field` if there is none
 */
export function fieldOf(form: Element, name: string): Element {
  const named = controlsOf(form).filter((control) => control.attribs.name === name && !isButton(control));
  const field = named.find((control) => typeOf(control) !== "hidden") ?? named[0];
  if (field !== undefined) return field;
  throw new UsageError(`the form has no field ${JSON.stringify(name)}`, { code: "no-such-field" });
}

/** `message[content]` -> `message[_unused_content]`. Source: `prependFormDataKey` in view.ts. */
function unusedName(name: string): string {
  const array = name.endsWith("[]") ? "[]" : "";
  return name.slice(0, name.length - array.length).replace(/([^[\]]+)(\]?$)/u, "_unused_$1$2") + array;
}

function binding(form: Element, name: string): string {
  const value = form.attribs[name];
  if (value !== undefined && value !== "") return value;
  const id = form.attribs.id === undefined ? "" : ` #${form.attribs.id}`;
  throw new UsageError(`the form${id} has no ${name}`, { code: "not-on-page" });
}
