import type { Element } from "domhandler";
import { checkedValue } from "./choices.ts";
import { controlsOf, formOf, isCheckable, isDisabled, typeOf } from "./controls.ts";
import { elementValue } from "./element-value.ts";
import { type FieldState, typeInto } from "./field-state.ts";

/**
 * The value of a box or radio button after a click on it: null if that has unchecked it. A browser checks it before the
 * click is told to anybody.
 *
 * Source: "Legacy-pre-activation behavior" of inputs, HTML Living Standard, 4.10.5.
 */
export function valueAfterClick(control: Element, fields: FieldState): string | null {
  if (typeOf(control) === "radio") return checkedValue(control);
  return elementValue(control, fields) === undefined ? checkedValue(control) : null;
}

/** What the user has chosen in the forms after a click on this element: a box or radio button of a form changes that. */
export function fieldsAfterClick(fields: FieldState, clicked: Element): FieldState {
  const form = isCheckable(clicked) ? formOf(clicked) : null;
  const { name } = clicked.attribs;
  if (form === null || !name) return fields;
  const group = controlsOf(form).filter(
    (one) => isCheckable(one) && one.attribs.name === name && !isDisabled(one),
  );
  const isRadio = typeOf(clicked) === "radio";
  const chosen = group.filter((one) => {
    if (one === clicked) return valueAfterClick(one, fields) !== null;
    return !isRadio && elementValue(one, fields) !== undefined;
  });
  return typeInto(fields, form, { [name]: chosen.map(checkedValue) });
}
