import { describe, expect, it } from "vitest";
import { changePushes, findForm, submitPushes } from "../../../harness/page/form.ts";
import { parseHtml } from "../../../harness/page/html.ts";

const form = (inner: string, attributes = 'phx-submit="save" phx-change="validate"') =>
  findForm(
    parseHtml(`<form id="f" ${attributes}>${inner}</form><input form="f" name="far" value="away">`),
    "#f",
  );

const TEXT = '<input type="text" name="m[text]" value="old">';

/** The value that is pushed for a form with these controls, without the one that stands outside. */
function sent(inner: string, typed: Record<string, string> = {}): string | undefined {
  return submitPushes(form(inner), typed)[0]?.value.replace(/&?far=away$/u, "");
}

describe("a form sends its successful controls", () => {
  it.each<[string, string, Record<string, string>, string]>([
    ["what the page has", TEXT, {}, "m%5Btext%5D=old"],
    ["what was typed instead", TEXT, { "m[text]": "a b&c=ü" }, "m%5Btext%5D=a+b%26c%3D%C3%BC"],
    ["hidden inputs along", `<input type="hidden" name="id" value="7">${TEXT}`, {}, "id=7&m%5Btext%5D=old"],
    ["a textarea's text", '<textarea name="t">\na\n &lt;</textarea>', {}, "t=a%0A+%3C"],
    ["checked boxes", '<input type="checkbox" name="a" checked><input type="checkbox" name="b">', {}, "a=on"],
    [
      "the chosen radio",
      '<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>',
      {},
      "a=2",
    ],
    [
      "the selected option",
      '<select name="s"><option>a</option><option value="B" selected>b</option></select>',
      {},
      "s=B",
    ],
    [
      "the first option without a selected one",
      '<select name="s"><option> a </option><option>b</option></select>',
      {},
      "s=a",
    ],
    [
      "the button that Enter presses, if it has a name",
      '<button type="button" name="x"></button><button name="do" value="it">',
      {},
      "do=it",
    ],
    ["no button otherwise", '<button name="a"></button><button name="b" value="2">', {}, "a="],
    [
      "nothing disabled, unnamed, or of files",
      '<input name="a" disabled><input value="b"><input type="file" name="c">',
      {},
      "",
    ],
  ])("%s", (_name, inner, typed, value) => {
    expect(sent(inner, typed)).toBe(value);
  });

  it("and those that belong to it from elsewhere on the page", () => {
    expect(submitPushes(form(""), {})[0]?.value).toBe("far=away");
  });
});

describe("what is pushed", () => {
  it("on submit, with the values that the form is bound with", () => {
    const pushes = submitPushes(form(TEXT, 'phx-submit="save" phx-value-room="1" phx-target="3"'), {});
    expect(JSON.stringify(pushes)).toBe(
      '[{"type":"form","event":"save","value":"m%5Btext%5D=old&far=away","meta":{"room":"1"},"cid":3}]',
    );
  });

  it("on submit through JS commands, those that only change the DOM left out", () => {
    const binding = 'phx-submit=\'[["push",{"event":"save","value":{"a":1}}],["hide",{"to":"#f"}]]\'';
    expect(submitPushes(form(TEXT, binding), {})).toEqual([
      { type: "form", event: "save", value: "m%5Btext%5D=old&far=away", meta: { a: 1 } },
    ]);
  });

  it.each<[string, string, readonly string[], string]>([
    [
      "marks the fields that the user was not in",
      `${TEXT}<input name="n" value="1">`,
      [],
      "m%5Btext%5D=new&_unused_n=&n=1",
    ],
    ["does not mark those that he was in", `${TEXT}<input name="n" value="1">`, ["n"], "m%5Btext%5D=new&n=1"],
    [
      "marks the innermost name",
      `${TEXT}<input name="a[b]">`,
      [],
      "m%5Btext%5D=new&a%5B_unused_b%5D=&a%5Bb%5D=",
    ],
    [
      "marks lists before their brackets",
      `${TEXT}<input name="a[]">`,
      [],
      "m%5Btext%5D=new&_unused_a%5B%5D=&a%5B%5D=",
    ],
    [
      "does not mark hidden ones",
      `${TEXT}<input type="hidden" name="h" value="1">`,
      [],
      "m%5Btext%5D=new&h=1",
    ],
  ])("on change: %s", (_name, inner, used, value) => {
    const [push] = changePushes(form(inner), { name: "m[text]", value: "new" }, new Set([...used, "far"]));
    expect(push).toEqual({
      type: "form",
      event: "validate",
      value: `${value}&far=away`,
      meta: { _target: "m[text]" },
      uploads: {},
    });
  });
});

describe("what cannot be done is refused", () => {
  it.each<[string, () => unknown, string, string]>([
    [
      "a form that is not there",
      () => findForm(parseHtml("<p id=f>"), "#f"),
      "not-on-page",
      "the page has no form that matches #f",
    ],
    [
      "a form without a binding",
      () => submitPushes(form("", ""), {}),
      "not-on-page",
      "the form #f has no phx-submit",
    ],
    ["a field that is not there", () => sent("", { x: "1" }), "no-such-field", 'the form has no field "x"'],
    [
      "a command that navigates",
      () => submitPushes(form("", 'phx-submit=\'[["navigate",{"href":"/"}]]\''), {}),
      "unsupported-binding",
      'a simulated user cannot follow [["navigate",{"href":"/"}]]: only pushes to a view or component id',
    ],
    [
      "several choices",
      () => sent('<select name="s" multiple></select>'),
      "unsupported-field",
      "a simulated user cannot fill in a select with several choices",
    ],
    ["no selector", () => findForm(parseHtml(""), "##"), "bad-selector", '"##" is no CSS selector'],
  ])("%s", (_name, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message, exitCode: 104 }));
  });
});
