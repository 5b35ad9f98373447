import { describe, expect, test } from "vitest";
import { blameFrame } from "../../../harness/oracle/blame-frame.ts";
import { compareLists } from "../../../harness/oracle/compare-lists.ts";

/** `a b!` is a list of an item a, and an item b whose text is another one. */
const list = (text: string) =>
  text
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => ({ id: word.replace("!", ""), fields: { content: word } }));

/** Whom a list is blamed on that went through these states, where it should be as expected. */
function blame(expected: string, ...states: readonly string[]) {
  const lists = states.map(list);
  const difference = compareLists(list(expected), lists.at(-1) ?? []);
  return difference && blameFrame(difference, lists);
}

describe("the frame is named", () => {
  test.each<[string, string, string[], number]>([
    ["that took away what should be there", "a b", ["a b", "a b c", "a c", "a"], 2],
    ["that took it away the last time", "a b", ["a b", "a", "a b", "a", "a"], 3],
    ["that brought what should not be there", "a", ["a", "a", "a b", "a b"], 2],
    ["that brought it twice", "a b", ["a", "a b", "a b a"], 2],
    ["that put it before another one", "a b", ["a", "a", "b a"], 2],
    ["that turned round the order", "a b c", ["", "c b a"], 1],
    ["that changed its text", "a b", ["a b", "a b c", "a b! c", "a b!"], 2],
    ["that changed it to what it is now", "a b", ["a b!", "a b", "a b!"], 2],
  ])("%s", (_, expected, states, number) => {
    expect(blame(expected, ...states)).toEqual({ kind: "frame", number });
  });
});

describe("no frame did it", () => {
  test.each<[string, string, string[], string]>([
    ["what never came", "a b", ["a", "a", "a"], "none of the 2 frames brought b"],
    ["what no frame came for", "a b", ["a"], "no frame came, so none brought b"],
    [
      "what should have gone",
      "a",
      ["a b", "a b"],
      "b was there before, and none of the 1 frames took it away",
    ],
    ["what was there twice", "a b", ["a b a", "a b a"], "a was there twice before"],
    ["what stood in another order", "a b", ["b a", "b a"], "b was in that place before"],
    ["what had another text", "a", ["a!", "a!"], "a was so before, and none of the 1 frames changed it"],
  ])("%s", (_, expected, states, why) => {
    expect(blame(expected, ...states)).toEqual({ kind: "none", why });
  });
});
