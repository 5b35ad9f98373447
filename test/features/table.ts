import { FEATURES, type Feature } from "./features.ts";

const code = (words: readonly string[]): string =>
  [...new Set(words)].map((word) => `\`${word}\``).join(", ");

const filesOf = (tests: Feature["tests"], folder = ""): string[] => tests.map(([file]) => `${folder}${file}`);

/** The features as a table in Markdown: what each is, where it is done, and which tests show it in Chrome. */
export function featureTable(): string {
  const rows = FEATURES.map(({ id, what, where, tests, besides = [] }) => {
    const without = besides.length === 0 ? "" : `; without one by ${code(filesOf(besides, "test/"))}`;
    return [id, what, code(where), `${code(filesOf(tests))}${without}`];
  });
  const head = ["#", "feature", "where", "shown in Chrome by, in `test/e2e/`"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
