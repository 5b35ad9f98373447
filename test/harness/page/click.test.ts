import { describe, expect, it } from "vitest";
import {
  boundToClick,
  clickAwayPushes,
  clickPushes,
  findClick,
  leftByClick,
} from "../../../harness/page/click.ts";
import { parseHtml } from "../../../harness/page/html.ts";

/** The pushes of a click on `.x`. */
function pushedBy(html: string, item: string | null = null) {
  const page = parseHtml(html);
  const clicked = findClick(page, ".x", item);
  const bound = boundToClick(clicked);
  return [
    ...leftByClick(clicked, page).flatMap((left) => clickAwayPushes(left)),
    ...(bound === null ? [] : clickPushes(clicked, bound)),
  ];
}

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
      "the value of a box that it checks",
      '<input type="checkbox" class="x" phx-click="go">',
      '[{"type":"click","event":"go","value":{"value":"on"}}]',
    ],
    [
      "no value of a box that it unchecks",
      '<input type="checkbox" class="x" phx-click="go" checked>',
      '[{"type":"click","event":"go","value":{}}]',
    ],
    [
      "the value of a radio button, checked or not",
      '<input type="radio" value="1" class="x" phx-click="go" checked>',
      '[{"type":"click","event":"go","value":{"value":"1"}}]',
    ],
    [
      "the value of a box inside what it reaches not at all",
      '<p phx-click="go"><input type="checkbox" class="x"></p>',
      '[{"type":"click","event":"go","value":{}}]',
    ],
    [
      "what the commands before have added, in the next ones too",
      `<a class="x" phx-value-a="1" phx-click='[["push",{"event":"one","value":{"a":2,"b":3}}],["push",{"event":"two"}]]'>`,
      '[{"type":"click","event":"one","value":{"a":2,"b":3}},{"type":"click","event":"two","value":{"a":"1","b":3}}]',
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
      '<i data-phx-component="4"></i><a class="x" phx-click="go" phx-target="4">',
      '[{"type":"click","event":"go","value":{},"cid":4}]',
    ],
    [
      "past a binding that is disabled",
      '<div phx-click="go"><fieldset phx-click="off" disabled><b class="x"></b></fieldset></div>',
      '[{"type":"click","event":"go","value":{}}]',
    ],
  ])("%s", (_name, html, pushes) => {
    expect(JSON.stringify(pushedBy(html))).toBe(pushes);
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
      "it is in a disabled button",
      '<fieldset disabled><button phx-click="go"><i class="x"></i></button></fieldset>',
      null,
      "a disabled element cannot be clicked",
    ],
    [
      "it is inside what it would have to be outside of",
      '<p phx-click-away="away"><b class="x">',
      null,
      "the page has no phx-click at .x",
    ],
  ])("%s", (_name, html, item, message) => {
    expect(() => findClick(parseHtml(html), ".x", item)).toThrow(
      expect.objectContaining({ message, exitCode: 104 }),
    );
  });
});

describe("a click outside of an element", () => {
  const away = (attributes: string) =>
    `<div phx-click-away="away" phx-value-a="1" ${attributes}><i></i></div>`;
  const PUSHED = { type: "click", event: "away", value: { a: "1" } };
  it.each<[string, string, readonly unknown[]]>([
    [
      "pushes by it, before what it reaches",
      `<a class="x" phx-click="go"></a>${away("")}`,
      [PUSHED, { type: "click", event: "go", value: {} }],
    ],
    ["pushes by all of them", `<b class="x"></b>${away("")}${away("")}`, [PUSHED, PUSHED]],
    [
      "pushes nothing by one that is hidden",
      `<a class="x" phx-click="go"></a>${away("hidden")}`,
      [{ type: "click", event: "go", value: {} }],
    ],
    [
      "pushes nothing by one in what is hidden",
      `<b class="x" phx-click="go"></b><section style="display:none">${away("")}</section>`,
      [{ type: "click", event: "go", value: {} }],
    ],
    [
      "pushes by one that is only said not to be displayed otherwise",
      `<b class="x"></b>${away('style="--my-display: none"')}`,
      [PUSHED],
    ],
  ])("%s", (_name, html, pushes) => {
    expect(pushedBy(html)).toEqual(pushes);
  });
});
