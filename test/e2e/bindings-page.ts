import { escapeHtml } from "../../reference-server/live/escape.ts";
import { JS } from "../../reference-server/live/js.ts";
import type { ViewScript } from "./scripted-view.ts";

const js = (commands: unknown) => escapeHtml(String(commands));

const CLICKS = `
<button id="named" phx-click="named" phx-value-room="1" phx-value-value="own" value="mine">x</button>
<button id="listed" phx-click="${js(
  JS.push("one", { value: { room: 2, deep: { a: [1] } } })
    .hide({ to: "#nothing" })
    .push("two"),
)}" phx-value-room="1">x</button>
<p id="around" phx-click="around" phx-value-a="1"><i><b id="within">x</b></i></p>
<a id="link" href="#" phx-click="linked">x</a>
<ul><li id="third" value="3" phx-click="item">x</li><li id="plain" phx-click="item">x</li></ul>
<input id="checked" type="checkbox" phx-click="box" checked><input id="unchecked" type="checkbox" value="u" phx-click="box">
<input id="radio" type="radio" name="r" value="1" phx-click="box">
<input id="text" phx-click="text" value="as it is">
<meter id="meter" value="0.5" phx-click="measured">x</meter><output id="output" phx-click="put">sum</output>
<button id="off" disabled phx-click="off">x</button>
<button id="executes" phx-click="${js(JS.exec("data-run", { to: "#executed" }))}" phx-value-a="not this">x</button>
<span id="executed" data-run="${js(JS.push("ran", { value: { b: 2 } }))}" phx-value-a="1"></span>
<button id="scoped" phx-click="${js(JS.exec("data-run", { to: { inner: "i" } }).exec("data-run", { to: { closest: "section" } }))}"><i data-run="${js(JS.push("inner"))}">x</i></button>
<div id="menu" phx-click-away="away" phx-value-menu="1"><button id="in-menu" phx-click="in-menu">x</button></div>
<div hidden><div phx-click-away="hidden-away">x</div></div><div style="color: red; display: none" phx-click-away="styled-away">x</div>`;

const TARGETS = `
<div id="outside" class="target">x</div>
<button id="to-class" phx-click="to-class" phx-target=".target">x</button>
<button id="to-outside" phx-click="to-outside" phx-target="#outside">x</button>
<button id="to-cid" phx-click="to-cid" phx-target="2">x</button>
<button id="to-nobody" phx-click="to-nobody" phx-target="#nobody">x</button>
<button id="to-no-cid" phx-click="to-no-cid" phx-target="99">x</button>
<button id="to-given" phx-click="${js(JS.push("to-given", { target: ".target" }).push("to-cid", { target: 1 }))}" phx-target="2">x</button>`;

const component = (cid: number) =>
  `<section class="target"><button id="in-${cid}" phx-click="in">x</button>
  <button id="self-${cid}" phx-click="self" phx-target="${cid}">x</button><i class="target" id="inner-${cid}" phx-hook="Plain">x</i></section>`;

const KEYS = `
<input id="keys" phx-keydown="down" phx-keyup="up" phx-value-a="1" value="v">
<input id="enter-only" phx-keydown="enter" phx-key="ENTER"><input id="deaf">
<div id="window-down" phx-window-keydown="window-down" phx-value-w="1"></div>
<div phx-window-keydown="window-escape" phx-key="escape" phx-target="1"></div><div phx-window-keyup="window-up"></div>
<input id="exec-keys" phx-keydown="${js(JS.exec("data-run"))}" data-run="${js(JS.push("key-ran"))}">`;

const FOCUS = `
<input id="focus" phx-focus="entered" phx-blur="left" phx-value-a="1" value="v"><input id="other" phx-focus="other">
<div phx-window-focus="window-focus" phx-window-blur="window-blur"></div>`;

