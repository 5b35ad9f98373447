import { describe, expect, test } from "vitest";
import type { TracedOperation, TraceLine } from "../../harness/core/trace.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { operationLabel, renderTraceHead, renderTraceLine } from "../../reports/trace.ts";
import { anatomyOf } from "./sample-anatomy.ts";

const shown = (line: TraceLine, columns?: number): string => `\n${renderTraceLine(line, { columns })}`;

const click: TracedOperation = {
  kind: "operation",
  atMs: 2100.4,
  name: 'click "delete"',
  effect: "nothing",
  topic: "lv:phx-1",
  up: { frames: 1, bytes: 110 },
  down: { frames: 1, bytes: 78 },
  deflatedBytes: 80,
  answeredMs: 5.21,
};

const insert: TracedOperation = {
  ...click,
  name: "pushed",
  effect: "insert",
  up: { frames: 0, bytes: 0 },
  down: { frames: 1, bytes: 820 },
  deflatedBytes: 427,
  answeredMs: null,
  anatomy: anatomyOf([
    { part: "envelope", bytes: 44, times: 1 },
    { part: "punctuation", bytes: 189, times: 1 },
    { part: "dynamics", slot: "8.0.*.0", source: "room.ts:53 id={m.id}", bytes: 20, times: 1 },
    { part: "dynamics", slot: "8.0.*.1.7", source: "details.ts:19 m.text", bytes: 381, times: 1 },
    { part: "statics", slot: "8.0.*.1", source: "details.ts:10", bytes: 143, times: 1, again: 143 },
    { part: "stream", slot: "8.0", source: "room.ts:63 each messages", bytes: 43, times: 1 },
  ]),
};

const totals: TraceLine = {
  kind: "totals",
  lastedMs: 62_000,
  operations: [
    { name: "pushed", effect: "insert", times: 3, upBytes: 0, downBytes: 2460, mostDownBytes: 830 },
    { name: 'click "delete"', effect: "nothing", times: 1, upBytes: 110, downBytes: 78, mostDownBytes: 78 },
  ],
  heartbeats: { up: { frames: 2, bytes: 80 }, down: { frames: 2, bytes: 124 } },
  webSockets: 1,
};

describe("a trace as text", () => {
  test("has a line for each operation, under a heading", () => {
    expect(`\n${renderTraceHead()}${renderTraceLine(click)}`).toMatchInlineSnapshot(`
      "
              at  what was done                                        bytes up    down deflated  answered
         2.100 s  click "delete"                                            110      78       80   5.21 ms
      "
    `);
  });

  test("tells where most bytes of a diff went, and what that suggests", () => {
    expect(shown(insert)).toMatchInlineSnapshot(`
      "
         2.100 s  pushed: insert                                                    820      427
                 587   72 %  8.0  room.ts:63 each messages
                 544   66 %    8.0.*
                 524   64 %      8.0.*.1  details.ts:10
                 381   46 %        8.0.*.1.7  details.ts:19 m.text
                 143   17 %        statics (all of it again)
                 189   23 %  JSON punctuation
                  44    5 %  envelope
             → 143 of 820 bytes are statics that the page had already, most of them in 8.0.*.1
               (details.ts:10). A stream keeps nothing of its entries, so each of them brings its
               template, also where it is only changed: a list in assigns sends less for an edit.
      "
    `);
  });

  test("says what is wrong with an operation, and what was done", () => {
    const late = {
      ...click,
      down: { frames: 0, bytes: 0 },
      answeredMs: null,
      problem: "it was not answered",
    };
    const note = { kind: "note", atMs: 1, text: "scroll #messages 0" } as const;
    expect(shown(late) + shown(note)).toMatchInlineSnapshot(`
      "
         2.100 s  click "delete"                                            110
                  it was not answered

                  scroll #messages 0
      "
    `);
  });

  test("ends with a table by operation", () => {
    expect(shown(totals)).toMatchInlineSnapshot(`
      "

                            times   up, mean   down, mean   down, most      share
      ───────────────────────────────────────────────────────────────────────────
        pushed: insert          3          0          820          830       93 %
        click "delete"          1        110           78           78        7 %
      4 operations in 1 min 2 s, 2.6 KB on 1 WebSocket; 2 heartbeats of 40 bytes apart. Bytes are of the
      frames' payloads, before compression; share: of all bytes, up and down.
      "
    `);
  });

  test("says that nothing was done", () => {
    const none = { up: { frames: 0, bytes: 0 }, down: { frames: 0, bytes: 0 } };
    expect(shown({ ...totals, operations: [], heartbeats: none, webSockets: 0 })).toBe(
      "\n\nNothing was done in 1 min 2 s: no LiveView has joined.\n",
    );
  });

  test.each([undefined, 200, 80, 60, 10])(
    "fits a terminal of %s columns, whatever is in a name",
    (columns) => {
      const hostile = {
        ...insert,
        name: `click "\u001b[31m${"long ".repeat(40)}\u202e"`,
        problem: "\u0007 ".repeat(90),
      };
      const operations = [{ ...totals.operations[0], name: hostile.name }] as typeof totals.operations;
      const lines = [hostile, click, insert, { ...totals, operations }] as TraceLine[];
      const text = lines.map((line) => renderTraceLine(line, { columns })).join("");
      const most = Math.max(60, Math.min(columns ?? 100, 100));
      expect(text.split("\n").filter((line) => line.length > most)).toEqual([]);
      expect(text.replaceAll("\n", "").match(/[\p{Cc}\u202e]/gu)).toBe(null);
    },
  );

  test("reads the same in colour", () => {
    const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    for (const line of [click, insert, totals]) {
      const coloured = renderTraceLine(line, { style: ANSI });
      expect(coloured).not.toBe(renderTraceLine(line, { style: PLAIN }));
      expect(coloured.replaceAll(sequence, "")).toBe(renderTraceLine(line));
    }
  });
});

test("an operation is called by what was done and what it did", () => {
  const called = (effect: TracedOperation["effect"]) => operationLabel({ name: "pushed", effect });
  expect(
    ["insert", "mixed", "beside", "nothing", null].map((effect) =>
      called(effect as TracedOperation["effect"]),
    ),
  ).toEqual(["pushed: insert", "pushed: several things", "pushed: beside the list", "pushed", "pushed"]);
});
