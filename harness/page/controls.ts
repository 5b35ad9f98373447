import { type Element, isTag } from "domhandler";
import { ancestors, childElements, closest, compileSelector, findAll, rootOf } from "./html.ts";

const CONTROLS = compileSelector("input, select, textarea, button");
const DISABLING: ReadonlySet<string> = new Set([...["input", "select", "textarea", "button"], "fieldset"]);
const BUTTON_TYPES: ReadonlySet<string> = new Set(["submit", "button", "reset", "image"]);

/** The inputs, selects, text areas and buttons that a form owns, in document order, wherever they stand. */
export function controlsOf(form: Element): readonly Element[] {
  return findAll(CONTROLS, rootOf(form)).filter((control) => formOf(control) === form);
}

/**
 * The form that a control belongs to; null if there is none.
 *
 * Source: "Association of controls and forms", HTML Living Standard, 4.10.17.3.
 */
export function formOf(control: Element): Element | null {
  const { form: owner } = control.attribs;
  if (owner === undefined) return closest(control, ({ name }) => name === "form");
  const [named] = findAll((node) => isTag(node) && node.attribs.id === owner, rootOf(control));
  return named?.name === "form" ? named : null;
}

/** A control's type: that of an input or a button, in lower case; else the element's name. */
export function typeOf(control: Element): string {
  const type = control.attribs.type?.toLowerCase();
  if (control.name === "button") return type === "button" || type === "reset" ? type : "submit";
  return control.name === "input" ? type || "text" : control.name;
}

/** Whether a control is a button, in whatever guise. */
export function isButton(control: Element): boolean {
  return control.name === "button" || (control.name === "input" && BUTTON_TYPES.has(typeOf(control)));
}

/** Whether a control is a box or a radio button. */
export function isCheckable(control: Element): boolean {
  return control.name === "input" && ["checkbox", "radio"].includes(typeOf(control));
}

/** Whether a button sends its form. */
export function isSubmitter(control: Element): boolean {
  return isButton(control) && ["submit", "image"].includes(typeOf(control));
}

/**
 * Whether a control is disabled, by itself or by a fieldset around it, whose first legend is spared.
 *
 * Source: "Enabling and disabling form controls", HTML Living Standard, 4.10.18.5.
 */
export function isDisabled(element: Element): boolean {
  if (!DISABLING.has(element.name)) return false;
  if (element.attribs.disabled !== undefined) return true;
  let below: Element = element;
  for (const node of ancestors(element)) {
    if (!isTag(node)) break;
    if (node.name === "fieldset" && node.attribs.disabled !== undefined) {
      const legend = childElements(node).find(({ name }) => name === "legend");
      if (legend !== below) return true;
    }
    below = node;
  }
  return false;
}

/** The button that Enter presses: the first one that submits; null if there is none. */
export function defaultButton(form: Element): Element | null {
  return controlsOf(form).find(isSubmitter) ?? null;
}
