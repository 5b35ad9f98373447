import { expect, test } from "vitest";
import { boundContainer } from "../../../reference-server/faults/bound-container.ts";
import { html } from "../../../reference-server/live/template.ts";

test("the container of the messages asks for history, and nothing else is changed", () => {
  const list = html`<div id="messages" phx-update="stream"><p id="messages-1">${"one"}</p></div><p id="newer"></p>`;
  const bound = boundContainer(list);
  expect(bound.statics).toEqual([
    '<div id="messages" phx-viewport-top="load_older" phx-update="stream"><p id="messages-1">',
    '</p></div><p id="newer"></p>',
  ]);
  expect({ ...bound, statics: list.statics }).toEqual(list);
});
