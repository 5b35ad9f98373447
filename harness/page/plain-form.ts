import { findForm } from "./form.ts";
import { defaultButton, encodeEntries, type FieldValues, formEntries } from "./form-data.ts";
import { parseHtml } from "./html.ts";

/** The request that a plain HTML form makes when it is sent. */
export interface PlainFormRequest {
  readonly method: "GET" | "POST";
  /** Absolute; of a GET it holds the fields already. */
  readonly url: string;
  /** URL-encoded; null for a GET. */
  readonly body: string | null;
}

/**
 * What a browser requests when a user fills in and sends a form that is no LiveView's, as a log-in form.
 *
 * @param url the page's own URL
 * @throws UsageError if the page has not this form, or the form not these fields
 */
export function plainFormRequest(
  html: string,
  url: string,
  selector: string,
  typed: FieldValues,
): PlainFormRequest {
  const form = findForm(parseHtml(html), selector);
  const entries = formEntries(form, typed, defaultButton(form));
  const body = encodeEntries(entries.map(({ name, value }) => [name, value]));
  const action = new URL(form.attribs.action ?? "", url);
  if (form.attribs.method?.toLowerCase() === "post") return { method: "POST", url: action.href, body };
  action.search = body;
  return { method: "GET", url: action.href, body: null };
}
