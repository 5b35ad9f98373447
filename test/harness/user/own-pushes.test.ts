import { expect, it, test } from "vitest";
import { NO_FIELD_STATE } from "../../../harness/page/field-state.ts";
import { filledForms } from "../../../harness/page/form-recovery.ts";
import { parseHtml } from "../../../harness/page/html.ts";
import { mentionsIn } from "../../../harness/protocol/markup-mentions.ts";
import { ownPushes } from "../../../harness/user/own-pushes.ts";

const bound = (attribute: string) =>
  `<p id="${attribute}" ${attribute}='[["push",{"event":"${attribute}"}]]'></p>`;
const FORM = '<form id="f" phx-change="form"><input name="a"></form>';

test("a page that is joined again tells of its forms, then of what came and went, then that it is there", () => {
  const before = parseHtml(FORM + bound("phx-remove") + bound("phx-connected"));
  const after = parseHtml(FORM + bound("phx-mounted") + bound("phx-connected"));
  const forms = filledForms(before, NO_FIELD_STATE);
  const events = (hasJoined: boolean) =>
    ownPushes({ before, after, hasJoined, forms: hasJoined ? forms : [] }).map(({ event }) => event);
  expect(events(true)).toEqual(["form", "phx-mounted", "phx-remove", "phx-connected"]);
  expect(events(false)).toEqual(["phx-mounted", "phx-remove"]);
});

it.each<[string, boolean]>([
  [String.raw`{"s":["<p phx-mounted=\"[[&quot;push&quot;,{&quot;event&quot;:&quot;a&quot;}]]\">"]}`, true],
  [String.raw`{"0":" phx-remove='[[\"exec\",{\"attr\":\"data-x\"}]]'"}`, true],
  [String.raw`{"s":["<p phx-connected=\"[[&quot;show&quot;,{}],[&quot;push&quot;,{}]]\">"]}`, true],
  [String.raw`{"s":["<p phx-mounted=\"[[&quot;focus&quot;,{}]]\"><b phx-click=\"push\">"]}`, false],
  [
    String.raw`{"0":" phx-mounted=\"[[&quot;show&quot;,{}]]\"","1":" phx-window-keydown=\"[[&quot;push&quot;,{}]]\""}`,
    false,
  ],
  [String.raw`{"s":["<p phx-remove=\"[[&quot;hide&quot;,{}]]\" phx-click=\"push\">"]}`, false],
  [String.raw`{"0":"[[&quot;push&quot;,{}]]","s":["<p phx-remove=\"","\">"]}`, true],
  [String.raw`{"0":"push","s":["<p phx-remove=\"[[&quot;","&quot;,{\\u0022\\\\}]]\">"]}`, true],
  [String.raw`{"s":["<p phx-remove=\"[[&quot;hide&quot;,{&quot;to&quot;:&quot;\\&quot;}]]\">"]}`, false],
  [String.raw`{"s":["<b phx-click=\"[[&quot;push&quot;,{}]]\">"]}`, false],
])("whether elements come that may push: %s", (text, brings) => {
  expect(mentionsIn(text).ownPushes).toBe(brings);
});
