import { visible } from "../wrap.ts";

/** Markup that is ready to stand in a document: made by {@link html} alone, so that nothing gets into one unescaped. */
export class Markup {
  readonly text: string;

  /** @param text markup that holds nothing of a result */
  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: texts and numbers are escaped, markup is taken as it is, nothing is left out. */
export type Content = string | number | Markup | undefined | null | false | readonly Content[];

/** Markup from a template. Whatever is put into it is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(strings.map((text, at) => (at === 0 ? "" : written(contents[at - 1])) + text).join(""));
}

/** JSON for a `<script type="application/json">`, in which nothing can end the element or begin a comment. */
export function jsonMarkup(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as it may stand in an element or in an attribute in quotes; control characters are written out. */
export function escaped(text: string): string {
  const lines = text.split("\n").map(visible).join("\n");
  return lines.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function written(content: Content): string {
  if (content === undefined || content === null || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return content.map(written).join("");
}
