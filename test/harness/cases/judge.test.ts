import { describe, expect, test } from "vitest";
import type { ChromeSight } from "../../../harness/cases/case-chrome.ts";
import { differs, type Expected, judgeChrome, judgeUser } from "../../../harness/cases/judge.ts";

const sight: ChromeSight = {
  items: ["a", "b"],
  nested: null,
  told: ["updated b", "mounted a"],
  kept: ["a"],
  changes: 2,
  own: ["a=x/x"],
  textNodes: 2,
};
const right: Expected = {
  list: { otherwise: ["b"], stream: ["a", "b"] },
  facts: {
    told: ["mounted a", "updated b"],
    order: ["mounted a"],
    kept: { otherwise: [], stream: ["a"] },
    changes: { otherwise: 0, stream: 2 },
    own: ["a=x/x"],
    textNodes: 2,
  },
};

describe("a sight in Chrome", () => {
  test("that is as it must be in its mode has no difference", () => {
    expect(judgeChrome(sight, right, "stream")).toBe(null);
  });

  test("that is right in another mode alone has one", () => {
    expect(judgeChrome(sight, right, "keyed")).toEqual({
      what: "the list",
      expected: ["b"],
      actual: ["a", "b"],
    });
  });

  test.each<[string, Partial<ChromeSight>, string, string[], string[]]>([
    ["the list", { items: ["b", "a"] }, "the list", ["a", "b"], ["b", "a"]],
    ["an empty list", { items: [] }, "the list", ["a", "b"], []],
    ["a list within that should not be", { nested: ["x"] }, "the list of the view within", [], ["x"]],
    [
      "what was told",
      { told: ["mounted a"] },
      "what became of items",
      ["mounted a", "updated b"],
      ["mounted a"],
    ],
    ["elements that were made anew", { kept: [] }, "elements that came with the page", ["a"], []],
    ["the number of changes", { changes: 0 }, "changes in the DOM of the lists", ["2"], ["0"]],
    ["the client's part", { own: ["a=y/x"] }, "parts that belong to the client", ["a=x/x"], ["a=y/x"]],
    ["text nodes", { textNodes: 3 }, "text nodes in the list", ["2"], ["3"]],
  ])("differs in %s", (_, change, what, expected, actual) => {
    expect(judgeChrome({ ...sight, ...change }, right, "stream")).toEqual({ what, expected, actual });
  });

  test("differs in the order in which things were told", () => {
    const facts = { order: ["hide-end a", "destroyed a"] };
    const told = ["destroyed a", "updated b", "hide-end a"];
    expect(judgeChrome({ ...sight, told }, { list: ["a", "b"], facts }, "stream")).toEqual({
      what: "what became of items, in order",
      expected: ["hide-end a", "destroyed a"],
      actual: ["destroyed a", "hide-end a"],
    });
  });
});

describe("what a simulated user sees", () => {
  const expected: Expected = { list: ["a", "bystander"], nested: ["n"], sent: ["1", "said"] };

  test("is the items, without what is no item", () => {
    expect(judgeUser({ items: ["a"], sent: ["1", "said"] }, "items", expected, "stream")).toBe(null);
    expect(judgeUser({ items: ["n"], sent: ["1", "said"] }, "nested-items", expected, "stream")).toBe(null);
  });

  test("differs in the list, of whichever view", () => {
    expect(judgeUser({ items: [], sent: [] }, "items", expected, "stream")?.what).toBe("the list");
    expect(judgeUser({ items: ["a"], sent: [] }, "nested-items", expected, "stream")?.what).toBe(
      "the list of the view within",
    );
  });

  test("differs in what was sent for it", () => {
    expect(judgeUser({ items: ["a"], sent: ["1", "said", "a"] }, "items", expected, "stream")).toEqual({
      what: "what was sent",
      expected: ["1", "said"],
      actual: ["1", "said", "a"],
    });
  });
});

test("long texts are told around the first character in which they differ", () => {
  const text = "x".repeat(1000);
  const found = differs("the list", [`a=${text}y${text}`, "b"], [`a=${text}z${text}`, "b"]);
  expect(found).toEqual({
    what: "the list",
    expected: [`…${"x".repeat(60)}y${"x".repeat(59)}…`, "b"],
    actual: [`…${"x".repeat(60)}z${"x".repeat(59)}…`, "b"],
  });
});

test("a list that lacks its end differs", () => {
  expect(differs("the list", ["a", "b"], ["a"])).toMatchObject({ expected: ["a", "b"], actual: ["a"] });
});
