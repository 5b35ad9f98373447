import type { Document, Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { boundValues, pushesOf } from "./bindings.ts";
import type { FormPush } from "./event-push.ts";
import { defaultButton, encodeEntries, type FieldValues, formEntries } from "./form-data.ts";
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
 * Source: `pushFormSubmit` in view.ts.
 *
 * @throws UsageError if the form has no `phx-submit` or not the fields
 */
export function submitPushes(form: Element, typed: FieldValues): readonly FormPush[] {
  const entries = formEntries(form, typed, defaultButton(form));
  const value = encodeEntries(entries.map((entry) => [entry.name, entry.value]));
  return pushesOf(binding(form, "phx-submit"), form).map((push) => ({
    type: "form",
    event: push.event,
    value,
    meta: { ...boundValues(form), ...push.value },
    ...cidOf(push.cid),
  }));
}

/**
 * What is pushed when a user has typed into one field of a form. Fields that he has not been in yet are
 * marked as unused.
 *
 * Source: `pushInput` and `serializeForm` in view.ts.
 *
 * @param used names of the fields that the user has been in before
 * @throws UsageError if the form has no `phx-change` or not the field
 */
export function changePushes(
  form: Element,
  typed: { readonly name: string; readonly value: string },
  used: ReadonlySet<string>,
): readonly FormPush[] {
  const params: [string, string][] = [];
  const counts = form.attribs["phx-no-unused-field"] === undefined;
  for (const { name, value, hidden } of formEntries(form, { [typed.name]: typed.value }, null)) {
    if (counts && !hidden && name !== typed.name && !used.has(name)) params.push([unusedName(name), ""]);
    params.push([name, value]);
  }
  return pushesOf(binding(form, "phx-change"), form).map((push) => ({
    type: "form",
    event: push.event,
    value: encodeEntries(params),
    meta: { _target: typed.name, ...boundValues(form), ...push.value },
    uploads: {},
    ...cidOf(push.cid),
  }));
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

function cidOf(cid: number | null): { readonly cid?: number } {
  return cid === null ? {} : { cid };
}
