import { expect, test } from "vitest";
import {
  type FieldState,
  forgetGone,
  markSent,
  markUsed,
  NO_FIELD_STATE,
  stateOf,
  typeInto,
} from "../../../harness/page/field-state.ts";
import { findForm } from "../../../harness/page/form.ts";
import { parseHtml } from "../../../harness/page/html.ts";

const page = (value: string) =>
  parseHtml(`<form id="f"><input name="a" value="${value}"><input name="b"></form>`);
const typedOn = (state: FieldState, value: string) => stateOf(state, findForm(page(value), "#f")).typed;
const typed = typeInto(NO_FIELD_STATE, findForm(page("old"), "#f"), { a: "mine", b: "too" });

test("what was typed stays as long as the page gives the field the same", () => {
  expect(typedOn(typed, "old")).toEqual({ a: "mine", b: "too" });
  expect(typedOn(typed, "new")).toEqual({ b: "too" });
  expect(typedOn(NO_FIELD_STATE, "old")).toEqual({});
});

test("what is typed into one form is not in another", () => {
  const other = findForm(parseHtml('<form id="g"><input name="a" value="old"><input name="b"></form>'), "#g");
  expect(stateOf(typed, other).typed).toEqual({});
});

test("a field is used once a change of it is told, all are once the form is sent", () => {
  const form = findForm(page("old"), "#f");
  expect([...stateOf(typed, form).used]).toEqual([]);
  expect([...stateOf(markUsed(typed, form, "b"), form).used]).toEqual(["b"]);
  expect([...stateOf(markSent(typed, form), form).used]).toEqual(["a", "b"]);
});

test("a form that was gone comes back as a new one", () => {
  expect(forgetGone(typed, page("old"))).toBe(typed);
  expect(forgetGone(typed, parseHtml("<p></p>"))).toEqual(new Map());
});
