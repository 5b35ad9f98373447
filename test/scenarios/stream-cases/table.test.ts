import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CASE_MODES, caseId } from "../../../harness/core/stream-case.ts";
import { CASE_LISTS } from "../../../reference-server/web/stream-cases/lists.ts";
import { STREAM_CASES } from "../../../scenarios/stream-cases/catalogue.ts";
import { EXCEPTIONS } from "../../../scenarios/stream-cases/exceptions.ts";
import { ROOM_PAGE_CASES } from "../../../scenarios/stream-cases/room-page-cases.ts";
import { caseTable, exceptionTable, roomPageTable } from "./table.ts";

const ids = STREAM_CASES.map(caseId);
const roomPageIds = ROOM_PAGE_CASES.map(({ number }) => `${number}`);
const sorted = (numbers: Iterable<number>) => [...numbers].toSorted((one, other) => one - other);

test("these cases are in the table, each on one page", () => {
  const own = new Set(STREAM_CASES.map(({ number }) => number));
  const room = ROOM_PAGE_CASES.map(({ number }) => number);
  expect(sorted(own)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31,
    32, 34, 35, 36, 45, 46, 47,
  ]);
  expect(sorted(room)).toEqual([18, 26, 37, 38, 39, 40, 41, 42, 43, 44, 48, 49]);
});

test("the server has a list for each mode of the cases", () => {
  expect(Object.keys(CASE_LISTS)).toEqual(CASE_MODES);
});

test("a case has an id of its own", () => {
  expect(ids).toEqual([...new Set(ids)]);
});

test("an exception is of a case that there is, once for each mode, and never of streams", () => {
  const excepted = EXCEPTIONS.flatMap(({ cases, modes }) =>
    cases.flatMap((id) => modes.map((mode) => ({ id, mode, key: `${id} in ${mode}` }))),
  );
  expect(excepted.filter(({ id }) => ![...ids, ...roomPageIds].includes(id))).toEqual([]);
  expect(excepted.filter(({ mode }) => mode === "stream")).toEqual([]);
  const keys = excepted.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  const own = excepted.filter(({ id }) => ids.includes(id));
  expect(ids.length * CASE_MODES.length - own.length).toBe(185);
});

test("every case of the room page is done, and these leave a part of it to its tests", () => {
  expect(ROOM_PAGE_CASES.filter(({ acts }) => acts.length === 0)).toEqual([]);
  const parts = ROOM_PAGE_CASES.filter(({ leftToTests }) => leftToTests !== undefined);
  expect(parts.map(({ number }) => number)).toEqual([18, 37, 41, 43, 44]);
});

test.each(ROOM_PAGE_CASES)("the tests of case $number on the room page are there", ({ tests }) => {
  const missing = tests.filter(
    ([file, title]) => !readFileSync(new URL(`../../e2e/${file}`, import.meta.url), "utf8").includes(title),
  );
  expect(missing).toEqual([]);
  expect(tests).not.toEqual([]);
});

test.each([
  ["cases by mode", caseTable],
  ["exceptions", exceptionTable],
  ["cases of the room page", roomPageTable],
])("the README has the table of %s as it is", (_, table) => {
  const readme = readFileSync(new URL("../../../scenarios/stream-cases/README.md", import.meta.url), "utf8");
  const [head = ""] = table().split("\n");
  const start = readme.indexOf(`\n${head}\n`) + 1;
  expect(readme.slice(start, readme.indexOf("\n\n", start)).trimEnd()).toBe(table());
});
