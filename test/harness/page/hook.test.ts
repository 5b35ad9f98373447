import { expect, it } from "vitest";
import { findHook, hookPushes } from "../../../harness/page/hook.ts";
import { parseHtml } from "../../../harness/page/html.ts";

const PAGE = parseHtml(
  '<i data-phx-component="1"><b id="h" class="t" phx-hook="H" phx-target="1" phx-value-a="1"></b></i><b class="t"></b>',
);

it.each<[string, number | string | null, string]>([
  ["the view, though it is in a component", null, '[{"type":"hook","event":"e","value":{"n":1}}]'],
  ["a component", 1, '[{"type":"hook","event":"e","value":{"n":1},"cid":1}]'],
  [
    "what a selector finds",
    ".t",
    '[{"type":"hook","event":"e","value":{"n":1},"cid":1},{"type":"hook","event":"e","value":{"n":1}}]',
  ],
  ["nobody who is not there", "#no", "[]"],
])("a hook pushes to %s", (_name, target, pushes) => {
  expect(JSON.stringify(hookPushes(findHook(PAGE, "#h"), { event: "e", payload: { n: 1 }, target }))).toBe(
    pushes,
  );
});

it.each(["#no", ".t:not([id])"])("what has no hook cannot push: %s", (selector) => {
  expect(() => findHook(PAGE, selector)).toThrow(
    expect.objectContaining({
      code: "not-on-page",
      message: `the page has no element with a phx-hook that matches ${selector}`,
    }),
  );
});
