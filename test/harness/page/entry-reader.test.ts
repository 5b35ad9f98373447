import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EntryReader } from "../../../harness/page/entry-reader.ts";
import { type FieldQueries, readByParsing } from "../../../harness/page/item-reading.ts";
import { readByShape, shapeOf } from "../../../harness/page/item-shape.ts";
import { probedQuery } from "../../../harness/page/probe.ts";
import type { Entry, Statics } from "../../../harness/protocol/rendered.ts";
import { entryToHtml } from "../../../harness/protocol/to-html.ts";
import { entryCases } from "./entry-arbitrary.ts";

const queriesOf = (fields: Readonly<Record<string, string>>): FieldQueries =>
  Object.entries(fields).map(([name, selector]) => [name, probedQuery(selector)] as const);

const htmlOf = (statics: Statics, entry: Entry) => entryToHtml(statics, entry, { components: new Map() });

function outcome<Result>(read: () => Result): Result | string {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}

describe("reading entries of random templates", () => {
  it("gives what parsing gives, whatever was read before", () => {
    fc.assert(
      fc.property(entryCases, ({ statics, entries, fields }) => {
        const queries = queriesOf(fields);
        const reader = new EntryReader(queries);
        for (const entry of entries) {
          expect(outcome(() => reader.read(statics, entry))).toEqual(
            outcome(() => readByParsing(htmlOf(statics, entry), queries)),
          );
        }
      }),
      { seed: 1, numRuns: 1200 },
    );
  });

  it("by the shape of another entry gives what parsing gives, and often does", () => {
    let read = 0;
    let others = 0;
    fc.assert(
      fc.property(entryCases, ({ statics, entries, fields }) => {
        const queries = queriesOf(fields);
        const [first, ...rest] = entries;
        const shape = first === undefined ? null : shapeOf(statics, first, queries);
        if (shape === null) return;
        for (const entry of rest) {
          const reading = readByShape(shape, entry.slots);
          if (reading === null) {
            others += 1;
            continue;
          }
          expect(reading).toEqual(readByParsing(htmlOf(statics, entry), queries));
          read += 1;
        }
      }),
      { seed: 2, numRuns: 1200 },
    );
    expect({ read: read > 500, others: others > 500 }).toEqual({ read: true, others: true });
  });
});
