import { expect, it, test } from "vitest";
import { type FieldState, markUsed, NO_FIELD_STATE, typeInto } from "../../../harness/page/field-state.ts";
import { findForm } from "../../../harness/page/form.ts";
import { filledForms, recoveryPushes } from "../../../harness/page/form-recovery.ts";
import { parseHtml } from "../../../harness/page/html.ts";

const form = (attributes: string, inner = '<input name="a">') => `<form id="f" ${attributes}>${inner}</form>`;

/** What is pushed where a page comes again, as JSON. */
function recovered(before: string, after = before, fields: FieldState = NO_FIELD_STATE): string {
  return JSON.stringify(recoveryPushes(parseHtml(after), filledForms(parseHtml(before), fields)));
}

const PUSHED =
  '[{"type":"form","event":"EVENT","value":"_unused_a=&a=","meta":{"_target":"a"},"uploads":{}}]';

it.each<[string, string, string, string]>([
  [
    "is told by its phx-change, though nobody touched it",
    form('phx-change="c"'),
    form('phx-change="c"'),
    PUSHED.replace("EVENT", "c"),
  ],
  [
    "is told by phx-auto-recover of the new one",
    form('phx-change="c"'),
    form('phx-change="c" phx-auto-recover="r"'),
    PUSHED.replace("EVENT", "r"),
  ],
  [
    "is not told where that says ignore",
    form('phx-change="c" phx-auto-recover="ignore"'),
    form('phx-change="c"'),
    "[]",
  ],
  ["is not told where its phx-change is another one", form('phx-change="c"'), form('phx-change="d"'), "[]"],
  ["is not told where it has none", form('phx-submit="c"'), form('phx-submit="c"'), "[]"],
  ["is not told where it is gone", form('phx-change="c"'), "", "[]"],
  [
    "is not told without an id",
    '<form phx-change="c"><input name="a"></form>',
    '<form phx-change="c"><input name="a"></form>',
    "[]",
  ],
  ["is not told without a field", form('phx-change="c"', "<input>"), form('phx-change="c"'), "[]"],
  [
    "is not told where all fields have bindings of their own",
    form('phx-change="c"', '<input name="a" phx-change="own">'),
    form('phx-change="c"'),
    "[]",
  ],
  [
    "names the first field that is not hidden, and keeps the values of the old one",
    form(
      'phx-change="c" phx-value-v="old"',
      '<input type="hidden" name="h" value="1"><input name="a" value="2">',
    ),
    form('phx-change="c" phx-value-v="new"'),
    '[{"type":"form","event":"c","value":"h=1&_unused_a=&a=2","meta":{"_target":"a","v":"old"},"uploads":{}}]',
  ],
  [
    "names a hidden field where there is no other",
    form('phx-change="c"', '<input type="hidden" name="h" value="1">'),
    form('phx-change="c"'),
    '[{"type":"form","event":"c","value":"h=1","meta":{"_target":"h"},"uploads":{}}]',
  ],
  [
    "names a button where there is nothing else, as if that had been pressed",
    form('phx-change="c"', '<button name="b" value="1"></button>'),
    form('phx-change="c"'),
    '[{"type":"form","event":"c","value":"b=1","meta":{"_target":"b"},"uploads":{}}]',
  ],
  [
    "is told to the component that the new one is for",
    form('phx-change="c"'),
    `<i data-phx-component="4"></i>${form('phx-change="c" phx-target="4"')}`,
    PUSHED.replace("EVENT", "c").replace("}]", '},"cid":4}]').replace("{}},", "{},"),
  ],
])("a form %s", (_name, before, after, pushes) => {
  expect(recovered(before, after)).toBe(pushes);
});

test("what was typed is told, without a mark where a change was", () => {
  const html = form('phx-change="c"', '<input name="a"><input name="b" value="x">');
  const page = findForm(parseHtml(html), "#f");
  const typed = markUsed(typeInto(NO_FIELD_STATE, page, { a: "1" }), page, "a");
  expect(recovered(html, html, typed)).toBe(
    '[{"type":"form","event":"c","value":"a=1&_unused_b=&b=x","meta":{"_target":"a"},"uploads":{}}]',
  );
});
