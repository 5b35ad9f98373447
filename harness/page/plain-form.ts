import type { Document, Element } from "domhandler";
import { defaultButton } from "./controls.ts";
import { type FieldState, stateOf } from "./field-state.ts";
import { findForm } from "./form.ts";
import { encodeEntries, type FieldValues, formEntries } from "./form-data.ts";
import { compileSelector, findFirst, parseHtml } from "./html.ts";
import { absoluteUrl } from "./url.ts";

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
 * @throws UsageError if the page has not this form, or the form not these fields; with code `bad-url` if it leads nowhere
 */
export function plainFormRequest(
  html: string,
  url: string,
  selector: string,
  typed: FieldValues,
): PlainFormRequest {
  const form = findForm(parseHtml(html), selector);
  return requestOf(form, url, typed, defaultButton(form));
}

const TRIGGERED = compileSelector("form[phx-trigger-action]");

/**
 * What a browser requests when a view has told it, by `phx-trigger-action`, to send a form over HTTP, with what the
 * user typed into it; null if it has not. The socket is closed before.
 *
 * Source: `isNowTriggerFormExternal` in dom.ts, `perform` in dom_patch.ts.
 *
 * @param submitter the button with which the form was sent last, which takes part again if it has a name
 */
export function triggeredRequest(
  page: Document,
  url: string,
  fields: FieldState,
  submitter: (form: Element) => Element | null = defaultButton,
): PlainFormRequest | null {
  const form = findFirst(TRIGGERED, page);
  if (form === null) return null;
  return requestOf(form, url, stateOf(fields, form).typed, submitter(form));
}

/** Source: "Form submission algorithm", HTML Living Standard, 4.10.21.3. */
function requestOf(
  form: Element,
  url: string,
  typed: FieldValues,
  submitter: Element | null,
): PlainFormRequest {
  const entries = formEntries(form, typed, submitter);
  const body = encodeEntries(entries.map(({ name, value }) => [name, value.replace(/\r\n?|\n/gu, "\r\n")]));
  const said = (name: string) => submitter?.attribs[`form${name}`] ?? form.attribs[name];
  const action = new URL(absoluteUrl(said("action") ?? "", url));
  if (said("method")?.toLowerCase() === "post") return { method: "POST", url: action.href, body };
  action.search = body;
  return { method: "GET", url: action.href, body: null };
}
