import type { Document } from "domhandler";
import { textContent } from "domutils";
import { controlsOf } from "./controls.ts";
import { untouchedValues } from "./form-data.ts";
import { findOnPage } from "./html.ts";

/**
 * What the server shows of what is begun in a form: the value that it has rendered into a field, and all that the form says,
 * remarks on what is typed included. What a browser has in the field is no sign of what the server knows: it may stay in any
 * case.
 *
 * @throws UsageError with code `not-on-page` if the page has not this form
 */
export function renderedForm(page: Document, form: string, field: string): string {
  const element = findOnPage(page, form);
  const control = controlsOf(element).find(({ attribs }) => attribs.name === field);
  const value = control && untouchedValues(control, false)[0];
  return JSON.stringify([value ?? "", textContent(element).trim()]);
}
