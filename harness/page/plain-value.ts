/** What ends text or an attribute's value, or starts a character reference other than those of {@link REFERENCES}. */
const MARKUP = /["'<]|&(?!(?:amp|lt|gt|quot|#39);)/u;

/** The character references that an escaped value has. Source: `Plug.HTML.html_escape`, which LiveView escapes by. */
const REFERENCES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/**
 * Whether a piece of HTML reads as one run of characters wherever text or a quoted attribute's value may stand: it has no
 * tag, no quote, and only complete references to the five characters that are escaped.
 */
export function isPlain(html: string): boolean {
  return !MARKUP.test(html);
}

/** The characters that plain HTML stands for. */
export function unescapePlain(html: string): string {
  if (!html.includes("&")) return html;
  return html.replace(/&(?:amp|lt|gt|quot|#39);/gu, (reference) => REFERENCES[reference] ?? reference);
}
