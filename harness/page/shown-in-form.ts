import type { Document } from "domhandler";
import { textContent } from "domutils";
import { controlsOf } from "./controls.ts";
import { untouchedValues } from "./form-data.ts";
import { compileSelector, findFirst } from "./html.ts";

/**
 * What the server shows of what is begun in a form: the value that it has rendered into a field, and all that the form says,
 * remarks on what is typed included. What a browser has in the field is no sign of what the server knows: it may stay in any
 * case.
 *
 * @returns null where the page has not this form
 */
export function shownInForm(
  page: Document | null,
  { form, field }: { readonly form: string; readonly field: string },
): string | null {
  const element = page && findFirst(compileSelector(form), page);
  if (element === null) return null;
  const control = controlsOf(element).find(({ attribs }) => attribs.name === field);
  const value = control && untouchedValues(control, false)[0];
  return JSON.stringify([value ?? "", textContent(element).trim()]);
}
