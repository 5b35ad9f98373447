import { describe, expect, it } from "vitest";
import { controlsOf, isSubmitter } from "../../../harness/page/controls.ts";
import { changePushes, findForm, submitPushes } from "../../../harness/page/form.ts";
import type { FieldValues } from "../../../harness/page/form-data.ts";
import { parseHtml } from "../../../harness/page/html.ts";

const form = (inner: string, attributes = 'phx-submit="save" phx-change="validate"') =>
  findForm(
    parseHtml(`<form id="f" ${attributes}>${inner}</form><input form="f" name="far" value="away">`),
    "#f",
  );

const TEXT = '<input type="text" name="m[text]" value="old">';

/** The value that is pushed for a form with these controls, without the one that stands outside. */
function sent(inner: string, typed: FieldValues = {}): string | undefined {
  return submitPushes(form(inner), typed)[0]?.value.replace(/&?far=away$/u, "");
}

describe("a form sends its successful controls", () => {
  it.each<[string, string, FieldValues, string]>([
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
    [
      "all selected options of a list, but for disabled ones",
      '<select name="s" multiple><option selected>a</option><option>b</option><option selected disabled>c</option><optgroup disabled><option selected>d</option></optgroup><option value="E" selected>e</option></select>',
      {},
      "s=a&s=E",
    ],
    [
      "the options of a list that were chosen, in their order",
      '<select name="s" multiple><option selected>a</option><option>b</option><option>c</option></select>',
      { s: ["c", "b"] },
      "s=b&s=c",
    ],
    [
      "no option where none was chosen",
      '<select name="s" multiple><option selected>a</option></select>',
      { s: [] },
      "",
    ],
    [
      "the last of several selected options where one can be",
      '<select name="s"><option selected>a</option><option selected>b</option></select>',
      {},
      "s=b",
    ],
    [
      "the first option that is not disabled",
      '<select name="s"><option disabled>a</option><option>  b  c </option></select>',
      {},
      "s=b+c",
    ],
    [
      "no option of a list box without a selected one",
      '<select name="s" size="2"><option>a</option></select>',
      {},
      "",
    ],
    [
      "the boxes that were checked, in place of those of the page",
      '<input type="hidden" name="a" value="no"><input type="checkbox" name="a" value="1" checked><input type="checkbox" name="a" value="2">',
      { a: ["2"] },
      "a=no&a=2",
    ],
    ["no box that was unchecked", '<input type="checkbox" name="a" checked>', { a: [] }, ""],
    [
      "the radio button that was chosen",
      '<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2">',
      { a: "2" },
      "a=2",
    ],
    [
      "the last of the radio buttons that are checked",
      '<input type="radio" name="a" value="1" checked><input type="radio" name="a" value="2" checked>',
      {},
      "a=2",
    ],
    [
      "what was typed into fields of one name, in order",
      '<input name="a[]" value="1"><input name="a[]" value="2">',
      { "a[]": ["x", "y"] },
      "a%5B%5D=x&a%5B%5D=y",
    ],
    [
      "what was typed into the first of them",
      '<input name="a" value="1"><input name="a" value="2">',
      { a: "x" },
      "a=x&a=2",
    ],
    ["a hidden field that was set", '<input type="hidden" name="a">', { a: "x" }, "a=x"],
    [
      "nothing of a disabled fieldset, but for its first legend",
      '<fieldset disabled><legend><input name="a"></legend><legend><input name="b"></legend><p><input name="c"></p></fieldset>',
      {},
      "a=",
    ],
    [
      "values as the fields' types hold them",
      '<input type="number" name="a" value="1x"><input type="range" name="b" max="10"><input type="color" name="c" value="#ABCDEF"><input type="email" name="d" value=" e "><input name="e" value="1\n2">',
      {},
      "a=&b=5&c=%23abcdef&d=e&e=12",
    ],
    ["a number", '<input type="number" name="a">', { a: "-1.5e3" }, "a=-1.5e3"],
    ["nothing that shares its name with a file", '<input name="a"><input type="file" name="a">', {}, ""],
    ["no field of another form", '<input name="a" form="g">', {}, ""],
  ])("%s", (_name, inner, typed, value) => {
    expect(sent(inner, typed)).toBe(value);
  });

  it("and those that belong to it from elsewhere on the page", () => {
    expect(submitPushes(form(""), {})[0]?.value).toBe("far=away");
  });
});

