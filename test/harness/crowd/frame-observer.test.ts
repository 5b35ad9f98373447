import { describe, expect, test } from "vitest";
import { bytes, micros } from "../../../harness/core/units.ts";
import { FrameObserver } from "../../../harness/crowd/frame-observer.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { encodeDueToken } from "../../../harness/load/due-token.ts";
import type { Item } from "../../../harness/page/item.ts";
import { compareLists, type ListChange, noChange } from "../../../harness/page/list-change.ts";
import { classifyOperation } from "../../../harness/page/operation.ts";
import type { FrameOperation, FrameReport } from "../../../harness/user/frame-report.ts";

/** A message with a text; with a number, one of the run, which was due at 1 s and begun 0.3 ms late. */
function message(id: number, text: string, sequence?: number): Item {
  const time = { dueUs: micros(1_000_000), lateUs: micros(300) };
  const token = sequence === undefined ? "" : `${encodeDueToken({ ...time, sequence })} `;
  return { id: `messages-${id}`, text: "", fields: { content: `${token}${text}` } };
}

const A = message(1, "a");
const B = message(2, "b");

/** A frame of 500 bytes that came 2 ms after what was due at 1 s, and was merged 0.5 ms later. */
function frame(change: ListChange, operation: FrameOperation = classifyOperation(change)): FrameReport {
  const [receivedAt, mergedAt] = [micros(1_002_000), micros(1_002_500)];
  const text = '{"liveview_version":"1.1.0"}';
  const told = { user: "ada", receivedAt, mergedAt, bytes: bytes(500), text, event: "diff" };
  return { ...told, operation, change, treeBefore: null, treeAfter: null };
}

/** An observer, what it recorded, and the inserts that it told of. */
function observing() {
  const recorder = new RunRecorder();
  const inserts: [user: string, sequence: number, itemId: string][] = [];
  const deletionsDue = new Map([["messages-1", { dueUs: micros(1_001_000), startUs: micros(1_001_100) }]]);
  const onInsert = (...insert: (typeof inserts)[number]) => inserts.push(insert);
  const repeats: [user: string, sequence: number][] = [];
  const onRepeat = (...repeat: (typeof repeats)[number]) => repeats.push(repeat);
  const observer = new FrameObserver({ mode: "stream", recorder, deletionsDue, onInsert, onRepeat });
  /** Of all metrics of this mode: the name, the number of samples, and the largest of them. */
  const metrics = () =>
    recorder
      .metrics()
      .filter(({ mode }) => mode === "stream")
      .map(({ name, values }) => ("max" in values ? [name, values.count, values.max] : [name]));
  return { observer, recorder, inserts, repeats, metrics };
}

describe("latency runs from the due time, and from the real start, to the frame and to the merged page", () => {
  test.each<[string, Item[], Item[], unknown[]]>([
    [
      "of an insert",
      [A],
      [A, message(3, "c", 7)],
      [
        ["payload.insert.bytes", 1, 500],
        ["latency.insert.frame", 1, 2000],
        ["latency.insert.page", 1, 2500],
        ["latency.insert.frame.uncorrected", 1, 1700],
        ["latency.insert.page.uncorrected", 1, 2200],
      ],
    ],
    [
      "of an update",
      [A, B],
      [A, message(2, "changed", 8)],
      [
        ["payload.update.bytes", 1, 500],
        ["latency.update.frame", 1, 2000],
        ["latency.update.page", 1, 2500],
        ["latency.update.frame.uncorrected", 1, 1700],
        ["latency.update.page.uncorrected", 1, 2200],
      ],
    ],
    [
      "of a delete, whose due time is known by the item",
      [A, B],
      [B],
      [
        ["payload.delete.bytes", 1, 500],
        ["latency.delete.frame", 1, 1000],
        ["latency.delete.page", 1, 1500],
        ["latency.delete.frame.uncorrected", 1, 900],
        ["latency.delete.page.uncorrected", 1, 1400],
      ],
    ],
    ["but not of a delete that nobody in the run made", [A, B], [A], [["payload.delete.bytes", 1, 500]]],
    ["and not of an insert that nobody in the run made", [A], [A, B], [["payload.insert.bytes", 1, 500]]],
    [
      "and not of history, which may hold what was written in the run",
      [A],
      [message(0, "z", 9), A],
      [["payload.prepend.bytes", 1, 500]],
    ],
  ])("%s", (_, before, after, expected) => {
    const { observer, metrics } = observing();
    observer.observe(frame(compareLists(before, after)));
    expect(metrics()).toEqual(expected);
  });
});

test("an insert is told with its user, its number and its item; an update and history are not", () => {
  const { observer, inserts } = observing();
  observer.observe(frame(compareLists([A], [A, message(3, "c", 7)])));
  observer.observe(frame(compareLists([A, B], [A, message(2, "changed", 8)])));
  observer.observe(frame(compareLists([A], [message(0, "z", 9), A])));
  expect(inserts).toEqual([["ada", 7, "messages-3"]]);
});

test("what several users go through is one reading, and told of each of them", () => {
  const { observer, inserts, metrics, recorder } = observing();
  const change = compareLists([A], [A, message(3, "c", 7)]);
  for (const user of ["ada", "grace"]) observer.observe({ ...frame(change), user });
  expect(inserts).toEqual([
    ["ada", 7, "messages-3"],
    ["grace", 7, "messages-3"],
  ]);
  expect(metrics()).toContainEqual(["latency.insert.page.uncorrected", 2, 2200]);
  expect(recorder.checks.checks().made).toBe(2);
});

