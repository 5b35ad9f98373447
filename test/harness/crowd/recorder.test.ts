import { expect, test } from "vitest";
import type { CheckKind } from "../../../harness/core/checks.ts";
import { bytes, micros } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { counter } from "../../../harness/measure/figures.ts";

/** When all was due. */
const DUE = micros(1_767_322_880_000_000);

const failure = (kind: CheckKind, mode: string) => ({
  kind,
  mode,
  step: "mount",
  who: "user-0001",
  expected: "messages-1",
  actual: "nothing",
  message: "messages-1 is missing",
});

test("latencies are kept apart by mode, operation and point", () => {
  const recorder = new RunRecorder();
  recorder.latency("stream", "insert", "frame", micros(1000), DUE);
  recorder.latency("stream", "insert", "frame", micros(2000), DUE);
  recorder.latency("stream", "insert", "page", micros(3000), DUE);
  recorder.latency("stream", "delete", "frame", micros(4000), DUE);
  recorder.latency("stateful", "insert", "frame", micros(5000), DUE);
  expect(recorder.metrics()).toMatchObject([
    {
      name: "latency.insert.frame",
      mode: "stream",
      operation: "insert",
      unit: "us",
      values: { count: 2, min: 1000, max: 2000 },
    },
    { name: "latency.insert.page", mode: "stream", operation: "insert", values: { count: 1, max: 3000 } },
    { name: "latency.delete.frame", mode: "stream", operation: "delete", values: { count: 1, max: 4000 } },
    { name: "latency.insert.frame", mode: "stateful", operation: "insert", values: { count: 1, max: 5000 } },
  ]);
});

test("lists that were wrong are counted by mode, whoever saw them; where all were right that is 0", () => {
  const recorder = new RunRecorder();
  recorder.checks.pass("user-vs-oracle", "stream", 5);
  recorder.checks.pass("user-vs-oracle", "stateful", 5);
  for (const kind of ["user-vs-oracle", "chrome-vs-oracle", "chrome-vs-user"] as const) {
    recorder.checks.fail(failure(kind, "stateful"));
  }
  for (const kind of ["frame-invariant", "delivery", "console-clean"] as const) {
    recorder.checks.fail(failure(kind, "stream"));
  }
  expect(recorder.metrics()).toEqual([
    { name: "dom.mismatches", mode: "stream", unit: "count", kind: "counter", values: { value: 0 } },
    { name: "dom.mismatches", mode: "stateful", unit: "count", kind: "counter", values: { value: 3 } },
  ]);
});

test("a mode whose lists were not looked at has no number of wrong ones", () => {
  const recorder = new RunRecorder();
  recorder.checks.pass("frame-invariant", "stream");
  expect(recorder.metrics()).toEqual([]);
});

test("bytes come first, then latencies, then what was made elsewhere, and what was not made is left out", () => {
  const recorder = new RunRecorder();
  recorder.checks.pass("user-vs-oracle", "stream");
  recorder.add(undefined, counter("users.lost", 1, { mode: "stream" }), undefined);
  recorder.latency("stream", "insert", "frame", micros(1), DUE);
  recorder.bytes.record("stream", "insert", bytes(420));
  expect(recorder.metrics().map(({ name }) => name)).toEqual([
    "payload.insert.bytes",
    "latency.insert.frame",
    "users.lost",
    "dom.mismatches",
  ]);
});

test("what several processes counted under one name is one count, by mode and operation, and so are its rates", () => {
  const recorder = new RunRecorder();
  recorder.add(counter("users.lost", 1, { mode: "stream" }), counter("users.lost", 2, { mode: "keyed" }));
  recorder.add(
    counter("users.lost", 4, { mode: "stream" }),
    counter("actions.failed", 8, { mode: "stream" }),
  );
  recorder.add(counter("http.mount.requests", 10, {}, 1000), counter("http.mount.requests", 30, {}, 2000));
  recorder.add(
    counter("delivery.lost", 1, { operation: "insert" }),
    counter("delivery.lost", 1, { operation: "update" }),
  );
  expect(
    recorder.metrics().map(({ name, mode, operation, values }) => [name, mode ?? operation, values]),
  ).toEqual([
    ["users.lost", "stream", { value: 5 }],
    ["users.lost", "keyed", { value: 2 }],
    ["actions.failed", "stream", { value: 8 }],
    ["http.mount.requests", undefined, { value: 40, ratePerSec: 25 }],
    ["delivery.lost", "insert", { value: 1 }],
    ["delivery.lost", "update", { value: 1 }],
  ]);
});
