import { expect, test } from "vitest";
import { readCasePage } from "../../../harness/cases/case-page.ts";

const page = (form = 'data-offers="insert delete"', list = '<ul id="items" phx-update="stream"></ul>') =>
  `<form id="items-form" ${form}><textarea name="operations"></textarea></form><b id="items-performed">0</b>${list}`;

test("a page of cases says what it offers, and how its list is updated", () => {
  const { offers, update } = readCasePage(page(), "http://localhost/cases");
  expect([[...offers], update]).toEqual([["insert", "delete"], "stream"]);
});

test.each([
  [
    "nothing of it",
    "<p>Log in</p>",
    "it lacks #items-form, a field operations in it, #items-performed, #items",
  ],
  ["no list", page(undefined, ""), "it lacks #items"],
  ["no offers", page(""), "its form says by data-offers nothing of what it offers"],
  [
    "an offer that there is not",
    page('data-offers="insert inserts"'),
    "it offers inserts, but there is insert, ",
  ],
])("a page that has %s is refused", (_, html, why) => {
  expect(() => readCasePage(html, "http://localhost/cases")).toThrow(
    `http://localhost/cases is no page of cases: ${why}`,
  );
});
