import { expect, it } from "vitest";
import { NO_FIELD_STATE, typeInto } from "../../../harness/page/field-state.ts";
import { findForm } from "../../../harness/page/form.ts";
import { elementById, parseHtml } from "../../../harness/page/html.ts";
import { boundToKey, type KeyStroke, keyPushes } from "../../../harness/page/keyboard.ts";

const PAGE =
  parseHtml(`<form id="f"><input id="bound" name="a" phx-keydown="down" phx-key="Enter" phx-value-v="1" value="old"></form>
  <p phx-keydown="around"><input id="deaf"></p>
  <i phx-window-keydown="any"></i><i phx-window-keydown="escape" phx-key="escape"></i><i phx-window-keyup="up"></i>`);

it.each<[string, string | null, KeyStroke, string]>([
  [
    "its key to the element that has the focus, with what was typed",
    "bound",
    { type: "keydown", key: "Enter" },
    '[{"type":"keydown","event":"down","value":{"key":"Enter","v":"1","value":"new"}}]',
  ],
  ["nothing where that asks for another key", "bound", { type: "keydown", key: "x" }, "[]"],
  [
    "to the whole window where that is not bound to it, whatever is around it",
    "deaf",
    { type: "keydown", key: "x" },
    '[{"type":"keydown","event":"any","value":{"key":"x"}}]',
  ],
  [
    "to all that ask for the key, in whatever case",
    null,
    { type: "keydown", key: "Escape" },
    '[{"type":"keydown","event":"any","value":{"key":"Escape"}},{"type":"keydown","event":"escape","value":{"key":"Escape"}}]',
  ],
  [
    "a key that goes up by another binding",
    "bound",
    { type: "keyup", key: "Enter" },
    '[{"type":"keyup","event":"up","value":{"key":"Enter"}}]',
  ],
])("a key pushes %s", (_name, id, stroke, pushes) => {
  const typed = typeInto(NO_FIELD_STATE, findForm(PAGE, "#f"), { a: "new" });
  const focused = id === null ? null : elementById(PAGE, id);
  const bound = boundToKey(PAGE, focused, stroke);
  expect(JSON.stringify(bound.flatMap((one) => keyPushes(one, stroke, typed)))).toBe(pushes);
});
