import { visible } from "./wrap.ts";

/** Text that means nothing to Markdown or HTML, on one line; `@` is kept from being a mention. */
export function plain(text: string): string {
  const escaped = visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]{}|~#$]/g, (character) => `\\${character}`);
  return escaped.replaceAll("@", "@\u200b");
}

/** Text as code, in a fence longer than any in it. In a table a stroke would end the cell, so it is escaped everywhere. */
export function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const padding = shown.startsWith("`") || shown.endsWith("`") || shown === "" ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}
