import { describe, expect, it } from "vitest";
import { parseHtml } from "../../../harness/page/html.ts";
import { findLink } from "../../../harness/page/link.ts";

const URL = "http://localhost:4000/rooms/1?page=1";
const link = (html: string, selector = "a") => findLink(parseHtml(html), selector, URL);

describe("a link", () => {
  it.each([
    [
      "stays in the view",
      '<a href="?page=2" data-phx-link="patch" data-phx-link-state="push">x</a>',
      "patch",
      "/rooms/1?page=2",
    ],
    [
      "takes another view",
      '<a href="/b" data-phx-link="redirect" data-phx-link-state="replace">x</a>',
      "redirect",
      "/b",
    ],
    ["loads a page", '<a href="2">x</a>', "load", "/rooms/2"],
    ["loads a page elsewhere", '<a href="http://localhost:4000/c">x</a>', "load", "/c"],
  ])("%s", (_name, html, kind, path) => {
    expect(link(html)).toEqual({ kind, href: `http://localhost:4000${path}` });
  });

  it("is the closest one around what is clicked", () => {
    const html = '<a href="/b" data-phx-link="patch" data-phx-link-state="push"><b><i>x</i></b></a>';
    expect(link(html, "i")).toEqual({ kind: "patch", href: "http://localhost:4000/b" });
  });

  it.each([
    ["", "the page has nothing that matches a", "not-on-page", 104],
    ["<a>x</a>", "the page has no link at a", "not-on-page", 104],
    [
      '<a href="/" data-phx-link="patch">x</a>',
      "the link at a has data-phx-link-state=undefined",
      "malformed-link",
      98,
    ],
    [
      '<a href="/" data-phx-link="leap" data-phx-link-state="push">x</a>',
      'the link at a has data-phx-link="leap"',
      "malformed-link",
      98,
    ],
  ])("that is none is said to be: %s", (html, message, code, exitCode) => {
    expect(() => link(html)).toThrow(expect.objectContaining({ message, code, exitCode }));
  });
});
