import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseHtml } from "../../../harness/page/html.ts";
import { discover } from "../../../harness/target/discover.ts";
import type { SiteParts } from "../../../harness/target/site-parts.ts";

const recorded = (name: string) =>
  readFileSync(new URL(`../../fixtures/wire/${name}`, import.meta.url), "utf8");

/** What was found on a page, a line a finding. */
const foundOn = (html: string, said: SiteParts = {}) =>
  Object.fromEntries(
    discover(parseHtml(html), said, null).findings.map(({ key, value, sureness }) => [
      key,
      [value, sureness],
    ]),
  );

const FORMS_OF_THE_RECORDING = {
  "send.form": ["#message-form", "likely"],
  "send.field": ["message[content]", "likely"],
  "edit.button": [".edit", "likely"],
  "edit.form": ["#edit-message-form", "likely"],
  "edit.field": ["edit[content]", "likely"],
  "delete.button": [".delete", "likely"],
  scrollback: ["load_more", "certain"],
};

test("on the recorded page of a Phoenix chat all is found; a stream is certain", () => {
  expect(foundOn(recorded("page-stream.html"))).toEqual({
    "list.container": ["#messages", "certain"],
    ...FORMS_OF_THE_RECORDING,
  });
});

test("so it is where the list has no phx-update, but that is only likely", () => {
  expect(foundOn(recorded("page-stateful.html"))).toEqual({
    "list.container": ["#messages", "likely"],
    ...FORMS_OF_THE_RECORDING,
  });
});

test("its lists, forms and bindings are told", () => {
  const { lists, forms, bindings } = discover(parseHtml(recorded("page-stream.html")), {}, null);
  expect(lists).toEqual([{ selector: "#messages", kind: "stream", items: 10, stream: null }]);
  expect(forms).toEqual([
    {
      selector: "#message-form",
      sends: { kind: "event", event: "send" },
      fields: [{ name: "message[content]", type: "text" }],
      buttons: ["Send"],
    },
    {
      selector: "#edit-message-form",
      sends: { kind: "event", event: '[["push",{"event":"save_edit"}],["hide",{"to":"#edit-form"}]]' },
      fields: [{ name: "edit[content]", type: "text" }],
      buttons: ["Save"],
    },
  ]);
  expect(bindings).toEqual([
    { binding: "phx-blur", count: 1, events: ["stop_typing"] },
    { binding: "phx-change", count: 1, events: ["typing"] },
    { binding: "phx-click", count: 21, events: ["delete_message", "edit"] },
    { binding: "phx-hook", count: 1, events: ["Scroll"] },
    { binding: "phx-submit", count: 2, events: ["save_edit", "send"] },
    { binding: "phx-viewport-top", count: 1, events: ["load_more"] },
  ]);
});

test("what the configuration says goes before what is found, also that there is nothing", () => {
  const said = { "list.container": "#other", "edit.button": null, "edit.form": null, "edit.field": null };
  expect(foundOn(recorded("page-stream.html"), said)).toMatchObject({
    "list.container": ["#other", "said"],
    "edit.button": [null, "said"],
    "edit.form": [null, "said"],
    // The items of a list that is not there have no buttons.
    "delete.button": [null, "missing"],
  });
});

test("on a page without anything nothing is found, and each finding says what is lacking", () => {
  const { findings, lists, forms, bindings } = discover(parseHtml("<p>Hello</p>"), {}, null);
  expect(findings.map(({ key, sureness }) => `${key} ${sureness}`)).toEqual([
    "list.container missing",
    "send.form missing",
    "send.field missing",
    "edit.button missing",
    "delete.button missing",
    "edit.form missing",
    "edit.field missing",
    "scrollback missing",
  ]);
  expect([lists, forms, bindings]).toEqual([[], [], []]);
});