test("what was due at no time has no latency, but a number", () => {
  const { observer, inserts, metrics } = observing();
  const text = encodeDueToken({ dueUs: micros(0), sequence: 7, lateUs: micros(0) });
  const timeless = { ...message(3, ""), fields: { content: text } };
  observer.observe(frame(compareLists([A], [A, timeless])));
  expect([metrics(), inserts]).toEqual([[["payload.insert.bytes", 1, 500]], [["ada", 7, "messages-3"]]]);
});

test("what a stream sends again as it was is told as a repeat, and is no update that has a latency", () => {
  const { observer, inserts, repeats, metrics } = observing();
  const [there, changed] = [message(3, "c", 7), message(2, "changed", 8)];
  const again = { ...noChange([A, changed, there]), updated: [changed.id, there.id], repeated: [there.id] };
  observer.observe(frame(again));
  expect({ inserts, repeats }).toEqual({ inserts: [], repeats: [["ada", 7]] });
  expect(metrics()).toContainEqual(["latency.update.frame", 1, 2000]);
});

test("of one frame with several messages each is told", () => {
  const { observer, inserts, metrics } = observing();
  observer.observe(frame(compareLists([A], [A, message(3, "c", 7), message(4, "d", 8)])));
  expect(inserts).toEqual([
    ["ada", 7, "messages-3"],
    ["ada", 8, "messages-4"],
  ]);
  expect(metrics()).toContainEqual(["latency.insert.frame", 2, 2000]);
});

test("a join has bytes and names the server's LiveView, and the list that it brings is no insert", () => {
  const { observer, recorder, inserts, metrics } = observing();
  observer.observe(frame(compareLists([], [message(3, "c", 7)]), "join"));
  expect(metrics()).toEqual([["payload.join.bytes", 1, 500]]);
  expect(inserts).toEqual([]);
  expect(recorder.liveViewVersion).toBe("1.1.0");
});

test.each<[FrameOperation, unknown[], number]>([
  ["reply", [["payload.reply.bytes", 1, 500]], 1_002_000],
  ["other", [["payload.other.bytes", 1, 500]], 1_002_000],
  ["heartbeat", [], 0],
  ["control", [], 0],
])("the operation %s leaves %j, and the last activity at %i", (operation, expected, lastUs) => {
  const { observer, metrics } = observing();
  observer.observe(frame(noChange([A]), operation));
  expect(metrics()).toEqual(expected);
  expect(observer.lastFrameUs).toBe(lastUs);
});

test("within a case, frames of its operation are measured once more under its name, and no others", () => {
  const { observer, metrics } = observing();
  const [edit, insert] = [frame(compareLists([A], [message(1, "b")])), frame(compareLists([A], [A, B]))];
  observer.observe(edit);
  observer.enter("2 update", { operation: "update", name: "again", title: "edit it again" });
  observer.observe(edit);
  observer.observe(insert);
  observer.enter("3 update");
  observer.observe(edit);
  expect(metrics()).toEqual([
    ["payload.update.bytes", 3, 500],
    ["payload.update.again.bytes", 1, 500],
    ["payload.insert.bytes", 1, 500],
  ]);
});

describe("a frame that breaks an invariant fails a check, under the step that goes on", () => {
  const twice = { ...compareLists([A], [A, B]), inserted: ["messages-1"], after: [A, A] };
  const left = { ...compareLists([A, B], [A]), after: [A, B] };
  const jumped = compareLists([A, B], [message(2, "changed"), A]);

  test.each<[string, ListChange, string, string, string]>([
    ["an id that is there twice", twice, "messages-1", "duplicate-id", "each id once"],
    ["a deleted item that stays", left, "messages-2", "delete-left", "a deleted item gone"],
    ["an update that moves", jumped, "messages-2", "update-moved", "an updated item where it was"],
  ])("%s", (_, change, item, actual, expected) => {
    const { observer, recorder } = observing();
    observer.enter("2 update");
    observer.observe(frame(change));
    expect(recorder.checks.checks().failures).toEqual([
      {
        kind: "frame-invariant",
        mode: "stream",
        step: "2 update",
        who: "ada",
        expected,
        actual,
        item,
        message: `ada: after a frame, ${item} is wrong: ${expected} was expected`,
        frame: {
          receivedAt: "1970-01-01T00:00:01.002Z",
          event: "diff",
          operation: classifyOperation(change),
          text: '{"liveview_version":"1.1.0"}',
        },
      },
    ]);
  });

  test("before the first step it is the mount's", () => {
    const { observer, recorder } = observing();
    observer.observe(frame(twice));
    expect(recorder.checks.checks().failures[0]?.step).toBe("mount");
  });

  test("one that breaks none passes one", () => {
    const { observer, recorder } = observing();
    observer.observe(frame(compareLists([A], [A, B])));
    observer.observe(frame(compareLists([A], [B, A])));
    expect(recorder.checks.checks().kinds).toEqual({
      "frame-invariant": { made: 2, failed: 0, modes: { stream: { made: 2, failed: 0 } } },
    });
  });
});

test("where one user alone is measured, bytes of others are not counted", () => {
  const recorder = new RunRecorder();
  const options = {
    mode: "stream",
    recorder,
    deletionsDue: new Map(),
    onInsert: () => {},
    onRepeat: () => {},
    only: "ada",
  };
  const observer = new FrameObserver(options);
  const report = frame(noChange([A]), "reply");
  observer.observe(report);
  observer.observe({ ...report, user: "bob" });
  expect(recorder.metrics().map(({ name, values }) => [name, "count" in values && values.count])).toEqual([
    ["payload.reply.bytes", 1],
  ]);
});
