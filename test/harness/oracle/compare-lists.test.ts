import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLists } from "../../../harness/oracle/compare-lists.ts";
import type { ExpectedItem } from "../../../harness/oracle/expected-window.ts";

const item = (name: string, fields: Record<string, string> = {}): ExpectedItem => ({ id: name, fields });
const items = (names: string): ExpectedItem[] => [...names].map((name) => item(name));

describe("the first difference between two lists", () => {
  test.each([
    ["", "", undefined],
    ["abc", "abc", undefined],
    ["abc", "ab", { kind: "missing", index: 2, id: "c", got: undefined }],
    ["abc", "bc", { kind: "missing", index: 0, id: "a", got: "b" }],
    ["abc", "ac", { kind: "missing", index: 1, id: "b", got: "c" }],
    ["abc", "", { kind: "missing", index: 0, id: "a", got: undefined }],
    ["abc", "abcd", { kind: "unexpected", index: 3, id: "d", expected: undefined }],
    ["abc", "xabc", { kind: "unexpected", index: 0, id: "x", expected: "a" }],
    ["abc", "axc", { kind: "unexpected", index: 1, id: "x", expected: "b" }],
    ["", "a", { kind: "unexpected", index: 0, id: "a", expected: undefined }],
    ["abc", "abca", { kind: "duplicate", index: 3, id: "a", expected: undefined }],
    ["abc", "aabc", { kind: "duplicate", index: 1, id: "a", expected: "b" }],
    ["abc", "acb", { kind: "out-of-order", index: 1, id: "c", expected: "b" }],
    ["abcd", "dabc", { kind: "out-of-order", index: 0, id: "d", expected: "a" }],
    ["abc", "cba", { kind: "reversed", index: 0, length: 3, id: "c", expected: "a" }],
    ["abcdef", "dcbaef", { kind: "reversed", index: 0, length: 4, id: "d", expected: "a" }],
    ["abcdef", "abfedc", { kind: "reversed", index: 2, length: 4, id: "f", expected: "c" }],
    ["abcd", "cbad", { kind: "reversed", index: 0, length: 3, id: "c", expected: "a" }],
    ["abcdefg", "efgabcd", { kind: "out-of-order", index: 0, id: "e", expected: "a" }],
  ])("of %j as %j is %o", (expected, actual, difference) => {
    expect(compareLists(items(expected), items(actual))).toEqual(difference);
  });

  test.each([
    [{ content: "one" }, { content: "two" }, "content", "one", "two"],
    [{ content: "one" }, { content: "one", edited: "(edited)" }, "edited", undefined, "(edited)"],
    [{ content: "one", edited: "(edited)" }, { content: "one" }, "edited", "(edited)", undefined],
    [{ content: "" }, {}, "content", "", undefined],
    [{ sender: "a", content: "b" }, { sender: "x", content: "y" }, "sender", "a", "x"],
  ])("of the parts %o as %o is in %s", (wanted, got, part, expected, actual) => {
    expect(compareLists([item("a"), item("b", wanted)], [item("a"), item("b", got)])).toEqual({
      kind: "different",
      index: 1,
      id: "b",
      part,
      expected,
      got: actual,
    });
  });

  test("is the one that comes first, of whatever kind", () => {
    const wanted = [item("a", { content: "one" }), item("b"), item("c")];
    expect(compareLists(wanted, [item("a", { content: "two" }), item("c")])).toMatchObject({
      kind: "different",
      index: 0,
    });
    expect(compareLists(wanted, [item("b"), item("a", { content: "two" })])).toMatchObject({
      kind: "out-of-order",
      index: 0,
    });
  });

  test("is found for every change of a list, and for no other list", () => {
    const anyList = fc.array(fc.constantFrom(..."abcdef"), { maxLength: 8 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(..."abcdef")), anyList, (expected, actual) => {
        const same = expected.join() === actual.join();
        expect(compareLists(items(expected.join("")), items(actual.join(""))) === undefined).toBe(same);
      }),
    );
  });
});