describe("the list is", () => {
  const listOn = (html: string) => foundOn(html)["list.container"];
  const items = (prefix: string) => `<li id="${prefix}-1">a</li><li id="${prefix}-2">b</li>`;

  test.each([
    [
      "the stream, beside a list in assigns",
      `<ul id="rooms">${items("room")}</ul><ul id="a" phx-update="stream"></ul>`,
      ["#a", "certain"],
    ],
    ["the appending container", `<div class="feed" phx-update="append"></div>`, [".feed", "certain"]],
    [
      "of two streams the one that is called so",
      '<ul id="members" phx-update="stream"></ul><ul id="posts" phx-update="stream"></ul>',
      ["#posts", "likely"],
    ],
    [
      "of two streams the one that loads older items",
      '<ul id="a" phx-update="stream"></ul><ul id="b" phx-update="stream" phx-viewport-top="older"></ul>',
      ["#b", "likely"],
    ],
    [
      "the log, of lists in assigns",
      `<ul>${items("x")}</ul><div role="log"><ol>${items("y")}</ol></div>`,
      ["ol", "likely"],
    ],
    [
      "told by where it is, where it has no name",
      `<section id="s"><ul>${items("m")}</ul></section><ul></ul>`,
      ["#s ul", "likely"],
    ],
    ["not the navigation", `<nav><ul>${items("room")}</ul></nav>`, [null, "missing"]],
    [
      "not what has one child, nor children of several kinds",
      '<div><p id="a-1">a</p></div><div><p id="a-2"></p><b id="a-3"></b></div>',
      [null, "missing"],
    ],
    [
      "not found by the random id of a view",
      `<div id="phx-Fx12"><p id="m-1">a</p><p id="m-2">b</p></div><div></div>`,
      [null, "missing"],
    ],
  ])("%s", (_, html, expected) => {
    expect(listOn(html)).toEqual(expected);
  });
});

describe("the form that writes is", () => {
  const formOn = (html: string) => foundOn(html)["send.form"];
  const form = (id: string, field: string, more = "") =>
    `<form id="${id}" phx-submit="${id}"${more}>${field}<button>OK</button></form>`;

  test.each([
    ["the only one with a text", form("f", '<input name="x">'), ["#f", "certain"]],
    ["not the search", form("search", '<input name="q" type="search">'), [null, "missing"]],
    [
      "the one whose field is called so, beside a filter",
      form("filter", '<input name="q">') + form("f", '<textarea name="chat[body]"></textarea>'),
      ["#f", "likely"],
    ],
    ["not the log-in", form("f", '<input name="name"><input name="p" type="password">'), [null, "missing"]],
    ["not one that a view does not hear of", '<form id="f"><input name="message"></form>', [null, "missing"]],
    [
      "the one that can be seen, of two",
      `<div style="display: none">${form("a", '<input name="text">')}</div>${form("b", '<input name="text">')}`,
      ["#b", "likely"],
    ],
  ])("%s", (_, html, expected) => {
    expect(formOn(html)).toEqual(expected);
  });
});

describe("the buttons of a message are told by", () => {
  const buttonsOn = (item: string) => {
    const found = foundOn(`<ul id="messages" phx-update="stream"><li id="m-7">${item}</li></ul>`);
    return [found["edit.button"]?.[0], found["delete.button"]?.[0]];
  };

  test.each([
    [
      "their events",
      '<a phx-click="startEdit">x</a><a phx-click="remove_message">y</a>',
      ['a[phx-click="startEdit"]', 'a[phx-click="remove_message"]'],
    ],
    [
      "the events of their commands",
      `<b class="x" phx-click='[["push",{"event":"edit"}]]'>x</b>`,
      [".x", null],
    ],
    [
      "their labels",
      '<button phx-click="a" aria-label="Edit message">x</button><button phx-click="b" title="Delete">y</button>',
      ['button[phx-click="a"]', 'button[phx-click="b"]'],
    ],
    [
      "their texts",
      '<i phx-click="a">Change</i><u phx-click="b">Delete</u>',
      ['i[phx-click="a"]', 'u[phx-click="b"]'],
    ],
    [
      "nothing else",
      '<i phx-click="like">Like</i><i>Delete</i><b class="credited" phx-click="c"></b>',
      [null, null],
    ],
  ])("%s", (_, item, expected) => {
    expect(buttonsOn(item)).toEqual(expected);
  });

  test("never by an id that holds the item's number", () => {
    expect(buttonsOn('<i id="edit-7" phx-click="edit"></i>')).toEqual(['i[phx-click="edit"]', null]);
  });
});
