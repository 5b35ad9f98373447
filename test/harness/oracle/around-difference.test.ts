import { expect, test } from "vitest";
import { aroundDifference } from "../../../harness/oracle/around-difference.ts";

const items = (...ids: readonly string[]) => ids.map((id) => ({ id, fields: { content: `text of ${id}` } }));

test("two places before the difference and four behind it are told, and null behind the end of a list", () => {
  const around = aroundDifference(items("a", "b", "c", "d", "e"), items("a", "b", "c", "x"), 3);
  expect(around).toEqual([
    { index: 1, expected: 'b · "text of b"', actual: 'b · "text of b"' },
    { index: 2, expected: 'c · "text of c"', actual: 'c · "text of c"' },
    { index: 3, expected: 'd · "text of d"', actual: 'x · "text of x"' },
    { index: 4, expected: 'e · "text of e"', actual: null },
  ]);
});

test("parts are told in the order of their names, and cut where they are long", () => {
  const [place] = aroundDifference(
    [{ id: "a", fields: { sender: "ada", content: "x".repeat(41) } }],
    [{ id: "a", fields: { content: "y".repeat(40), sender: "ada" } }],
    0,
  );
  expect(place).toEqual({
    index: 0,
    expected: `a · "${"x".repeat(39)}…" · "ada"`,
    actual: `a · "${"y".repeat(40)}" · "ada"`,
  });
});
