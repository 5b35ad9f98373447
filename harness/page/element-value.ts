import type { Element } from "domhandler";
import { textContent } from "domutils";
import { checkedValue, optionValue } from "./choices.ts";
import { controlsOf, formOf, isButton, isCheckable } from "./controls.ts";
import { type FieldState, stateOf } from "./field-state.ts";
import { formEntries, untouchedValues } from "./form-data.ts";
import { closest } from "./html.ts";

/**
 * The `value` that elements of some kinds have, even without the attribute, as a person has left it; undefined for
 * others, and for a box that is not checked.
 *
 * Source: `extractMeta` in view.ts; the elements' interfaces in the HTML Living Standard.
 */
export function elementValue(element: Element, fields: FieldState): string | number | undefined {
  const { value } = element.attribs;
  switch (element.name) {
    case "input":
      return isCheckable(element) || !isButton(element) ? fieldValue(element, fields) : (value ?? "");
    case "select":
    case "textarea":
      return fieldValue(element, fields) ?? "";
    case "option":
      return optionValue(element);
    case "output":
      return textContent(element);
    case "button":
    case "data":
    case "param":
      return value ?? "";
    case "li":
      return Number.parseInt(value ?? "0", 10) || 0;
    case "progress":
    case "meter":
      return Number(value ?? 0) || 0;
    default:
      return undefined;
  }
}

/** What a field would send now; undefined if it would send nothing. */
function fieldValue(control: Element, fields: FieldState): string | undefined {
  const form = formOf(control);
  const { name } = control.attribs;
  const typed = form === null || !name ? undefined : stateOf(fields, form).typed[name];
  if (form === null || !name || typed === undefined) return untouchedValues(control, false)[0];
  if (isCheckable(control)) {
    const value = checkedValue(control);
    return [typed].flat().includes(value) ? value : undefined;
  }
  const position = controlsOf(form)
    .filter(({ attribs }) => attribs.name === name)
    .indexOf(control);
  const entries = formEntries(form, { [name]: typed }, null).filter((entry) => entry.name === name);
  return (entries[position] ?? entries[0])?.value;
}

/** Whether nothing in the HTML hides an element: neither `hidden` nor a `display` of `none`, on it or around it. */
export function isShown(element: Element): boolean {
  const hides = ({ attribs }: Element) =>
    attribs.hidden !== undefined || /(?:^|;)\s*display\s*:\s*none\b/iu.test(attribs.style ?? "");
  return closest(element, hides) === null;
}