const FORMS = `
<form id="form" phx-change="changed" phx-submit="sent" phx-value-form="1">
  <input id="form-a" name="m[a]"><input name="m[b][]" value="1"><input name="m[b][]" value="2">
  <input type="hidden" name="h" value="hid"><input type="hidden" name="c" value="false"><input id="form-c" type="checkbox" name="c" value="true">
  <input name="quiet" phx-no-unused-field value="q">
  <input id="form-r1" type="radio" name="r" value="1" checked><input id="form-r2" type="radio" name="r" value="2" checked><input id="form-r3" type="radio" name="r" value="3">
  <select id="form-s" name="s"><option disabled>no</option><option> a  b </option><option value="B">b</option></select>
  <select id="form-m" name="m[]" multiple><option selected>1</option><option>2</option><optgroup disabled><option selected>3</option></optgroup><option selected>4</option></select>
  <select name="lines" size="3"><option>1</option></select><select name="last"><option selected>1</option><option selected>2</option></select>
  <textarea id="form-t" name="t">
one
two</textarea>
  <fieldset disabled><legend><input name="legend" value="in"></legend><input name="no" value="no"><legend><input name="second" value="no"></legend></fieldset>
  <datalist><input name="data" value="no"></datalist><input type="file" name="file"><input type="image" name="image" alt="x">
  <input type="number" name="n" value="x1"><input type="color" name="color"><input type="range" name="range" max="10">
  <input type="email" name="email" value=" a@b "><input type="reset" name="reset"><button type="button" name="button" value="no">x</button>
  <button id="form-go" name="go" value="first">x</button><button id="form-or" name="go" value="second">x</button>
</form><input id="far" form="form" name="far" value="away">
<form id="own"><input id="own-a" name="a" value="1" phx-change="own-changed" phx-target=".target"><input name="b" value="2"></form>
<form id="own-in" phx-target="2" phx-value-v="form's"><input id="own-in-a" name="a" phx-value-v="input's" phx-change="${js(JS.push("own-in", { value: { p: 1 } }))}"></form>
<form id="aimed" phx-change="${js(JS.push("aimed", { target: ".target" }))}" phx-submit="${js(JS.push("aimed-sent", { target: "#inner-1" }))}"><input id="aimed-a" name="a"></form>
<form id="aimed-self" phx-change="aimed-self" phx-submit="aimed-self" phx-target="#inner-2"><input id="aimed-self-a" name="a"></form>
<form id="unmarked" phx-change="unmarked" phx-no-unused-field><input id="unmarked-a" name="a"><input name="b"></form>
<form id="blurring" phx-submit="blurring"><input id="blurring-a" name="a" phx-blur="left-a" phx-focus="entered-a"></form>`;

const LIMITS = `
<form id="slow" phx-change="slow" phx-submit="slow-sent"><input id="slow-a" name="a" phx-debounce="1500"><input id="slow-b" name="b" phx-debounce="blur" phx-blur="left-b"><input id="slow-c" name="c"><button>x</button></form>
<button id="throttled" phx-click="throttled" phx-throttle="60000">x</button>
<input id="throttled-keys" phx-keydown="throttled-key" phx-throttle="60000">`;

const HOOKS = `<div id="hook" phx-hook="Plain" phx-target="1" phx-value-a="1">x</div>`;

const MOUNTS = `
<div phx-mounted="${js(JS.push("mounted", { value: { m: 1 } }).show())}" phx-value-a="1"></div>
<div phx-connected="${js(JS.push("connected"))}"></div><div phx-disconnected="${js(JS.push("disconnected"))}"></div>`;

const RECOVERED = `
<form id="kept" phx-change="kept-changed" phx-value-k="1"><input type="hidden" name="hid" value="h"><input id="kept-a" name="a"><input name="b" value="2"></form>
<form id="ignored" phx-change="ignored" phx-auto-recover="ignore"><input name="a"></form>
<form id="special" phx-change="special" phx-auto-recover="recover" phx-target="#inner-1"><input type="hidden" name="only" value="1"></form>
<form id="pushing" phx-change="${js(JS.push("pushing", { value: { p: 1 }, target: 2 }))}"><button name="b" value="v">x</button></form>
<form phx-change="no-id"><input name="a"></form><form id="own-only" phx-change="own-only"><input name="a" phx-change="x"></form>
<form id="empty" phx-change="empty"></form>
<button id="cut" phx-click="cut">x</button>`;

