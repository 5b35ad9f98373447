import { expect, test } from "vitest";
import { bytes, micros } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { counter } from "../../../harness/measure/figures.ts";
import { RunRecord } from "../../../harness/run/run-record.ts";

/** What a process has measured: so many inserts of 400 bytes and 1 ms, as many checks, and one counter. */
function measured(mode: string, inserts: number, liveViewVersion?: string) {
  const recorder = new RunRecorder();
  for (let insert = 0; insert < inserts; insert += 1) {
    recorder.bytes.record(mode, "insert", bytes(400));
    recorder.latency(mode, "insert", "page", micros(1000), micros(1_767_322_880_000_000));
  }
  recorder.checks.pass("user-vs-oracle", mode, inserts);
  recorder.add(counter("users.lost", inserts, { mode }));
  recorder.liveViewVersion = liveViewVersion;
  return recorder.toTransfer();
}

const counts = (record: RunRecord) =>
  record
    .merged()
    .metrics()
    .map(({ name, mode, values }) => [
      `${mode} ${name}`,
      "count" in values ? values.count : "value" in values ? values.value : null,
    ]);

test("what all processes of all modes have measured is one record", () => {
  const record = new RunRecord(2);
  record.replace("stream", [measured("stream", 2), measured("stream", 3, "1.2.10")]);
  record.replace("keyed", [measured("keyed", 1)]);
  expect(counts(record)).toEqual([
    ["stream payload.insert.bytes", 5],
    ["keyed payload.insert.bytes", 1],
    ["stream latency.insert.page", 5],
    ["keyed latency.insert.page", 1],
    ["stream users.lost", 5],
    ["keyed users.lost", 1],
    ["stream dom.mismatches", 0],
    ["keyed dom.mismatches", 0],
  ]);
  expect(record.merged().checks.checks().made).toBe(6);
  expect(record.merged().liveViewVersion).toBe("1.2.10");
});

test("what a mode tells later replaces what it has told, and leaves other modes as they are", () => {
  const record = new RunRecord(1);
  record.replace("stream", [measured("stream", 2)]);
  record.replace("keyed", [measured("keyed", 1)]);
  record.replace("stream", [measured("stream", 7)]);
  expect(record.merged().checks.checks().kinds["user-vs-oracle"]?.modes).toEqual({
    stream: { made: 7, failed: 0 },
    keyed: { made: 1, failed: 0 },
  });
});

test("to merge twice adds nothing", () => {
  const record = new RunRecord(1);
  record.replace("stream", [measured("stream", 2)]);
  expect(counts(record)).toEqual(counts(record));
});

test("each process fares by itself, as it was seen last; one that was not seen has not begun", () => {
  const record = new RunRecord(2);
  const [begun] = record.health;
  if (begun === undefined) throw new Error("there is a first process");
  record.fared(1, { ...begun, cpuPercent: 10 });
  record.fared(1, { ...begun, cpuPercent: 20 });
  expect(record.health.map(({ cpuPercent, madeStarts }) => [cpuPercent, madeStarts])).toEqual([
    [0, 0],
    [20, 0],
  ]);
});

test("losses are kept in their order, and none are there before", () => {
  const record = new RunRecord(1);
  expect(record.losses).toEqual([]);
  record.lost("process 1 ended");
  record.lost("process 2 ended");
  expect(record.losses).toEqual(["process 1 ended", "process 2 ended"]);
});
