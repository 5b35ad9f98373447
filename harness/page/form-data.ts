import { type Document, type Element, isTag, type ParentNode } from "domhandler";
import { textContent } from "domutils";
import { UsageError } from "../core/errors.ts";
import { compileSelector, findAll, findFirst } from "./html.ts";

/** What a user typed or chose, by the names of the form's fields. */
export type FieldValues = Readonly<Record<string, string>>;

/** One name and value that a form sends, and what kind of field it is from. */
export interface FormEntry {
  readonly name: string;
  readonly value: string;
  readonly hidden: boolean;
}

const CONTROLS = compileSelector("input, select, textarea, button");
const OPTIONS = compileSelector("option");
const SELECTED = compileSelector("option[selected]");
const BUTTON_TYPES: ReadonlySet<string | undefined> = new Set(["submit", "button", "reset", "image", "file"]);

/**
 * What a form sends: its successful controls in document order, hidden ones included, with the values that
 * the page gives them or that the user typed.
 *
 * Source: "Constructing the entry list", HTML Living Standard, 4.10.21.4; `serializeForm` in view.ts.
 *
 * @param typed replaces the values on the page
 * @param submitter the button that sends the form: it takes part if it has a name
 * @throws UsageError with code `no-such-field` if something was typed into a field that the form has not
 */
export function formEntries(
  form: Element,
  typed: FieldValues,
  submitter: Element | null,
): readonly FormEntry[] {
  const entries: FormEntry[] = [];
  const left = new Set(Object.keys(typed));
  for (const control of controlsOf(form)) {
    const { name = "", disabled } = control.attribs;
    if (name === "" || disabled !== undefined) continue;
    const value = typed[name] ?? untouchedValue(control, control === submitter);
    left.delete(name);
    if (value !== null) entries.push({ name, value, hidden: control.attribs.type === "hidden" });
  }
  for (const name of left) {
    throw new UsageError(`the form has no field ${JSON.stringify(name)}`, { code: "no-such-field" });
  }
  return entries;
}

/** The button that Enter presses: the first one that submits; null if there is none. */
export function defaultButton(form: Element): Element | null {
  const submits = (control: Element) =>
    control.name === "button"
      ? (control.attribs.type ?? "submit") === "submit"
      : control.name === "input" && control.attribs.type === "submit";
  return controlsOf(form).find(submits) ?? null;
}

/** The entries as `URLSearchParams` writes them. */
export function encodeEntries(entries: readonly (readonly [name: string, value: string])[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of entries) params.append(name, value);
  return params.toString();
}

function controlsOf(form: Element): readonly Element[] {
  const { id } = form.attribs;
  return findAll(CONTROLS, rootOf(form)).filter((control) => {
    const owner = control.attribs.form;
    return owner === undefined ? closestForm(control) === form : owner === id;
  });
}

function rootOf(element: Element): Document | ParentNode {
  let node: ParentNode = element;
  while (node.parent !== null) node = node.parent;
  return node;
}

function closestForm(element: Element): Element | null {
  for (let node = element.parent; node !== null; node = node.parent) {
    if (isTag(node) && node.name === "form") return node;
  }
  return null;
}

/** The value that a control sends untouched; null if it sends none. */
function untouchedValue(control: Element, submits: boolean): string | null {
  const { type, value = "" } = control.attribs;
  switch (control.name) {
    case "textarea":
      return textContent(control).replace(/^\n/u, "");
    case "select":
      return selectedValue(control);
    case "button":
      return submits ? value : null;
    default:
      if (type === "checkbox" || type === "radio") {
        return control.attribs.checked === undefined ? null : (control.attribs.value ?? "on");
      }
      return BUTTON_TYPES.has(type) && !submits ? null : value;
  }
}

function selectedValue(select: Element): string | null {
  if (select.attribs.multiple !== undefined) {
    throw new UsageError("a simulated user cannot fill in a select with several choices", {
      code: "unsupported-field",
    });
  }
  const option = findFirst(SELECTED, select) ?? findFirst(OPTIONS, select);
  return option === null ? null : (option.attribs.value ?? textContent(option).trim());
}