/**
 * No room under the last message: the official client scrolls it up to the edge after an answer, and if that moves
 * anything it takes it for scrolling up, and reports an overrun.
 */
const LIST = `<div id="messages" phx-viewport-top="older" phx-viewport-bottom="newer" phx-value-list="1" style="height: 100px; overflow-y: auto">
  <p id="first" style="height: 300px">first</p><p style="height: 300px">second</p><p id="last" style="height: 300px; margin: 0">last</p></div>`;
/** Scrolls within a box: the list's own top comes into view only when it is overrun. */
const BOXED = `<div id="box" style="height: 100px; overflow-y: auto"><h1 id="above" style="height: 50px">above</h1><div id="messages" phx-viewport-top="older" phx-viewport-bottom="newer">
  <p id="first" style="height: 300px">first</p><p style="height: 300px">second</p><p id="last" style="height: 300px">last</p></div></div>`;
const AIMED_LIST = LIST.replace(
  "phx-viewport-bottom",
  'phx-viewport-overrun-target="no-overrun" phx-viewport-bottom',
).replace("</div>", '</div><div style="position: absolute; top: -10px"><i id="no-overrun"></i></div>');

const EMPTY = `<div id="messages"></div>`;

/** Elements that push when they go. */
const LEAVING = `<div id="nest"><i id="inside" phx-remove="${js(JS.push("inside-gone"))}"></i></div><b id="gone" phx-value-a="1" phx-remove="${js(JS.push("gone").hide())}"></b><b phx-remove="${js(JS.push("gone-too"))}"></b>`;

/** A page from these parts, then the components 1 and 2, and what diffs can change: an attribute of a form, and an end. */
function page(parts: readonly string[], shown = ""): ViewScript {
  const before = `<main>${parts.join("")}<div id="barrier"></div>`;
  const ends = [
    '<form id="leaving" action="/landed?a=b" method="post" phx-submit="leave"',
    '><input id="leaving-a" name="a"><button name="go" value="1">x</button></form>',
    "</main>",
  ];
  const statics = [before, "", ...ends];
  return {
    rendered: {
      "0": 1,
      "1": 2,
      "2": "",
      "3": shown,
      s: statics,
      c: { "1": { s: [component(1)], r: 1 }, "2": { s: [component(2)], r: 1 } },
    },
    html: [before, component(1), component(2), ends[0], ends[1], shown, ends[2]].join(""),
    diffs: {
      leave: { "2": " phx-trigger-action" },
      swap: {
        "3": `<b id="come" phx-mounted="${js(JS.push("come"))}"></b><b phx-mounted="${js(JS.push("come-too"))}"></b>`,
      },
    },
    cuts: ["cut"],
  };
}

const SWAP = `<button id="swap" phx-click="swap">x</button>`;

/** The pages, by path. */
export const PAGES: Readonly<Record<string, ViewScript>> = {
  "/clicks": page([CLICKS, EMPTY]),
  "/targets": page([TARGETS, EMPTY]),
  "/keys": page([KEYS, EMPTY]),
  "/focus": page([FOCUS, EMPTY]),
  "/forms": page([FORMS, EMPTY]),
  "/limits": page([LIMITS, EMPTY]),
  "/hooks": page([HOOKS, EMPTY]),
  "/mounts": page([MOUNTS, SWAP, EMPTY], LEAVING),
  "/recovery": page([RECOVERED, EMPTY]),
  "/list": page([LIST]),
  "/boxed": page([BOXED]),
  "/aimed-list": page([AIMED_LIST]),
};
