import { describe, expect, test } from "vitest";
import { modelOf } from "../../../harness/sequences/model.ts";
import {
  type ListOperation,
  type SequenceItem,
  type SequenceMode,
  type SequenceStart,
  shown,
} from "../../../harness/sequences/sequence.ts";

/** Written as words: `a`, or with another text `a=text`. */
const items = (...words: string[]): SequenceItem[] =>
  words.map((word) => {
    const [id = "", text] = word.split("=");
    return text === undefined ? { id } : { id, text };
  });
const insert = (word: string, more: { at?: number; limit?: number; updateOnly?: boolean } = {}) =>
  ({ kind: "insert", item: items(word)[0] as SequenceItem, at: -1, ...more }) satisfies ListOperation;
const insertAll = (words: string, at = -1, limit?: number): ListOperation => ({
  kind: "insertAll",
  items: items(...words.split(" ")),
  at,
  ...(limit !== undefined && { limit }),
});
const remove = (id: string): ListOperation => ({ kind: "delete", id });
const reset = (words: string): ListOperation => ({ kind: "reset", items: items(...words.split(" ")) });

const START: SequenceStart = { items: items("a", "b", "c"), bystander: false, components: false };
const modelWith = (mode: SequenceMode, more: Partial<SequenceStart> = {}) =>
  modelOf(mode, { ...START, ...more });
const words = ({ items }: ReturnType<typeof modelOf>) => items.map(shown).join(" ");

describe("one render of a list of a b c, in a stream", () => {
  test.each<[string, ListOperation[], string]>([
    ["a bulk insert in front is reversed", [insertAll("d e", 0)], "e d a b c"],
    ["a bulk insert within comes last first", [insertAll("d e", 1)], "a e d b c"],
    ["a known item stays where it is", [insert("b=B", { at: 0 })], "a b=B c"],
    ["a delete comes before an insert, whatever came first", [insert("b"), remove("b")], "a c b"],
    ["a reset takes away what was before, not what is inserted", [insert("x"), reset("b d")], "x b d"],
    [
      "of two inserts the first says where, the last what",
      [insert("d", { at: 0 }), insert("d=D")],
      "d=D a b c",
    ],
    ["a negative limit prunes the front", [insert("d", { limit: -2 })], "c d"],
    ["a positive limit prunes the back, the new one too", [insert("d", { limit: 2 })], "a b"],
    ["what is pruned before its turn stays away", [insert("d", { limit: -2 }), insert("a=A")], "c d"],
    ["an update of what is absent is nothing", [insert("d", { updateOnly: true })], "a b c"],
    [
      "an update of what the same render deletes puts it back",
      [remove("a"), insert("a", { updateOnly: true })],
      "b c a",
    ],
  ])("%s", (_, operations, expected) => {
    const model = modelWith("stream");
    model.render(operations);
    expect(words(model)).toBe(expected);
  });
});

test("an element that is no item counts for limits and places, and comes back a render after it was pruned", () => {
  const model = modelWith("stream", { items: items("a"), bystander: true });
  const seen = [
    insert("b", { at: 2 }),
    insert("c", { limit: -2 }),
    insert("d", { limit: -3 }),
    insert("e", { at: 3 }),
  ].map((operation) => {
    model.render([operation]);
    return words(model);
  });
  // Behind the bystander; then it goes; it comes back, too late to be counted; the next one stands before it.
  expect(seen).toEqual(["a b", "b c", "b c d", "b c d e"]);
});

describe("one render of a list of a b c, in assigns", () => {
  test.each<[string, ListOperation[], string]>([
    ["operations are done in their order", [insert("d"), remove("d"), insert("b=B", { at: 0 })], "a b=B c"],
    ["a reset takes away what was inserted before", [insert("x"), reset("b d")], "b d"],
  ])("%s", (_, operations, expected) => {
    for (const mode of ["resend", "stateful", "keyed"] as const) {
      const model = modelWith(mode);
      model.render(operations);
      expect(words(model)).toBe(expected);
    }
  });
});

test("a container that appends takes all that is new at the end of the last operation", () => {
  const model = modelWith("append");
  model.render([insert("d", { at: 0 }), insert("b=B"), insert("e")]);
  expect(words(model)).toBe("a b=B c d e");
  model.render([insert("f"), insert("g", { at: 0 })]);
  expect(words(model)).toBe("g f a b=B c d e");
});

test("what is done while the connection is cut is there after the rejoin, as the server keeps it", () => {
  const after = (mode: SequenceMode, more: Partial<SequenceStart> = {}) => {
    const model = modelWith(mode, more);
    const before = words(model);
    model.cut();
    model.render([insert("d", { at: 0, limit: 2 })]);
    model.patch("b");
    expect(words(model)).toBe(before);
    model.rejoin();
    return words(model);
  };
  expect(after("stream")).toBe("d a b c");
  expect(after("stream", { limit: -2, items: items("a", "b", "c") })).toBe("b c");
  expect(after("keyed")).toBe("d a b c");
  // What was there stays behind what it stood behind, the first at the front.
  expect(after("append")).toBe("a b c d");
});

test("another list has items of its own, and those of the first are there again", () => {
  const model = modelWith("stream");
  model.patch("b");
  model.render([insert("x")]);
  expect(words(model)).toBe("x");
  model.patch("a");
  expect(words(model)).toBe("a b c");
  model.patch("b");
  expect(words(model)).toBe("x");
});
