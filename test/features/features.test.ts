import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FEATURES } from "./features.ts";
import { featureTable } from "./table.ts";

const here = (path: string): URL => new URL(`../../${path}`, import.meta.url);

test("all features of the five chats are there, in order", () => {
  const numbered = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(FEATURES.map(({ id }) => id)).toEqual([
    ...numbered("A", 11),
    ...numbered("B", 8),
    ...numbered("C", 13),
    ...numbered("D", 7),
    ...numbered("E", 6),
  ]);
});

test.each(FEATURES)(
  "what is said of feature $id is there: its files, and tests that start a Chrome",
  ({ where, tests, besides = [] }) => {
    expect(where.filter((path) => !existsSync(here(`reference-server/${path}`)))).toEqual([]);
    expect(tests).not.toEqual([]);
    for (const [file, title] of tests) {
      const text = readFileSync(here(`test/e2e/${file}`), "utf8");
      expect(text, file).toContain(title);
      expect(text, file).toMatch(/chatSite\(|startTestChrome\(|startBench\("run", "five-ways"/);
    }
    for (const [file, title] of besides)
      expect(readFileSync(here(`test/${file}`), "utf8"), file).toContain(title);
  },
);

test("the server's README has the table as it is", () => {
  expect(readFileSync(here("reference-server/README.md"), "utf8")).toContain(`\n${featureTable()}\n`);
});
