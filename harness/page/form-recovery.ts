import type { Document, Element } from "domhandler";
import { boundValues, pushesOf } from "./bindings.ts";
import { controlsOf, typeOf } from "./controls.ts";
import { addressedTo, type FormPush } from "./event-push.ts";
import { type FieldState, stateOf } from "./field-state.ts";
import { markedEntries } from "./form.ts";
import { encodeEntries } from "./form-data.ts";
import { compileSelector, findAll } from "./html.ts";

/** A form as it was when the view was lost, ready to be told to the view that takes its place. */
export interface FilledForm {
  readonly id: string;
  /** Its `phx-change`: the new form must have the same. */
  readonly binding: string;
  /** The name of the field that is said to have changed. */
  readonly target: string;
  /** What the form would have sent: URL-encoded. */
  readonly value: string;
  /** Its `phx-value-*`. */
  readonly values: Readonly<Record<string, unknown>>;
}

const CHANGE = "phx-change";
const AUTO_RECOVER = "phx-auto-recover";
const FORMS = compileSelector(`form[${CHANGE}]`);

/**
 * The forms of a page that are recovered when its view joins again: those with an id, a `phx-change` and a field that has
 * no `phx-change` of its own, unless `phx-auto-recover` is `ignore`. Untouched ones are too.
 *
 * Source: `getFormsForRecovery` and `pushFormRecovery` in view.ts.
 *
 * @param page as it was seen last
 */
export function filledForms(page: Document, fields: FieldState): readonly FilledForm[] {
  return findAll(FORMS, page).flatMap((form): FilledForm[] => {
    const { id, [CHANGE]: binding = "", [AUTO_RECOVER]: recover } = form.attribs;
    const inputs = controlsOf(form).filter(({ attribs }) => attribs.name && attribs[CHANGE] === undefined);
    const input = inputs.find((control) => typeOf(control) !== "hidden") ?? inputs[0];
    if (!id || recover === "ignore" || input === undefined) return [];
    const { typed, used } = stateOf(fields, form);
    const submitter = input.name === "button" ? input : null;
    const entries = markedEntries(form, typed, used, { submitter });
    const value = encodeEntries(entries);
    return [{ id, binding, target: input.attribs.name ?? "", value, values: boundValues(form) }];
  });
}

/**
 * What is pushed after a view has joined again, before anything else: each form that was there before and has the same
 * `phx-change` now, by that event or by the one that `phx-auto-recover` names.
 *
 * Source: `maybeRecoverForms` and `pushFormRecovery` in view.ts.
 *
 * @param page as the join has rendered it
 * @param forms of {@link filledForms}, from before
 */
export function recoveryPushes(page: Document, forms: readonly FilledForm[]): readonly FormPush[] {
  const former = new Map(forms.map((form) => [form.id, form]));
  return findAll(FORMS, page).flatMap((form) => recover(form, former.get(form.attribs.id ?? "")));
}

function recover(form: Element, filled: FilledForm | undefined): readonly FormPush[] {
  if (filled === undefined || form.attribs[CHANGE] !== filled.binding) return [];
  return pushesOf(form.attribs[AUTO_RECOVER] || filled.binding, form).map(({ event, value, cid }) => ({
    type: "form",
    event,
    value: filled.value,
    meta: { _target: filled.target, ...filled.values, ...value },
    uploads: {},
    ...addressedTo(cid),
  }));
}
