import { describe, expect, test } from "vitest";
import type { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { assign, changes, fill, inOrder, press } from "./acts.ts";
import { PAGES } from "./bindings-page.ts";
import { type Case, SideBySide } from "./side-by-side.ts";

const both = new SideBySide(PAGES);

describe("the simulated user pushes what the official client pushes in Chrome", () => {
  test.each<Case>([
    [
      "typing into a field",
      "/forms",
      fill("form-a", "hällo & \u{1f600}"),
      changes("form", "m[a]", "hällo & \u{1f600}"),
      1,
    ],
    [
      "typing into one field, then another",
      "/forms",
      inOrder(fill("form-a", "1"), fill("far", "2")),
      inOrder(changes("form", "m[a]", "1"), changes("form", "far", "2")),
      2,
    ],
    ["checking a box", "/forms", (page) => page.click("#form-c"), changes("form", "c", "true"), 1],
    ["choosing a radio button", "/forms", (page) => page.click("#form-r3"), changes("form", "r", "3"), 1],
    ["choosing an option", "/forms", (page) => page.select("#form-s", "B"), changes("form", "s", "B"), 1],
    [
      "choosing some options",
      "/forms",
      (page) => page.select("#form-m", "2", "4"),
      changes("form", "m[]", ["2", "4"]),
      1,
    ],
    ["typing two lines", "/forms", assign("form-t", "a\nb"), changes("form", "t", "a\nb"), 1],
    ["a field with a binding of its own", "/forms", fill("own-a", "2"), changes("own", "a", "2"), 4],
    [
      "a field with a binding of its own in a form for a component",
      "/forms",
      fill("own-in-a", "2"),
      changes("own-in", "a", "2"),
      1,
    ],
    ["a form whose command has a target", "/forms", fill("aimed-a", "2"), changes("aimed", "a", "2"), 4],
    [
      "a form for the component around an element",
      "/forms",
      fill("aimed-self-a", "2"),
      changes("aimed-self", "a", "2"),
      1,
    ],
    ["a form without marks", "/forms", fill("unmarked-a", "2"), changes("unmarked", "a", "2"), 1],
    [
      "sending a form with its first button",
      "/forms",
      (page) => page.click("#form-go"),
      (user) => user.submit("#form", {}, { button: "#form-go" }),
      1,
    ],
    [
      "sending a form with another button",
      "/forms",
      (page) => page.click("#form-or"),
      (user) => user.submit("#form", {}, { button: "#form-or" }),
      1,
    ],
    [
      "sending a form with Enter, then typing",
      "/forms",
      inOrder(press("form-a", "Enter"), fill("far", "2")),
      inOrder((user) => user.submit("#form", {}), changes("form", "far", "2")),
      2,
    ],
    [
      "sending a form whose command has a target",
      "/forms",
      press("aimed-a", "Enter"),
      (user) => user.submit("#aimed", {}),
      1,
    ],
    [
      "sending a form for the component around an element",
      "/forms",
      press("aimed-self-a", "Enter"),
      (user) => user.submit("#aimed-self", {}),
      1,
    ],
    [
      "sending a form out of a field that has the focus",
      "/forms",
      inOrder(fill("blurring-a", "x"), press(null, "Enter")),
      inOrder<SimulatedUser>(
        (user) => user.focus("#blurring-a"),
        (user) => user.submit("#blurring", { a: "x" }),
      ),
      4,
    ],
  ])("%s", both.agree);

  test.each<Case>([
    [
      "typing fast into a field that waits",
      "/limits",
      inOrder(fill("slow-a", "1"), fill("slow-a", "2")),
      (user) => Promise.all([user.change("#slow", "a", "1"), user.change("#slow", "a", "2")]),
      1,
    ],
    [
      "leaving a field that waits",
      "/limits",
      inOrder(fill("slow-a", "1"), (page) => page.focus("#slow-c")),
      async (user) => {
        await user.focus("#slow-a");
        const change = user.change("#slow", "a", "1");
        await user.focus("#slow-c");
        await change;
      },
      1,
    ],
    [
      "leaving a field that waits for it",
      "/limits",
      inOrder(fill("slow-b", "1"), fill("slow-b", "2"), (page) => page.focus("#slow-c")),
      async (user) => {
        await user.focus("#slow-b");
        const both = [user.change("#slow", "b", "1"), user.change("#slow", "b", "2")];
        await user.focus("#slow-c");
        await Promise.all(both);
      },
      2,
    ],
    [
      "sending a form while a field waits",
      "/limits",
      inOrder(fill("slow-a", "1"), press(null, "Enter")),
      async (user) => {
        await user.focus("#slow-a");
        const change = user.change("#slow", "a", "1");
        await user.submit("#slow", {});
        await change;
      },
      1,
    ],
    [
      "sending a form while a field waits to be left",
      "/limits",
      inOrder(fill("slow-b", "1"), press(null, "Enter")),
      async (user) => {
        await user.focus("#slow-b");
        const change = user.change("#slow", "b", "1");
        await user.submit("#slow", {});
        await change;
      },
      3,
    ],
    [
      "clicking twice what is throttled",
      "/limits",
      inOrder(
        (page) => page.click("#throttled"),
        (page) => page.click("#throttled"),
      ),
      inOrder<SimulatedUser>(
        (user) => user.click("#throttled"),
        (user) => user.click("#throttled"),
      ),
      1,
    ],
    [
      "pressing keys where they are throttled",
      "/limits",
      inOrder(press("throttled-keys", "Escape"), press(null, "Escape"), press(null, "Enter")),
      async (user) => {
        for (const key of ["Escape", "Escape", "Enter"]) await user.keydown("#throttled-keys", key);
      },
      2,
    ],
  ])("%s", both.agree);

  test("a form is sent over HTTP once the view says so", async () => {
    both.view.take();
    const simulated = await both.byUser(
      "/hooks",
      async (user) => {
        await user.submit("#leaving", { a: "a\nb" });
        expect((await user.followTriggerAction())?.html).toBe("<h1>Landed</h1>");
        expect(user.isJoined).toBe(false);
      },
      2,
    );
    const page = await both.open("/hooks");
    await fill("leaving-a", "ab")(page);
    await assign("leaving-a", "a\nb")(page);
    await page.keyboard.press("Enter");
    await both.view.arrived(2);
    const official = both.view.take();
    expect(simulated).toEqual(official);
    expect(official).toEqual([
      { type: "form", event: "leave", value: "a=ab&go=1", meta: {} },
      "POST /landed?a=b a=ab&go=1",
    ]);
  });
});
