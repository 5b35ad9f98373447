import { afterAll, beforeAll, expect, test } from "vitest";
import { performSequence } from "../../harness/sequences/perform-sequence.ts";
import type { Sequence } from "../../harness/sequences/sequence.ts";
import { openSequenceStage, type SequenceStage } from "../../harness/sequences/sequence-stage.ts";

// What `bench run fuzz` has found, as it printed it: the last part of each name says what was wrong.

let stage: SequenceStage;
const log: string[] = [];

beforeAll(async () => {
  const { signal } = new AbortController();
  stage = await openSequenceStage({ env: process.env, signal, say: (line) => log.push(line) });
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  expect(log.filter((line) => line.startsWith("server"))).toEqual([]);
});

/** Chrome, the simulated user and the model show the same at each step. */
const agreesOn = async (sequence: Sequence): Promise<void> => {
  await performSequence(sequence, stage.performance);
};

test("in stream: bulk insert and insert, then bulk insert: the model put a pruned bystander back too early", () =>
  agreesOn({
    mode: "stream",
    start: { items: [], bystander: true, components: false },
    steps: [
      {
        kind: "push",
        operations: [
          { kind: "insertAll", items: [{ id: "a" }], at: -1, limit: 1 },
          { kind: "insert", item: { id: "a" }, at: -1 },
        ],
      },
      { kind: "submit", operations: [{ kind: "insertAll", items: [{ id: "b" }, { id: "e" }], at: 2 }] },
    ],
  }));

test("in stream: insert, then insert, then bulk insert: the model counted a pruned bystander for a limit", () =>
  agreesOn({
    mode: "stream",
    start: { items: [], bystander: true, components: false },
    steps: [
      { kind: "submit", operations: [{ kind: "insertAll", items: [{ id: "b" }], at: 2 }] },
      { kind: "push", operations: [{ kind: "insert", item: { id: "a" }, at: -1, limit: -2 }] },
      { kind: "push", operations: [{ kind: "insertAll", items: [{ id: "c" }], at: -1, limit: -3 }] },
    ],
  }));

test("in append: push, then cut, then push: what comes first while it is cut comes behind what was there", () =>
  agreesOn({
    mode: "append",
    start: { items: [], bystander: false, components: false },
    steps: [
      { kind: "push", operations: [{ kind: "insert", item: { id: "a" }, at: -1 }] },
      { kind: "cut" },
      { kind: "push", operations: [{ kind: "insert", item: { id: "h" }, at: 0 }] },
    ],
  }));
