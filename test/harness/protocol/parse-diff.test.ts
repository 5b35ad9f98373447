import { describe, expect, it } from "vitest";
import { diffOf } from "./tree.ts";

describe("a diff that the format does not allow is refused, with the path to the part in question", () => {
  it.each<[string, object, string]>([
    ["a template that is not in the frame", { 0: { s: 3 } }, "diff at 0: template 3 is not in this frame"],
    ["statics that are no strings", { 0: { s: [1] } }, "diff at 0: its statics are no array of strings"],
    [
      "too few slots",
      { 1: { s: ["", "", ""], 0: "a" } },
      "diff at 1: has 1 slots where its statics have room for 2",
    ],
    ["a change within a new template", { 1: { s: ["", ""], 0: { 0: "a" } } }, "diff at 1.0: has no statics"],
    ["a slot of another kind", { 0: { 1: true } }, "diff at 0.1: unexpected true"],
    ["a key that nobody knows", { 0: { q: "a" } }, "diff at 0.q: unknown key"],
    ["a comprehension without a count", { 0: { k: { 0: {} } } }, 'diff at 0.k: "kc" is no count'],
    [
      "an entry beyond the count",
      { 0: { k: { 2: { 0: "a" }, kc: 2 } } },
      "diff at 0.k.2: is beyond the 2 entries that are announced",
    ],
    [
      "a moved entry without the flag that says so",
      { 0: { k: { 0: 1, kc: 2 } } },
      'diff at 0.k: moves entries without "km"',
    ],
    ["an index that is written in another way", { 0: { "01": "a" } }, "diff at 0.01: unknown key"],
    ["a part that is no object", { 0: { s: ["", ""], 0: ["a"] } }, 'diff at 0.0: unexpected ["a"]'],
    [
      "a place that is no whole number",
      { 0: { k: { kc: 0 }, stream: ["0", [["a", 0.5, null]], []] } },
      "diff at 0.stream: has a malformed insert",
    ],
    [
      "a moved entry of another shape",
      { 0: { k: { 0: [1], kc: 2 } } },
      "diff at 0.k.0: a moved entry is not [index, slots]",
    ],
    [
      "a moved entry in a new comprehension",
      { 0: { s: ["", ""], k: { 0: 1, kc: 1, km: true } } },
      "diff at 0: entry 0 is not whole in a comprehension that is sent as a whole",
    ],
    [
      "fewer entries than announced in a new comprehension",
      { 0: { s: ["", ""], k: { 0: { 0: "a" }, kc: 2 } } },
      "diff at 0: 1 entries where 2 are announced",
    ],
    ["an unknown key of a comprehension", { 0: { k: { kc: 0 }, x: 1 } }, 'diff at 0: unknown key "x"'],
    ["a stream without a ref", { 0: { k: { kc: 0 }, stream: [] } }, "diff at 0.stream: has no ref"],
    [
      "a malformed insert",
      { 0: { k: { kc: 0 }, stream: ["0", [["a"]], []] } },
      "diff at 0.stream: has a malformed insert",
    ],
    ["a title that is no text", { t: 1 }, "diff: the title is no string"],
    ["an event of another shape", { e: [{}] }, "diff: an event is not [name, payload]"],
    ["a component of another shape", { c: { 1: "a" } }, 'diff at c.1: unexpected "a"'],
  ])("%s", (_name, raw, message) => {
    expect(() => diffOf(raw)).toThrow(expect.objectContaining({ code: "protocol", message }));
  });
});

it("a diff that is nested so deep that it would overflow the stack is refused", () => {
  const deep = JSON.parse(`${'{"0":'.repeat(100_000)}1${"}".repeat(100_000)}`);
  expect(() => diffOf(deep)).toThrow(/^diff at 0[.0]+: is nested deeper than 256 levels$/u);
});

describe("what stands at the top of a diff", () => {
  it("is told apart from the slots", () => {
    const diff = diffOf({ r: { ok: true }, t: "title", e: [["name", { a: 1 }]] });
    expect(diff).toEqual({
      event: "diff",
      root: null,
      components: [],
      references: [],
      events: [["name", { a: 1 }]],
      title: "title",
      reply: { ok: true },
    });
  });

  it("is a flag rather than a reply under r where the root is whole", () => {
    expect(diffOf({ s: ["a"], r: 1 }).reply).toBe(undefined);
  });
});

describe("equal parts are one object", () => {
  it("statics, whether they come by template or in place", () => {
    const diff = diffOf({ 0: { s: 0 }, 1: { s: ["a"] }, p: { 0: ["a"] } });
    const [first, second] = diff.root?.kind === "slots" ? diff.root.values : [];
    const staticsOf = (value: unknown) => (value as { statics: unknown }).statics;
    expect(staticsOf(first)).toBe(staticsOf(second));
  });

  it("entries with the same slots, also where their templates have other numbers", () => {
    const list = (template: number) => ({ k: { 0: { 0: "text", 1: { 0: "x", s: template } }, kc: 1 } });
    const diff = diffOf({ 0: list(0), 1: list(1), p: { 0: ["<b>", "</b>"], 1: ["<b>", "</b>"] } });
    const entries = diff.root?.kind === "slots" ? diff.root.values.map(entryOf) : [];
    expect(entries[0]).toBe(entries[1]);
  });
});

function entryOf(value: unknown): unknown {
  return (value as { changes: { diff: { entry: unknown } }[] }).changes[0]?.diff.entry;
}
