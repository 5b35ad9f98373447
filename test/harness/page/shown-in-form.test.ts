import { parseDocument } from "htmlparser2";
import { expect, test } from "vitest";
import { shownInForm } from "../../../harness/page/shown-in-form.ts";

const shown = (page: string) => shownInForm(parseDocument(page), { form: "#send", field: "text" });

test.each([
  ["an input", '<form id="send"><input name="text" value="hi"></form>', '["hi",""]'],
  ["a textarea", '<form id="send"><textarea name="text">hi</textarea></form>', '["hi","hi"]'],
  ["a remark", '<form id="send"><input name="text"><p> too long </p></form>', '["","too long"]'],
  ["no such field", '<form id="send"><input name="other" value="hi"></form>', '["",""]'],
])("tells what the server shows in a form with %s", (_, page, expected) => {
  expect(shown(page)).toBe(expected);
});

test("where there is no such form, or no page, nothing is shown", () => {
  expect([shown("<p>log in</p>"), shownInForm(null, { form: "#send", field: "text" })]).toEqual([null, null]);
});