describe("what is pushed", () => {
  it("on submit, with the values that the form is bound with", () => {
    const pushes = submitPushes(
      form(TEXT, 'phx-submit="save" phx-value-room="1" phx-target="3" data-phx-component="3"'),
      {},
    );
    expect(JSON.stringify(pushes)).toBe(
      '[{"type":"form","event":"save","value":"m%5Btext%5D=old&far=away","meta":{"room":"1"},"cid":3}]',
    );
  });

  it("on submit with another button than the one that Enter presses", () => {
    const owner = form('<button name="go" value="1"></button><button id="or" name="go" value="2"></button>');
    const [, button = null] = controlsOf(owner).filter(isSubmitter);
    expect(submitPushes(owner, {}, button)[0]?.value).toBe("go=2&far=away");
  });

  it.each<[string, string, string, string]>([
    [
      "by its own binding, that field alone",
      '<input name="a" phx-change="own"><input name="b">',
      "a",
      '{"event":"own","value":"a=x","meta":{"_target":"a","f":"1"}}',
    ],
    [
      "by its own binding, to its own target",
      '<i class="t" data-phx-component="2"></i><input name="a" phx-change="own" phx-target="2"><input name="b">',
      "a",
      '{"event":"own","value":"a=x","meta":{"_target":"a","f":"1"},"cid":2}',
    ],
    [
      "by the form's, with all fields",
      '<input name="a"><input type="hidden" name="b" value="1">',
      "a",
      '{"event":"all","value":"a=x&b=1","meta":{"_target":"a","f":"1"}}',
    ],
    [
      "with a box and its hidden twin both marked",
      '<input name="a"><input type="hidden" name="c" value="no"><input type="checkbox" name="c" checked>',
      "a",
      '{"event":"all","value":"a=x&_unused_c=&c=no&_unused_c=&c=on","meta":{"_target":"a","f":"1"}}',
    ],
    [
      "without a mark where a field wants none",
      '<input name="a"><input name="b" phx-no-unused-field>',
      "a",
      '{"event":"all","value":"a=x&b=","meta":{"_target":"a","f":"1"}}',
    ],
  ])("on change of a field %s", (_name, inner, name, expected) => {
    const page = parseHtml(`<form id="f" phx-change="all" phx-value-f="1">${inner}</form>`);
    const { type, uploads, ...push } =
      changePushes(findForm(page, "#f"), { name, value: "x" }, new Set())[0] ?? {};
    expect(push).toEqual(JSON.parse(expected));
    expect([type, uploads]).toEqual(["form", {}]);
  });

  it.each<[string, string, number | undefined]>([
    ["the view by a command's selector", "", undefined],
    [
      "the component that a command's selector finds, where the form has a target too",
      'phx-target="#none"',
      4,
    ],
  ])("on submit, to %s", (_name, attributes, cid) => {
    const commands = '[["push",{"event":"save","target":"#c"}]]';
    const page = parseHtml(
      `<i id="c" data-phx-component="4"></i><form id="f" phx-submit='${commands}' ${attributes}></form>`,
    );
    expect(submitPushes(findForm(page, "#f"), {}).map((push) => push.cid)).toEqual([cid]);
  });

  it("on change, without marks where the form wants none", () => {
    const owner = form(`${TEXT}<input name="n">`, 'phx-change="v" phx-no-unused-field');
    expect(changePushes(owner, { name: "n", value: "1" }, new Set())[0]?.value).toBe(
      "m%5Btext%5D=old&n=1&far=away",
    );
  });

  it("on change, with what was typed into the other fields", () => {
    const push = changePushes(
      form(`${TEXT}<input name="n">`),
      { name: "n", value: "1" },
      new Set(["m[text]", "far"]),
      { "m[text]": "new" },
    );
    expect(push[0]?.value).toBe("m%5Btext%5D=new&n=1&far=away");
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
      "a command that is none",
      () => submitPushes(form("", 'phx-submit=\'[["fly",{"to":"/"}]]\''), {}),
      "unsupported-binding",
      'a simulated user cannot follow [["fly",{"to":"/"}]]: it is no JS command that LiveView has',
    ],
    [
      "a choice that there is not",
      () => sent('<select name="s"><option>a</option><option disabled>b</option></select>', { s: "b" }),
      "no-such-choice",
      '"b" cannot be chosen in the field "s"',
    ],
    [
      "more texts than fields",
      () => sent('<input name="s">', { s: ["a", "b"] }),
      "no-such-choice",
      '"b" cannot be chosen in the field "s"',
    ],
    [
      "a disabled field",
      () => sent("<fieldset disabled><input name=s></fieldset>", { s: "b" }),
      "no-such-field",
      'the form has no field "s"',
    ],
    [
      "a file",
      () => sent('<input type="file" name="s">', { s: "b" }),
      "unsupported-field",
      "a simulated user cannot choose a file",
    ],
    ["no selector", () => findForm(parseHtml(""), "##"), "bad-selector", '"##" is no CSS selector'],
  ])("%s", (_name, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message, exitCode: 104 }));
  });
});
