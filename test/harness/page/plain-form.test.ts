import { expect, it, test } from "vitest";
import { NO_FIELD_STATE, typeInto } from "../../../harness/page/field-state.ts";
import { findForm } from "../../../harness/page/form.ts";
import { elementById, parseHtml } from "../../../harness/page/html.ts";
import { plainFormRequest, triggeredRequest } from "../../../harness/page/plain-form.ts";

const URL = "http://a/b/c?d#e";

it.each<[string, string, string]>([
  [
    "a GET with its fields in the URL",
    '<form id="f" action="go?gone=1"><input name="a" value="1 2">',
    '{"method":"GET","url":"http://a/b/go?a=1+2","body":null}',
  ],
  [
    "a POST with its fields in the body",
    '<form id="f" action="/go?kept=1" method="POST"><input name="a" value="1">',
    '{"method":"POST","url":"http://a/go?kept=1","body":"a=1"}',
  ],
  [
    "where its button says",
    '<form id="f"><button name="b" formaction="/other" formmethod="post">',
    '{"method":"POST","url":"http://a/other","body":"b="}',
  ],
  [
    "lines with both their ends",
    '<form id="f" method="post" action="/"><textarea name="a">1\n2</textarea>',
    '{"method":"POST","url":"http://a/","body":"a=1%0D%0A2"}',
  ],
  [
    "the name of a file that was not chosen",
    '<form id="f" method="post" action="/"><input type="file" name="a">',
    '{"method":"POST","url":"http://a/","body":"a="}',
  ],
])("a plain form sends %s", (_name, html, request) => {
  expect(JSON.stringify(plainFormRequest(html, URL, "#f", {}))).toBe(request);
});

test("a form is sent over HTTP when the view says so, with what was typed and the button that sent it", () => {
  const inner =
    '<input name="a"><button name="b" value="1"></button><button id="x" name="b" value="2"></button></form>';
  const before = parseHtml(`<form id="f" action="/go" method="post">${inner}`);
  const after = parseHtml(`<form id="f" action="/go" method="post" phx-trigger-action>${inner}`);
  const fields = typeInto(NO_FIELD_STATE, findForm(before, "#f"), { a: "typed" });
  expect(triggeredRequest(before, URL, fields)).toBeNull();
  expect(triggeredRequest(after, URL, fields)?.body).toBe("a=typed&b=1");
  expect(triggeredRequest(after, URL, fields, () => elementById(after, "x"))?.body).toBe("a=typed&b=2");
});
