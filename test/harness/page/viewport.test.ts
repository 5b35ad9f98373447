import { expect, it } from "vitest";
import { parseHtml } from "../../../harness/page/html.ts";
import { boundToViewport, viewportPushes } from "../../../harness/page/viewport.ts";

const LIST =
  '<div id="l" phx-viewport-top="more" phx-viewport-bottom="newer"><p id="a"></p><p id="b"></p></div>';
const JUMP = { overruns: true };

it.each<[string, string, "top" | "bottom", { overruns: boolean }, string]>([
  [
    "the id of the first element",
    LIST,
    "top",
    { overruns: false },
    '[{"type":"js","event":"more","value":{"id":"a"}}]',
  ],
  [
    "the id of the last element",
    LIST,
    "bottom",
    { overruns: false },
    '[{"type":"js","event":"newer","value":{"id":"b"}}]',
  ],
  [
    "both events of a jump to the top, that of the overrun first",
    LIST,
    "top",
    JUMP,
    '[{"type":"js","event":"more","value":{"id":"a","_overran":true}},{"type":"js","event":"more","value":{"id":"a"}}]',
  ],
  [
    "one event of a jump to the bottom",
    LIST,
    "bottom",
    JUMP,
    '[{"type":"js","event":"newer","value":{"id":"b"}}]',
  ],
  [
    "one event of a jump where another element is overrun",
    '<div id="l" phx-viewport-top="more" phx-viewport-overrun-target="o"><p id="a"></p></div><i id="o"></i>',
    "top",
    JUMP,
    '[{"type":"js","event":"more","value":{"id":"a"}}]',
  ],
  [
    "the binding of a marker in front of the list",
    '<div id="m" phx-viewport-top="more" phx-value-before="7"><p id="m-7"></p></div><div id="l"><p id="a"></p></div>',
    "top",
    { overruns: false },
    '[{"type":"js","event":"more","value":{"id":"m-7","before":"7"}}]',
  ],
  [
    "to the components that a selector finds",
    '<div id="l" phx-viewport-top="more" phx-target=".c"><p></p></div><i class="c" data-phx-component="1"></i><i class="c"></i>',
    "top",
    { overruns: false },
    '[{"type":"js","event":"more","value":{"id":""},"cid":1},{"type":"js","event":"more","value":{"id":""}}]',
  ],
  ["nothing from an empty list", '<div id="l" phx-viewport-top="more"> </div>', "top", JUMP, "[]"],
  ["nothing where the binding is gone", '<div id="l"><p id="a"></p></div>', "top", JUMP, "[]"],
])("scrolling to an end of a list pushes %s", (_name, html, edge, options, pushes) => {
  const bound = boundToViewport(parseHtml(html), "#l", edge);
  expect(JSON.stringify(bound === null ? [] : viewportPushes(bound, edge, options))).toBe(pushes);
});

it("a list that is not there has no ends", () => {
  expect(() => boundToViewport(parseHtml("<p></p>"), "#l", "top")).toThrow(
    expect.objectContaining({ code: "not-on-page", message: "the page has no list #l" }),
  );
});
