import { parseDocument } from "htmlparser2";
import { expect, test } from "vitest";
import { renderedForm } from "../../../harness/page/rendered-form.ts";

const shown = (form: string) => renderedForm(parseDocument(form), "#send", "text");

test.each([
  ["an input", '<form id="send"><input name="text" value="hi"></form>', '["hi",""]'],
  ["a textarea", '<form id="send"><textarea name="text">hi</textarea></form>', '["hi","hi"]'],
  ["a remark", '<form id="send"><input name="text"><p> too long </p></form>', '["","too long"]'],
  ["no such field", '<form id="send"><input name="other" value="hi"></form>', '["",""]'],
])("tells what the server shows in a form with %s", (_, form, expected) => {
  expect(shown(form)).toBe(expected);
});

test("a page without the form is refused", () => {
  expect(() => shown("<p>log in</p>")).toThrow("#send");
});
