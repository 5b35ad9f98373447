import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { JS, Js } from "../../reference-server/live/js.ts";
import { attr, html, when } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

const BOX = { to: "#box" };
const box = `document.querySelector("#box")`;
const shown = `getComputedStyle(${box}).display !== "none"`;

/** Commands that the page's button runs, and what must come of them: an expression, from the page as it was loaded. */
const COMMANDS: Readonly<Record<string, readonly [Js, outcome: string]>> = {
  push: [
    JS.push("note", { value: { said: "hello" } }),
    `document.querySelector("#noted").textContent === "hello"`,
  ],
  dispatch: [JS.dispatch("told", { ...BOX, detail: { n: 7 } }), "window.told === 7"],
  hide: [JS.hide(BOX), `!(${shown})`],
  show: [
    JS.show({ to: "#veiled", display: "flex" }),
    `getComputedStyle(document.querySelector("#veiled")).display === "flex"`,
  ],
  toggle: [JS.toggle(BOX), `!(${shown})`],
  addClass: [JS.addClass("one two", BOX), `${box}.matches(".one.two.given")`],
  removeClass: [JS.removeClass("given", BOX), `!${box}.matches(".given")`],
  toggleClass: [JS.toggleClass("given other", BOX), `${box}.matches(".other:not(.given)")`],
  transition: [
    JS.transition(["runs", "from", "to"], { ...BOX, time: 150 }),
    `window.seen.has("runs") && window.seen.has("to") && !${box}.matches(".runs")`,
  ],
  setAttribute: [JS.setAttribute("title", "set", BOX), `${box}.title === "set"`],
  removeAttribute: [JS.removeAttribute("lang", BOX), `!${box}.hasAttribute("lang")`],
  toggleAttribute: [JS.toggleAttribute("lang", ["en", "de"], BOX), `${box}.lang === "de"`],
  focus: [JS.focus({ to: "#second" }), `document.activeElement.id === "second"`],
  focusFirst: [JS.focusFirst({ to: "#fields" }), `document.activeElement.id === "first"`],
  "pushFocus and popFocus": [
    JS.pushFocus({ to: "#second" }).focus({ to: "#first" }).popFocus(),
    `document.activeElement.id === "second"`,
  ],
  "to the closest": [
    JS.addClass("near", { to: { closest: "section" } }),
    `document.querySelector("section.near") !== null`,
  ],
  "to what is inside": [
    JS.addClass("in", { to: { inner: "b" } }),
    `document.querySelector("#run b.in") !== null`,
  ],
  ignoreAttributes: [
    JS.ignoreAttributes("title", BOX).push("note", { value: { said: "rendered" } }),
    `${box}.title === "of a script" && document.querySelector("#noted").textContent === "rendered"`,
  ],
  exec: [JS.exec("data-more", BOX), `${box}.matches(".more")`],
  concat: [JS.addClass("a", BOX).concat(JS.addClass("b", BOX)), `${box}.matches(".a.b")`],
  patch: [JS.patch("/commands?patched=yes"), `location.search === "?patched=yes" && window.loads === 1`],
  navigate: [
    JS.navigate("/elsewhere"),
    `document.querySelector("#elsewhere") !== null && window.loads === 1`,
  ],
  "what stays after a render": [
    JS.addClass("kept", BOX).push("note", { value: { said: "rendered" } }),
    `${box}.matches(".kept") && document.querySelector("#noted").textContent === "rendered"`,
  ],
};

interface Assigns {
  readonly command: string;
  readonly noted: string;
  readonly gone: boolean;
}

const commands = defineView<Assigns, never>({
  name: "commands",
  mount: (socket, params) =>
    socket.assign({ command: String(params.command ?? "push"), noted: "", gone: false }),
  handleParams: () => {},
  handleEvent(socket, event) {
    if (event.type === "other" && event.name === "note") socket.assign({ noted: String(event.value.said) });
    if (event.name === "remove") socket.assign({ gone: true });
  },
  render: ({ noted, gone }) => html`<section>
    <div id="box" class="given" lang="en"${attr("data-more", String(JS.addClass("more")))}>${noted}</div>
    <div id="veiled" style="display: none"></div>
    <p id="noted">${noted}</p>
    <div id="fields"><input id="first"><input id="second"></div>
    <button id="run"><b>run</b></button>
    <button id="remove" phx-click="remove">remove</button>
    ${when(gone, html`<i></i>`, html`<p id="leaving"${attr("phx-mounted", String(JS.addClass("came")))}${attr("phx-remove", String(JS.hide({ transition: "going", time: 150 })))}>leaving</p>`)}
  </section>`,
});
const elsewhere = defineView<object, never>({
  name: "elsewhere",
  mount: () => {},
  render: () => html`<p id="elsewhere"></p>`,
});

let chrome: Chrome;
let site: LiveSite;
let page: ChromePage;

beforeAll(async () => {
  chrome = await startTestChrome();
  site = await startLiveSite({
    routes: [
      { path: "/commands", view: commands, liveSession: "default" },
      { path: "/elsewhere", view: elsewhere, liveSession: "default" },
    ],
  });
  page = await chrome.openPage({ name: "commands" });
});
afterAll(async () => {
  const problems = page.problems();
  await chrome.close();
  await site.close();
  expect([...problems, ...site.log]).toEqual([]);
});

beforeEach(async () => {
  await page.goto(`${site.origin}/commands`);
  await page.waitFor("[data-phx-main].phx-connected");
  await page.evaluate(`
    window.loads = (window.loads ?? 0) + 1;
    window.seen = new Set();
    window.addEventListener("told", ({ detail }) => { window.told = detail.n; });
    ${box}.title = "of a script";
    new MutationObserver((changes) => {
      for (const { target } of changes) target.classList.forEach((name) => seen.add(name));
    }).observe(document.body, { subtree: true, attributes: true });
  `);
});

test.each(Object.entries(COMMANDS))("the official client runs %s", async (_, [js, outcome]) => {
  expect(await page.evaluate(outcome)).toBe(false);
  await page.evaluate(`liveSocket.execJS(document.querySelector("#run"), ${JSON.stringify(String(js))})`);
  await until(page, outcome);
});

test("no command is left out", () => {
  const tried = Object.keys(COMMANDS).flatMap((name) => name.split(" and "));
  const methods = Object.getOwnPropertyNames(Js.prototype);
  expect(methods.filter((name) => !tried.includes(name)).toSorted()).toEqual(["constructor", "toString"]);
});

test("commands run when an element comes, and before it goes", async () => {
  await until(page, `document.querySelector("#leaving.came") !== null`);
  await page.evaluate(`document.querySelector("#remove").click()`);
  await until(page, `document.querySelector("#leaving") === null`);
  expect(await page.evaluate(`seen.has("going")`)).toBe(true);
});
