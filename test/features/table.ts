import { FEATURES } from "./features.ts";

const code = (words: readonly string[]): string =>
  [...new Set(words)].map((word) => `\`${word}\``).join(", ");

/** The features as a table in Markdown: what each is, where it is done, and which tests show it in Chrome. */
export function featureTable(): string {
  const rows = FEATURES.map(({ id, what, where, tests }) => [
    id,
    what,
    code(where),
    code(tests.map(([file]) => file)),
  ]);
  const head = ["#", "feature", "where", "shown in Chrome by, in `test/e2e/`"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
