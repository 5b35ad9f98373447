import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonSpans, type Span } from "../../../../harness/protocol/anatomy/json-spans.ts";

/** What a span says, as `JSON.parse` would say it. */
function said(span: Span): unknown {
  switch (span.kind) {
    case "scalar":
      return JSON.parse(span.text);
    case "array":
      return span.items.map(said);
    case "object": {
      const value = Object.create(null);
      for (const [key, member] of span.members) value[key] = said(member);
      return value;
    }
  }
}

test("bytes are those of UTF-8 as written: escapes, white space, characters of several bytes", () => {
  const span = jsonSpans(' { "é" : [ 1.5e3 , "\\u00e9" , "é🎉" , null ] } ');
  expect(span).toEqual({
    kind: "object",
    bytes: 49,
    members: new Map([
      [
        "é",
        {
          kind: "array",
          bytes: 38,
          items: [
            { kind: "scalar", text: "1.5e3", bytes: 5 },
            { kind: "scalar", text: '"\\u00e9"', bytes: 8 },
            { kind: "scalar", text: '"é🎉"', bytes: 8 },
            { kind: "scalar", text: "null", bytes: 4 },
          ],
        },
      ],
    ]),
  });
});

test("any JSON is read as JSON.parse reads it, indented or not", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(3), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      const span = jsonSpans(text);
      expect(JSON.stringify(said(span))).toBe(JSON.stringify(JSON.parse(text)));
      expect(span.bytes).toBe(Buffer.byteLength(text));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test.each(["", "{", "[1,]", '{"a"}', "{1:2}", '"a', "[1] 2", "nul", "{]"])("%j is refused", (text) => {
  expect(() => jsonSpans(text)).toThrow(/is no JSON at character \d+/);
});

test("what is nested without end is refused, not overflown", () => {
  expect(() => jsonSpans("[".repeat(100_000))).toThrow(/is no JSON/);
});
