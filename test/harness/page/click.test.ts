import { describe, expect, it } from "vitest";
import { clickPushes, findClick, viewportTopPushes } from "../../../harness/page/click.ts";
import { parseHtml } from "../../../harness/page/html.ts";

const PUSH =
  "[[&quot;push&quot;,{&quot;event&quot;:&quot;edit&quot;,&quot;value&quot;:{&quot;id&quot;:7}}],[&quot;show&quot;,{}]]";

describe("a click pushes", () => {
  // The first two as the official client sent them in chrome-stream.jsonl.
  it.each([
    [
      "the value of JS.push",
      `<button class="x" phx-click="${PUSH}">`,
      '[{"type":"click","event":"edit","value":{"value":"","id":7}}]',
    ],
    [
      "the phx-value attributes",
      '<button class="x" phx-click="delete" phx-value-id="7">',
      '[{"type":"click","event":"delete","value":{"id":"7","value":""}}]',
    ],
    [
      "nothing more where the element has no value",
      '<a class="x" phx-click="go">',
      '[{"type":"click","event":"go","value":{}}]',
    ],
    [
      "the value of a box that is checked",
      '<input type="checkbox" class="x" phx-click="go" checked>',
      '[{"type":"click","event":"go","value":{"value":"on"}}]',
    ],
    [
      "no value of one that is not",
      '<input type="checkbox" class="x" phx-click="go">',
      '[{"type":"click","event":"go","value":{}}]',
    ],
    [
      "a list element's number",
      '<li class="x" phx-click="go">',
      '[{"type":"click","event":"go","value":{"value":0}}]',
    ],
    [
      "what surrounds the element",
      '<p phx-click="go"><i><b class="x"></b></i></p>',
      '[{"type":"click","event":"go","value":{}}]',
    ],
    [
      "to a component",
      '<a class="x" phx-click="go" phx-target="4">',
      '[{"type":"click","event":"go","value":{},"cid":4}]',
    ],
  ])("%s", (_name, html, pushes) => {
    expect(JSON.stringify(clickPushes(findClick(parseHtml(html), ".x", null)))).toBe(pushes);
  });

  it("from within the item that is named", () => {
    const page = parseHtml('<p id="a"><a phx-click="one"></a></p><p id="b"><a phx-click="two"></a></p>');
    expect(findClick(page, "a", "b").attribs["phx-click"]).toBe("two");
  });
});

describe("a click that reaches nothing is refused", () => {
  it.each([
    ["nothing matches", "<p>", null, "the page has nothing that matches .x"],
    ["the item is not there", '<a class="x" phx-click="go">', "b", "item b has nothing that matches .x"],
    ["nothing is bound", '<a class="x">', null, "the page has no phx-click at .x"],
    [
      "it is disabled",
      '<button class="x" phx-click="go" disabled>',
      null,
      "a disabled element cannot be clicked",
    ],
    [
      "it goes to a target by selector",
      '<a class="x" phx-click="go" phx-target="#other">',
      null,
      'a simulated user cannot follow phx-target="#other": only pushes to a view or component id',
    ],
  ])("%s", (_name, html, item, message) => {
    expect(() => clickPushes(findClick(parseHtml(html), ".x", item))).toThrow(
      expect.objectContaining({ message, exitCode: 104 }),
    );
  });
});

describe("scrolling to the top pushes", () => {
  it.each([
    [
      "the id of the first element",
      '<div id="l" phx-viewport-top="more"><p id="a"></p><p id="b"></p></div>',
      '[{"type":"js","event":"more","value":{"id":"a"}}]',
    ],
    [
      "the binding of a marker in front of the list",
      '<div id="m" phx-viewport-top="more" phx-value-before="7"><p id="m-7"></p></div><div id="l"><p id="a"></p></div>',
      '[{"type":"js","event":"more","value":{"id":"m-7","before":"7"}}]',
    ],
    ["nothing from an empty list", '<div id="l" phx-viewport-top="more"> </div>', "[]"],
    ["nothing where the binding is gone", '<div id="l"><p id="a"></p></div>', "[]"],
  ])("%s", (_name, html, pushes) => {
    expect(JSON.stringify(viewportTopPushes(parseHtml(html), "#l"))).toBe(pushes);
  });
});
