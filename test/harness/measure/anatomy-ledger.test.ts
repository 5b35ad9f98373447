import { expect, test } from "vitest";
import type { FramePart } from "../../../harness/core/anatomy.ts";
import { AnatomyLedger } from "../../../harness/measure/anatomy-ledger.ts";

const envelope: FramePart = { part: "envelope", bytes: 40, times: 1 };
const content = (bytes: number, again?: number): FramePart => ({
  part: "dynamics",
  slot: "0.*.1",
  near: "<p",
  template: { print: "b", at: 1 },
  bytes,
  times: 2,
  ...(again !== undefined && { again }),
});
const statics = (print: string, near: string): FramePart => ({
  part: "statics",
  slot: "0",
  near,
  template: { print, at: null },
  bytes: 7,
  times: 1,
});
const empty: FramePart = { part: "title", bytes: 0, times: 1 };
const insert = (...parts: readonly FramePart[]) => ({ operation: "insert", items: 1, parts });

test("parts are added up by slot, sorted, told with their source where somebody knows; a case counts besides", () => {
  const ledger = new AnatomyLedger();
  ledger.record("stream", insert(envelope, content(10), empty));
  ledger.record("stream", insert(statics("x", "<b>"), content(5, 5), envelope));
  ledger.record("stream", insert(envelope), "first");
  const sourceOf = ({ print, at }: { print: string; at: number | null }) =>
    print === "b" ? `room.ts:12 slot ${at}` : undefined;
  expect(ledger.of("stream", "insert", undefined, sourceOf)).toEqual({
    samples: 2,
    items: 2,
    bytes: 102,
    parts: [
      {
        part: "dynamics",
        slot: "0.*.1",
        source: "room.ts:12 slot 1",
        near: "<p",
        bytes: 15,
        times: 4,
        again: 5,
      },
      { part: "envelope", bytes: 80, times: 2 },
      { part: "statics", slot: "0", near: "<b>", bytes: 7, times: 1 },
    ],
  });
  expect(ledger.of("stream", "insert", "first")).toEqual({
    samples: 1,
    items: 1,
    bytes: 40,
    parts: [{ part: "envelope", bytes: 40, times: 1 }],
  });
  expect(ledger.of("keyed", "insert")).toBe(undefined);
});

test("the parts of two processes are the same in whatever order, also where a slot held two templates", () => {
  const [one, other] = [new AnatomyLedger(), new AnatomyLedger()];
  one.record("stream", insert(statics("y", "<i>"), content(10, 3)));
  other.record("stream", insert(statics("x", "<b>"), content(20)));
  const merged = (...ledgers: readonly AnatomyLedger[]) => {
    const all = new AnatomyLedger();
    for (const ledger of ledgers) all.addTransfer(structuredClone(ledger.toTransfer()));
    return all.of("stream", "insert");
  };
  expect(merged(one, other)).toEqual(merged(other, one));
  expect(merged(one, other)?.parts[1]).toEqual({
    part: "statics",
    slot: "0",
    near: "<b>",
    bytes: 14,
    times: 2,
  });
});
