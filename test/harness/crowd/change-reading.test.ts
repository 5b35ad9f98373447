import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { RecentReadings, readChange } from "../../../harness/crowd/change-reading.ts";
import { encodeDueToken } from "../../../harness/load/due-token.ts";
import type { Item } from "../../../harness/page/item.ts";
import { compareLists } from "../../../harness/page/list-change.ts";

/** A message of the run that was due at 1 s. */
function message(sequence: number): Item {
  const content = encodeDueToken({ dueUs: micros(1_000_000), sequence, lateUs: micros(20) });
  return { id: `messages-${sequence}`, text: "", fields: { content } };
}

const PLAIN: Item = { id: "messages-100", text: "hello", fields: { content: "hello" } };

test("the messages of the run are read from a change, those of others are not", () => {
  expect(readChange(compareLists([PLAIN], [PLAIN, message(7)]))).toEqual({
    violation: null,
    written: [{ kind: "insert", id: "messages-7", sequence: 7, dueUs: 1_000_000, startUs: 1_000_020 }],
  });
});

test("a change is read once, as long as it is of late; an equal one is another", () => {
  const readings = new RecentReadings();
  const change = compareLists([], [message(0)]);
  const first = readings.of(change);
  for (let sequence = 1; sequence <= 31; sequence++) readings.of(compareLists([], [message(sequence)]));
  expect(readings.of(change)).toBe(first);
  const equal = readings.of({ ...change });
  expect([equal === first, equal]).toEqual([false, first]);
  expect(readings.of(change) === first).toBe(false);
});
