import { expect, test } from "vitest";
import { clientEvent } from "../../../reference-server/live/client-event.ts";

test("an event of a form has its fields, one of anything else its value", () => {
  const form = clientEvent({ type: "form", event: "send", value: "a=1&a=2&b=%26" });
  if (form?.type !== "form") return expect.unreachable();
  expect([form.name, [...form.form]]).toEqual([
    "send",
    [
      ["a", "1"],
      ["a", "2"],
      ["b", "&"],
    ],
  ]);
  expect(clientEvent({ type: "click", event: "edit", value: { id: "7" } })).toEqual({
    type: "other",
    name: "edit",
    value: { id: "7" },
  });
});

test("an event of commands that a page's script runs has no type", () => {
  expect(clientEvent({ type: null, event: "note", value: {} })).toEqual({
    type: "other",
    name: "note",
    value: {},
  });
});

test.each([[null], [7], ["text"], [[1]]])("the value %j is none that has names", (value) => {
  expect(clientEvent({ type: "click", event: "edit", value })).toEqual({
    type: "other",
    name: "edit",
    value: {},
  });
});

test.each([
  [{}],
  [{ event: "a", value: {} }],
  [{ type: "click", value: {} }],
  [{ type: "click", event: "a" }],
  [{ type: 7, event: "a", value: {} }],
  [{ type: "click", event: {}, value: {} }],
  [{ type: "form", event: "a", value: {} }],
])("%j is no event", (payload) => {
  expect(clientEvent(payload)).toBeUndefined();
});
