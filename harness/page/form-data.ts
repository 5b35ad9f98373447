import type { Element } from "domhandler";
import { textContent } from "domutils";
import { UsageError } from "../core/errors.ts";
import { checkedValue, isChecked, openOptions, optionValue, selectedValues } from "./choices.ts";
import { controlsOf, isButton, isCheckable, isDisabled, typeOf } from "./controls.ts";

/**
 * What a user typed or chose, by the names of the form's fields: of a text field the text, of boxes, radio buttons and
 * selects the values that are chosen, no others. Several fields of one name take a list, in their order.
 */
export type FieldValues = Readonly<Record<string, string | readonly string[]>>;

/** One name and value that a form sends. */
export interface FormEntry {
  readonly name: string;
  readonly value: string;
  /** Whether it is a file's name: plain forms send it, LiveView's do not. */
  readonly isFile: boolean;
}

/**
 * What a form sends: its successful controls in document order, hidden ones included, with the values that the page
 * gives them or that the user typed.
 *
 * Source: "Constructing the entry list", HTML Living Standard, 4.10.21.4, but for two things that hardly occur: controls in a
 * `datalist` take part, as they do in Chrome, and `dirname` adds nothing.
 *
 * @param typed replaces the values on the page. Hidden fields take one only where no other field has the name
 * @param submitter the button that sends the form: it takes part if it has a name
 * @throws UsageError with code `no-such-field` if something was typed into a field that the form has not, or that is
 *   disabled; `no-such-choice` for a value that cannot be chosen; `unsupported-field` for a file
 */
export function formEntries(
  form: Element,
  typed: FieldValues,
  submitter: Element | null,
): readonly FormEntry[] {
  const controls = controlsOf(form).filter(({ attribs }) => Boolean(attribs.name));
  const chosen = valuesByControl(controls, typed);
  return controls.flatMap((control) => {
    const { name = "" } = control.attribs;
    if (isDisabled(control)) return [];
    const isFile = control.name === "input" && typeOf(control) === "file";
    const values = chosen.get(control) ?? untouchedValues(control, control === submitter);
    return values.map((value) => ({ name, value, isFile }));
  });
}

/** The entries as `URLSearchParams` writes them. */
export function encodeEntries(entries: readonly (readonly [name: string, value: string])[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of entries) params.append(name, value);
  return params.toString();
}

/** The values that a control sends untouched; none if it sends nothing. */
export function untouchedValues(control: Element, submits: boolean): readonly string[] {
  if (isButton(control)) return submits ? [control.attribs.value ?? ""] : [];
  if (control.name === "select") return selectedValues(control);
  if (isCheckable(control)) return isChecked(control) ? [checkedValue(control)] : [];
  if (control.name === "textarea") return [textContent(control).replace(/^\n/u, "")];
  return [sanitized(typeOf(control), control.attribs.value ?? "", control)];
}

/** What the controls send that a user has typed into or chosen from. */
function valuesByControl(
  controls: readonly Element[],
  typed: FieldValues,
): ReadonlyMap<Element, readonly string[]> {
  const chosen = new Map<Element, readonly string[]>();
  for (const [name, value] of Object.entries(typed)) {
    const named = controls.filter((one) => one.attribs.name === name && !isDisabled(one) && !isButton(one));
    const seen = named.filter((one) => typeOf(one) !== "hidden");
    const fields = seen.length > 0 ? seen : named;
    if (fields.length === 0) {
      throw new UsageError(`the form has no field ${JSON.stringify(name)}`, { code: "no-such-field" });
    }
    const left = typeof value === "string" ? [value] : [...value];
    for (const field of fields) {
      const taken = take(field, left);
      if (taken !== null) chosen.set(field, taken);
    }
    if (left.length > 0) {
      throw new UsageError(
        `${JSON.stringify(left[0])} cannot be chosen in the field ${JSON.stringify(name)}`,
        {
          code: "no-such-choice",
        },
      );
    }
  }
  return chosen;
}

/** Takes from the values that are left those that are for this field; null: it stays as it is. */
function take(field: Element, left: string[]): readonly string[] | null {
  const choose = (value: string): readonly string[] => {
    const at = left.indexOf(value);
    return at === -1 ? [] : left.splice(at, 1);
  };
  if (isCheckable(field)) return choose(checkedValue(field));
  if (field.name === "select") {
    const chosen = openOptions(field).flatMap((option) => choose(optionValue(option)));
    return field.attribs.multiple === undefined ? chosen.slice(-1) : chosen;
  }
  if (typeOf(field) === "file") {
    throw new UsageError("a simulated user cannot choose a file", { code: "unsupported-field" });
  }
  const text = left.shift();
  return text === undefined ? null : [sanitized(typeOf(field), text, field)];
}

/**
 * A value as an input of this type holds it.
 *
 * Source: "States of the type attribute", HTML Living Standard, 4.10.5.1: value sanitization algorithms.
 */
function sanitized(type: string, value: string, { attribs }: Element): string {
  switch (type) {
    case "hidden":
    case "textarea":
      return value;
    case "email":
    case "url":
      return value.replace(/[\r\n]/gu, "").trim();
    case "number":
      return isNumber(value) ? value : "";
    case "range":
      return isNumber(value) ? value : `${(Number(attribs.min ?? 0) + Number(attribs.max ?? 100)) / 2}`;
    case "color":
      return /^#[0-9a-f]{6}$/iu.test(value) ? value.toLowerCase() : "#000000";
    case "file":
      return "";
    default:
      return value.replace(/[\r\n]/gu, "");
  }
}

function isNumber(value: string): boolean {
  return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?$/iu.test(value);
}
