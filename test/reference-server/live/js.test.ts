import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { escapeHtml } from "../../../reference-server/live/escape.ts";
import { JS, type Js } from "../../../reference-server/live/js.ts";

/** What the real server wrote into the page for `JS.push("edit", value: %{id: ...}) |> JS.show(to: "#edit-form")`. */
const RECORDED =
  "[[&quot;push&quot;,{&quot;event&quot;:&quot;edit&quot;,&quot;value&quot;:{&quot;id&quot;:100491}}],[&quot;show&quot;,{&quot;to&quot;:&quot;#edit-form&quot;}]]";

describe("the commands of a recorded page", () => {
  const written = escapeHtml(String(JS.push("edit", { value: { id: 100491 } }).show({ to: "#edit-form" })));

  it("are in the recording", () => {
    const recording = readFileSync(new URL("../../fixtures/wire/stream.jsonl", import.meta.url), "utf8");
    expect(recording).toContain(`phx-click=\\\\\\"${RECORDED}\\\\\\"`);
  });

  it("are written with the same value and in as many bytes", () => {
    const read = (html: string): unknown => JSON.parse(html.replaceAll("&quot;", '"'));
    expect(read(written)).toEqual(read(RECORDED));
    expect(Buffer.byteLength(written)).toBe(Buffer.byteLength(RECORDED));
  });
});

const FADE = ["fade", "from", "to  there"] as const;
const FADE_LISTS = [["fade"], ["from"], ["to", "there"]];

test.each<[string, Js, unknown]>([
  [
    "push, with all its options",
    JS.push("e", { value: { a: null }, target: 3, loading: ".x", pageLoading: false }),
    ["push", { event: "e", value: { a: null }, target: 3, loading: ".x", page_loading: false }],
  ],
  ["push, with none", JS.push("e"), ["push", { event: "e" }]],
  ["push to a selector", JS.push("e", { target: "#other" }), ["push", { event: "e", target: "#other" }]],
  ["dispatch, with none", JS.dispatch("go"), ["dispatch", { event: "go" }]],
  [
    "dispatch, with all its options",
    JS.dispatch("go", { to: "#a", detail: { n: 1 }, bubbles: false, blocking: true }),
    ["dispatch", { event: "go", to: "#a", detail: { n: 1 }, bubbles: false, blocking: true }],
  ],
  [
    "dispatch that does not block, unsaid",
    JS.dispatch("go", { blocking: false }),
    ["dispatch", { event: "go" }],
  ],
  [
    "show, with all its options",
    JS.show({ to: "#a", transition: FADE, display: "flex", time: 0, blocking: false }),
    ["show", { to: "#a", transition: FADE_LISTS, display: "flex", time: 0, blocking: false }],
  ],
  ["show, with none", JS.show(), ["show", {}]],
  [
    "hide inside",
    JS.hide({ to: { inner: ".menu" }, transition: " fade  out" }),
    ["hide", { to: { inner: ".menu" }, transition: [["fade", "out"], [], []] }],
  ],
  ["hide around", JS.hide({ to: { closest: "li" } }), ["hide", { to: { closest: "li" } }]],
  [
    "toggle, with all its options",
    JS.toggle({ to: "#a", in: FADE, out: "gone", display: "inline", time: 100, blocking: true }),
    [
      "toggle",
      { to: "#a", ins: FADE_LISTS, outs: [["gone"], [], []], display: "inline", time: 100, blocking: true },
    ],
  ],
  [
    "add_class",
    JS.addClass("a  b", { to: "#a", transition: "t", time: 5, blocking: false }),
    ["add_class", { to: "#a", names: ["a", "b"], transition: [["t"], [], []], time: 5, blocking: false }],
  ],
  ["remove_class", JS.removeClass("a"), ["remove_class", { names: ["a"] }]],
  ["toggle_class", JS.toggleClass("a", { time: 7 }), ["toggle_class", { names: ["a"], time: 7 }]],
  [
    "transition",
    JS.transition(FADE, { to: "#a", time: 9 }),
    ["transition", { to: "#a", transition: FADE_LISTS, time: 9 }],
  ],
  ["set_attr", JS.setAttribute("a", "1", { to: "#a" }), ["set_attr", { to: "#a", attr: ["a", "1"] }]],
  ["remove_attr", JS.removeAttribute("a"), ["remove_attr", { attr: "a" }]],
  ["toggle_attr", JS.toggleAttribute("a", "1"), ["toggle_attr", { attr: ["a", "1"] }]],
  [
    "toggle_attr between two",
    JS.toggleAttribute("a", ["1", "2"], { to: "#a" }),
    ["toggle_attr", { to: "#a", attr: ["a", "1", "2"] }],
  ],
  ["ignore_attrs, one", JS.ignoreAttributes("open"), ["ignore_attrs", { attrs: ["open"] }]],
  [
    "ignore_attrs, some",
    JS.ignoreAttributes(["open", "data-*"], { to: "#a" }),
    ["ignore_attrs", { to: "#a", attrs: ["open", "data-*"] }],
  ],
  ["focus", JS.focus({ to: "#a" }), ["focus", { to: "#a" }]],
  ["focus_first", JS.focusFirst(), ["focus_first", {}]],
  ["push_focus", JS.pushFocus({ to: "#a" }), ["push_focus", { to: "#a" }]],
  ["pop_focus", JS.popFocus(), ["pop_focus", {}]],
  ["navigate, whose replace is always said", JS.navigate("/a"), ["navigate", { href: "/a", replace: false }]],
  [
    "navigate, replacing",
    JS.navigate("HTTP://x/", { replace: true }),
    ["navigate", { href: "HTTP://x/", replace: true }],
  ],
  ["patch", JS.patch("a?t=1:2"), ["patch", { href: "a?t=1:2", replace: false }]],
  ["exec", JS.exec("phx-remove", { to: "#a" }), ["exec", { attr: "phx-remove", to: "#a" }]],
])("%s", (_name, js, command) => {
  expect(JSON.parse(String(js))).toEqual([command]);
});

test("a chain is a list, and its beginning stays as it was", () => {
  const first = JS.push("a");
  const both = first.concat(JS.focus().popFocus());
  expect(String(both)).toBe('[["push",{"event":"a"}],["focus",{}],["pop_focus",{}]]');
  expect(String(first)).toBe('[["push",{"event":"a"}]]');
  expect(String(JS)).toBe("[]");
});

test.each<[string, () => Js, string]>([
  [
    "a click with details",
    () => JS.dispatch("click", { detail: {} }),
    "a click cannot be dispatched with details",
  ],
  [
    "a detail that the client sets",
    () => JS.dispatch("go", { blocking: true, detail: { done: 1 } }),
    "the detail of an event that blocks must not have a key done: the client sets it",
  ],
  [
    "a script in place of a path",
    () => JS.navigate("JavaScript:alert(1)"),
    'JS.navigate leads to a LiveView by path or http(s) URL, not by "javascript:"',
  ],
  [
    "an address",
    () => JS.patch("mailto:a@b"),
    'JS.patch leads to a LiveView by path or http(s) URL, not by "mailto:"',
  ],
])("%s is refused", (_name, build, message) => {
  expect(build).toThrow(new TypeError(message));
});
