import { describe, expect, it } from "vitest";
import { readDeadRender } from "../../../harness/page/dead-render.ts";
import { plainFormRequest } from "../../../harness/page/plain-form.ts";

const PAGE_URL = "http://localhost:4000/rooms/1";
const META = '<meta name="csrf-token" content="token">';

it("a LiveView page tells what it takes to join its view", () => {
  const html = `${META}<script phx-track-static src="/a.js"></script><link phx-track-static href="b.css">
    <div id="phx-A" data-phx-main data-phx-session="session" data-phx-static="static"></div>`;
  expect(readDeadRender(html, PAGE_URL)).toEqual({
    kind: "live",
    roots: [
      { id: "phx-A", session: "session", static: "static", isMain: true, isSticky: false, hostId: null },
    ],
    childStatics: new Map(),
    appended: new Map(),
    csrfToken: "token",
    connectParams: {},
    trackStatic: ["http://localhost:4000/a.js", "http://localhost:4000/rooms/b.css"],
  });
});

it("a page may name more for its sockets to tell", () => {
  const html = `${META}<meta name="page-token" data-connect-param="_page_token" content="a&amp;b"><meta name="page-token" content="c">
    <div id="phx-A" data-phx-main data-phx-session="session"></div>`;
  expect(readDeadRender(html, PAGE_URL)).toMatchObject({ connectParams: { _page_token: "a&b" } });
});

it("a LiveView page tells what stands in its containers that append", () => {
  const list =
    '<ul id="list" phx-update="append"><li id="a"><b id="within"></b></li><li></li><li id="b"></li></ul>';
  const html = `${META}<div id="phx-A" data-phx-main data-phx-session="s">${list}<ol id="other" phx-update="prepend"></ol></div>`;
  expect(readDeadRender(html, PAGE_URL)).toMatchObject({
    appended: new Map([
      ["list", ["a", "b"]],
      ["other", []],
    ]),
  });
});

it.each([
  ["<h1>It works!</h1>", "an element with data-phx-main"],
  ["<div data-phx-main>", "the id of the element with data-phx-main"],
  ['<div id="a" data-phx-main>', "data-phx-session on the element with data-phx-main"],
  ['<div id="a" data-phx-main data-phx-session="s">', '<meta name="csrf-token">'],
])("a page that is none tells what it lacks: %s", (html, missing) => {
  expect(readDeadRender(html, PAGE_URL)).toEqual({ kind: "not-live", missing });
});

describe("a plain form requests what a browser would", () => {
  it.each([
    [
      "a log-in",
      '<form action="/log_in" method="post"><input type="hidden" name="_csrf_token" value="t"><input name="user"></form>',
      { method: "POST", url: "http://localhost:4000/log_in", body: "_csrf_token=t&user=ann" },
    ],
    [
      "a search",
      '<form action="?old=1"><input name="user"></form>',
      { method: "GET", url: "http://localhost:4000/rooms/1?user=ann", body: null },
    ],
  ])("%s", (_name, html, request) => {
    expect(plainFormRequest(html, PAGE_URL, "form", { user: "ann" })).toEqual(request);
  });
});
