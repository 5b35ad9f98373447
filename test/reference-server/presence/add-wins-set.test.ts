import fc from "fast-check";
import { expect, test } from "vitest";
import { AddWinsSet, type Delta } from "../../../reference-server/presence/add-wins-set.ts";

function valuesOf(set: AddWinsSet<string>): string[] {
  const { entries } = set.state();
  return entries.map(({ value }) => value).sort();
}

test("a delta brings what was added, and what was removed takes it away", () => {
  const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
  const { entry, delta } = a.add("ann");
  const dot = { replica: "a", count: 1 };
  expect(delta).toEqual({
    entries: [{ dot, value: "ann" }],
    context: [{ replica: "a", upTo: 0, beyond: [1] }],
  });
  expect(b.merge(delta)).toEqual({ added: [entry], removed: [] });
  const removal = a.remove([dot]);
  expect(removal).toEqual({ entries: [], context: [{ replica: "a", upTo: 0, beyond: [1, 2] }] });
  expect(b.merge(removal)).toEqual({ added: [], removed: [entry] });
  expect(valuesOf(b)).toEqual([]);
});

test("a delta that comes twice changes nothing more", () => {
  const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
  const { delta } = a.add("ann");
  b.merge(delta);
  expect(b.merge(delta)).toEqual({ added: [], removed: [] });
  expect(valuesOf(b)).toEqual(["ann"]);
});

test("what was removed does not come back with an addition that is late", () => {
  const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
  const { entry, delta } = a.add("ann");
  b.merge(a.remove([entry.dot]));
  expect(b.merge(delta)).toEqual({ added: [], removed: [] });
  expect(valuesOf(b)).toEqual([]);
});

test("what one replica replaces while another removes it stays, with its new value", () => {
  const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
  const { entry, delta } = a.add("ann");
  b.merge(delta);
  const replaced = a.replace(entry.dot, "ann, typing");
  const removal = b.remove([entry.dot]);
  a.merge(removal);
  b.merge(replaced.delta);
  expect([valuesOf(a), valuesOf(b)]).toEqual([["ann, typing"], ["ann, typing"]]);
});

test("a removal that got lost leaves a gap, which the whole state fills", () => {
  const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
  const { entry, delta } = a.add("ann");
  b.merge(delta);
  a.remove([entry.dot]);
  b.merge(a.add("bea").delta);
  expect([a.upTo("a"), b.upTo("a")]).toEqual([3, 1]);
  expect(valuesOf(b)).toEqual(["ann", "bea"]);
  b.merge(a.state("a"));
  expect(b.upTo("a")).toBe(3);
  expect(valuesOf(b)).toEqual(["bea"]);
});

test("a replica that is forgotten may tell all anew", () => {
  const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
  const { entry } = a.add("ann");
  b.merge(a.state());
  expect(b.forget("a")).toEqual([entry]);
  expect(b.state()).toEqual({ entries: [], context: [] });
  b.merge(a.state());
  expect(valuesOf(b)).toEqual(["ann"]);
});

/** A replica adds, or removes or replaces one of what it sees, whoever added it; or a delta that was sent arrives. */
type Step =
  | { readonly kind: "add"; readonly at: number }
  | { readonly kind: "remove" | "replace"; readonly at: number; readonly which: number }
  | { readonly kind: "deliver"; readonly to: number; readonly which: number }
  | { readonly kind: "send_all"; readonly from: number; readonly of: number | null };

const at = fc.nat(2);
const which = fc.nat(50);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), at }),
  fc.record({ kind: fc.constantFrom("remove" as const, "replace" as const), at, which }),
  fc.record({ kind: fc.constant("deliver" as const), to: at, which }),
  fc.record({ kind: fc.constant("send_all" as const), from: at, of: fc.option(at) }),
);

test("in any order, with losses and repeats, replicas end alike: with what was added and not removed", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const names = ["a", "b", "c"];
      const sets = names.map((name) => new AddWinsSet<string>(name));
      const sent: Delta<string>[] = [];
      // The model: every addition has a value of its own, so a set of values is enough.
      const alive = new Set<string>();
      let nextValue = 0;
      const add = () => {
        const value = `v${nextValue++}`;
        alive.add(value);
        return value;
      };
      for (const step of steps) {
        switch (step.kind) {
          case "add":
            sent.push((sets[step.at] as AddWinsSet<string>).add(add()).delta);
            break;
          case "remove":
          case "replace": {
            const set = sets[step.at] as AddWinsSet<string>;
            const { entries } = set.state();
            const entry = entries[step.which % Math.max(entries.length, 1)];
            if (entry === undefined) break;
            alive.delete(entry.value);
            sent.push(step.kind === "remove" ? set.remove([entry.dot]) : set.replace(entry.dot, add()).delta);
            break;
          }
          case "deliver": {
            const delta = sent[step.which % Math.max(sent.length, 1)];
            if (delta !== undefined) sets[step.to]?.merge(JSON.parse(JSON.stringify(delta)));
            break;
          }
          case "send_all":
            sent.push(
              (sets[step.from] as AddWinsSet<string>).state(step.of === null ? undefined : names[step.of]),
            );
            break;
          default:
            step satisfies never;
        }
      }
      const before = sets.map((set) => set.state());
      for (const set of sets) for (const state of before) set.merge(state);
      const expected = [...alive].sort();
      expect(sets.map(valuesOf)).toEqual([expected, expected, expected]);
    }),
    { numRuns: 500 },
  );
});

test("what a merge says that it changed is what it changed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 30 }),
      fc.infiniteStream(fc.nat(99)),
      (changes, picks) => {
        const [a, b] = [new AddWinsSet<string>("a"), new AddWinsSet<string>("b")];
        const deltas = changes.map(([adds, which], index) => {
          const entry = a.entriesOf("a")[which];
          return adds || entry === undefined ? a.add(`v${index}`).delta : a.remove([entry.dot]);
        });
        const seen = new Set<string>();
        for (const pick of picks.take(deltas.length)) {
          const { added, removed } = b.merge(deltas[pick % deltas.length] as Delta<string>);
          for (const { value } of removed) expect(seen.delete(value)).toBe(true);
          for (const { value } of added) seen.add(value);
        }
        expect(valuesOf(b)).toEqual([...seen].sort());
      },
    ),
  );
});
