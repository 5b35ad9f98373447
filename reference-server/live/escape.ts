import { escapeJson } from "./json.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What stands in HTML as it is, and in JSON as well. */
const PLAIN = /^[ !#-%(-;=?-[\]-\ud7ff\ue000-\uffff]*$/;

/** Text made safe in HTML and then in a JSON string: at one look, where there is nothing to be done. */
export function escapeHtmlInJson(text: string): string {
  return PLAIN.test(text) ? text : escapeJson(escapeHtml(text));
}

/** Text made safe in HTML content and in quoted attributes, with the entities that Phoenix uses (`Plug.HTML`). */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char) : text;
}
