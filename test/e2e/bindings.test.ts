import { describe, expect, test } from "vitest";
import type { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { clicks, fill, inOrder, press, presses, scroll } from "./acts.ts";
import { PAGES } from "./bindings-page.ts";
import { type Case, type ChromeAct, SideBySide, type UserAct } from "./side-by-side.ts";

const both = new SideBySide(PAGES);

/** A click that pushes nothing is said to be of no use. */
const NOTHING = { code: "unsupported-binding" };

describe("the simulated user pushes what the official client pushes in Chrome", () => {
  test.each<Case>([
    ...[
      "named",
      "within",
      "link",
      "third",
      "plain",
      "checked",
      "unchecked",
      "radio",
      "text",
      "meter",
      "output",
      "executes",
      "scoped",
    ].map((id) => clicks("/clicks", id, 2)),
    clicks("/clicks", "listed", 3),
    clicks("/clicks", "in-menu", 1),
  ])("%s", both.agree);

  test.each<Case>([
    clicks("/targets", "to-class", 5),
    clicks("/targets", "to-outside", 1),
    clicks("/targets", "to-cid", 1),
    clicks("/targets", "to-given", 6),
    clicks("/targets", "in-1", 1),
    clicks("/targets", "self-2", 1),
    [
      "a click that is for nobody",
      "/targets",
      (page) => page.click("#to-nobody"),
      (user) => expect(user.click("#to-nobody")).rejects.toMatchObject(NOTHING),
      0,
    ],
    [
      "a click that is for no component",
      "/targets",
      (page) => page.click("#to-no-cid"),
      (user) => expect(user.click("#to-no-cid")).rejects.toMatchObject(NOTHING),
      0,
    ],
  ])("%s", both.agree);

  test.each<Case>([
    ["a key in a field that is bound", "/keys", press("keys", "Escape"), presses("keys", "Escape"), 2],
    [
      "a key that is not asked for",
      "/keys",
      press("enter-only", "Escape"),
      presses("enter-only", "Escape"),
      1,
    ],
    [
      "a key that is asked for, in another case",
      "/keys",
      press("enter-only", "Enter"),
      presses("enter-only", "Enter"),
      2,
    ],
    ["a key in a field that is not bound", "/keys", press("deaf", "Escape"), presses("deaf", "Escape"), 3],
    ["a key on the page", "/keys", press(null, "x"), presses(null, "x"), 2],
    [
      "a key that runs another attribute's commands",
      "/keys",
      press("exec-keys", "x"),
      presses("exec-keys", "x"),
      2,
    ],
  ])("%s", both.agree);

  test.each<Case>([
    [
      "going to a field and to another",
      "/focus",
      inOrder(
        (page) => page.focus("#focus"),
        (page) => page.focus("#other"),
      ),
      inOrder<SimulatedUser>(
        (user) => user.focus("#focus"),
        (user) => user.focus("#other"),
      ),
      3,
    ],
    [
      "leaving a field",
      "/focus",
      inOrder(
        (page) => page.focus("#focus"),
        (page) => page.$eval("#focus", (element) => (element as unknown as { blur(): void }).blur()),
      ),
      inOrder<SimulatedUser>(
        (user) => user.focus("#focus"),
        (user) => user.blur("#focus"),
      ),
      2,
    ],
    [
      "leaving and entering the window",
      "/focus",
      (page) =>
        page.evaluate(
          `window.dispatchEvent(new FocusEvent("blur")); window.dispatchEvent(new FocusEvent("focus"));`,
        ),
      async () => {},
      0,
    ],
  ])("%s", both.agree);

  const hook =
    (id: string, call: string): ChromeAct =>
    (page) =>
      page.evaluate(`document.getElementById("${id}").hook.${call}`);
  test.each<Case>([
    [
      "a hook",
      "/hooks",
      hook("hook", `pushEvent("hooked", { a: [1] })`),
      (user) => user.pushHookEvent("#hook", "hooked", { a: [1] }),
      1,
    ],
    [
      "a hook without a payload",
      "/hooks",
      hook("hook", `pushEvent("hooked")`),
      (user) => user.pushHookEvent("#hook", "hooked"),
      1,
    ],
    [
      "a hook in a component",
      "/hooks",
      hook("inner-1", `pushEvent("hooked", {})`),
      (user) => user.pushHookEvent("#inner-1", "hooked"),
      1,
    ],
    [
      "a hook, to a component",
      "/hooks",
      hook("hook", `pushEventTo(2, "hooked", {})`),
      (user) => user.pushHookEvent("#hook", "hooked", {}, { target: 2 }),
      1,
    ],
    [
      "a hook, to what a selector matches",
      "/hooks",
      hook("hook", `pushEventTo(".target", "hooked", {})`),
      (user) => user.pushHookEvent("#hook", "hooked", {}, { target: ".target" }),
      4,
    ],
  ])("%s", both.agree);

  const loadMore: UserAct = (user) => user.loadMore();
  test.each<Case>([
    [
      "coming to the top of a list, of which an overrun is not told",
      "/aimed-list",
      scroll("#messages", 400, 0),
      loadMore,
      1,
    ],
    ["scrolling down in a list", "/boxed", scroll("#box", 300, 5000), (user) => user.loadNewer(), 1],
    [
      "jumping to the top of what a list is in",
      "/boxed",
      scroll("#box", 400, 0),
      (user) => user.loadMore({ overruns: true }),
      2,
    ],
    [
      "jumping to the top of a list that scrolls itself",
      "/list",
      scroll("#messages", 400, 0),
      (user) => user.loadMore({ overruns: true }),
      2,
    ],
    [
      "jumping to the top where what is overrun is another element",
      "/aimed-list",
      scroll("#messages", 400, 0),
      (user) => user.loadMore({ overruns: true }),
      1,
    ],
    ["jumping to the bottom of a list", "/list", scroll("#messages", 900), (user) => user.loadNewer(), 1],
  ])("%s", both.agree);
});

describe("a page pushes by itself what it pushes in Chrome", () => {
  test.each<Case>([
    ["when its view is joined", "/mounts", async () => {}, async () => {}, 2],
    ["when elements come and go", "/mounts", (page) => page.click("#swap"), (user) => user.click("#swap"), 7],
    [
      "when its view is joined again, for its forms",
      "/recovery",
      inOrder(fill("kept-a", "typed"), (page) => page.click("#cut")),
      async (user) => {
        await user.change("#kept", "a", "typed");
        await expect(user.click("#cut")).rejects.toMatchObject({ code: "socket-closed" });
      },
      5,
    ],
  ])("%s", both.agree);
});
