import type { Document } from "domhandler";
import { controlsOf } from "./controls.ts";
import { untouchedValues } from "./form-data.ts";
import { findOnPage } from "./html.ts";

/**
 * What the server has rendered into a field of a form, whatever was typed there: a draft that survived a reconnect is what
 * the form's recovery has told the server, and what that has rendered again.
 *
 * @returns undefined where the form has not the field, or it has no value
 * @throws UsageError with code `not-on-page` if the page has not this form
 */
export function renderedValue(page: Document, form: string, field: string): string | undefined {
  const control = controlsOf(findOnPage(page, form)).find(({ attribs }) => attribs.name === field);
  return control && untouchedValues(control, false)[0];
}
