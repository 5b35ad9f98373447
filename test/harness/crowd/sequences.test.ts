import fc from "fast-check";
import { expect, test } from "vitest";
import { Sequences } from "../../../harness/crowd/sequences.ts";

test("one process numbers its messages from 0 on", () => {
  const sequences = new Sequences(0, 1);
  expect([sequences.next(), sequences.next(), sequences.next()]).toEqual([0, 1, 2]);
});

test("the second of three processes has every third number", () => {
  const sequences = new Sequences(1, 3);
  expect([sequences.next(), sequences.next(), sequences.next()]).toEqual([1, 4, 7]);
});

test("all processes together use each number once, whoever is faster, and none is out where all are as fast", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.nat({ max: 7 }), { maxLength: 200 }),
      (parts, turns) => {
        const all = Array.from({ length: parts }, (_, part) => new Sequences(part, parts));
        const used = turns.map((turn) => all[turn % parts]?.next());
        expect(new Set(used).size).toBe(turns.length);
        const next = Math.max(...all.map((sequences) => sequences.next()));
        const rounds = Math.max(
          ...all.map((_, part) => turns.filter((turn) => turn % parts === part).length),
        );
        expect(next).toBeLessThan((rounds + 1) * parts);
      },
    ),
  );
  const even = [new Sequences(0, 2), new Sequences(1, 2)];
  expect([0, 1, 0, 1].map((part) => even[part]?.next())).toEqual([0, 1, 2, 3]);
});
