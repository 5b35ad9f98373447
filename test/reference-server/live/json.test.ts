import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, escapeHtmlInJson } from "../../../reference-server/live/escape.ts";
import { NO_MEMBERS, objectOf, quoted, withMember } from "../../../reference-server/live/json.ts";

test.each([
  ["plain", "what is said"],
  ["empty", ""],
  ["with quotes and backslashes", '"\\"'],
  ["of two lines", "one\ntwo\u0000\u001f"],
  ["with a delete, and separators of JavaScript", "\u007f\u2028\u2029"],
  ["outside of ASCII", "é 🎉 שלום \uffff"],
  ["cut in the middle of a character", "\ud83c"],
  ["begun in the middle of a character", "\udf89 and on"],
])("a text is quoted as JSON.stringify does: %s", (_, text) => {
  expect(quoted(text)).toBe(JSON.stringify(text));
});

test("any text is quoted as JSON.stringify does", () => {
  const text = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  fc.assert(fc.property(text, (any) => quoted(any) === JSON.stringify(any)));
  const inHtml = (any: string) => `"${escapeHtmlInJson(any)}"` === JSON.stringify(escapeHtml(any));
  fc.assert(fc.property(text, inHtml));
  fc.assert(fc.property(fc.string(), inHtml));
});

test("an object has its members in the order in which they were given", () => {
  const one = withMember(NO_MEMBERS, 0, quoted("a"));
  expect([NO_MEMBERS, one, withMember(one, "kc", 1)].map(objectOf)).toEqual([
    "{}",
    '{"0":"a"}',
    '{"0":"a","kc":1}',
  ]);
});
