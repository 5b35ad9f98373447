import { type Element, isTag } from "domhandler";
import { textContent } from "domutils";
import { controlsOf, formOf, typeOf } from "./controls.ts";
import { closest, compileSelector, findAll, rootOf } from "./html.ts";

const OPTIONS = compileSelector("option");

/** The value of an option: its attribute, or its text without needless whitespace. */
export function optionValue(option: Element): string {
  return (
    option.attribs.value ??
    textContent(option)
      .replace(/[\t\n\f\r ]+/gu, " ")
      .trim()
  );
}

/** The options of a select that can be chosen: neither they nor their group are disabled. */
export function openOptions(select: Element): readonly Element[] {
  return findAll(OPTIONS, select.children).filter(
    (option) =>
      option.attribs.disabled === undefined &&
      closest(option, ({ name, attribs }) => name === "optgroup" && attribs.disabled !== undefined) === null,
  );
}

/**
 * The values that a select sends untouched. Of several selected options one counts where one can be chosen: the last. Where
 * none is selected a drop-down shows its first one that can be chosen, a list box none.
 *
 * Source: "The select element", HTML Living Standard, 4.10.7: selectedness setting algorithm.
 */
export function selectedValues(select: Element): readonly string[] {
  const open = openOptions(select);
  const selected = findAll(OPTIONS, select.children).filter(({ attribs }) => attribs.selected !== undefined);
  if (select.attribs.multiple !== undefined) {
    return selected.filter((option) => open.includes(option)).map(optionValue);
  }
  const isDropDown = Number(select.attribs.size ?? 1) <= 1;
  const chosen = selected.at(-1) ?? (isDropDown ? open[0] : undefined);
  return chosen === undefined || !open.includes(chosen) ? [] : [optionValue(chosen)];
}

/** The value of a box or radio button while it is checked. */
export function checkedValue(control: Element): string {
  return control.attribs.value ?? "on";
}

/**
 * Whether a box or radio button is checked untouched. Of several checked radio buttons of one group the last one is.
 *
 * Source: "Radio Button state", HTML Living Standard, 4.10.5.1.16.
 */
export function isChecked(control: Element): boolean {
  if (control.attribs.checked === undefined) return false;
  if (typeOf(control) !== "radio" || !control.attribs.name) return true;
  return (
    radioGroup(control)
      .filter(({ attribs }) => attribs.checked !== undefined)
      .at(-1) === control
  );
}

function radioGroup(control: Element): readonly Element[] {
  const { name } = control.attribs;
  const form = formOf(control);
  const near =
    form === null
      ? findAll((node) => isTag(node) && node.name === "input" && formOf(node) === null, rootOf(control))
      : controlsOf(form);
  return near.filter((other) => typeOf(other) === "radio" && other.attribs.name === name);
}
