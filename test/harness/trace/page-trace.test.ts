import { expect, test } from "vitest";
import { type TracedOperation, tracedOperationSchema } from "../../../harness/core/trace.ts";
import { PageTrace } from "../../../harness/trace/page-trace.ts";
import { operationLabel } from "../../../reports/trace.ts";
import { recording } from "../../conformance/recording.ts";

const TOPIC = "lv:phx-1";
const ITEM = ['<p id="', '">', "</p>"];
const item = (id: string, text: string) => ({ 0: id, 1: text });
const JOIN = { url: "http://chat.test/rooms/1", params: { _mounts: 0 } };
/** Three messages in a stream, and a counter. */
const RENDERED = {
  s: ["<i>", '</i><div id="messages" phx-update="stream">', "</div>"],
  0: "3",
  1: {
    s: ITEM,
    k: { 0: item("m-1", "one"), 1: item("m-2", "zwölf"), 2: item("m-3", "three"), kc: 3 },
    stream: ["0", [1, 2, 3].map((number) => [`m-${number}`, -1, null, null]), []],
  },
};
const INSERT = {
  1: { s: ITEM, k: { 0: item("m-4", "four"), kc: 1 }, stream: ["0", [["m-4", -1, null, null]], []] },
};
const DELETE = { 1: { k: { kc: 0 }, stream: ["0", [], ["m-2"]] } };
const OLDER = {
  1: { s: ITEM, k: { 0: item("m-0", "none"), kc: 1 }, stream: ["0", [["m-0", 0, null, null]], []] },
};

/** A page whose frames are given one after the other, a millisecond apart. */
function traced(list?: string) {
  const trace = new PageTrace({
    sourceOf: ({ at }) => `room.ts:${at ?? "template"}`,
    ...(list !== undefined && { list }),
  });
  let atMs = 0;
  const frame = (direction: "sent" | "received", socket: string, parts: readonly unknown[]) => {
    const text = JSON.stringify(parts);
    atMs += 1;
    return trace.take({ direction, socket, text, atMs });
  };
  const send = (ref: string, event: string, payload: unknown, { topic = TOPIC, socket = "a" } = {}) =>
    frame("sent", socket, ["1", ref, topic, event, payload]);
  const answer = (ref: string, response: unknown, { topic = TOPIC, socket = "a" } = {}) =>
    frame("received", socket, ["1", ref, topic, "phx_reply", { status: "ok", response }]);
  const push = (event: string, payload: unknown, { topic = TOPIC, socket = "a" } = {}) =>
    frame("received", socket, ["1", null, topic, event, payload]);
  const join = (socket = "a", payload: object = JOIN) => {
    send("1", "phx_join", payload, { socket });
    return answer("1", { rendered: RENDERED }, { socket });
  };
  return { trace, frame, send, answer, push, join };
}

const length = (parts: readonly unknown[]) => Buffer.byteLength(JSON.stringify(parts));
const brief = ({ name, effect, answeredMs, problem }: TracedOperation) => ({
  name,
  effect,
  answeredMs,
  ...(problem !== undefined && { problem }),
});

test("a push is one operation with its answer, in the bytes of their frames", () => {
  const { join, send, answer } = traced();
  join();
  expect(send("2", "event", { type: "click", event: "nothing", value: {} })).toEqual([]);
  const [operation, ...others] = answer("2", {});
  const up = length(["1", "2", TOPIC, "event", { type: "click", event: "nothing", value: {} }]);
  const down = length(["1", "2", TOPIC, "phx_reply", { status: "ok", response: {} }]);
  expect(operation).toEqual({
    ...{ kind: "operation", atMs: 3, name: 'click "nothing"', effect: "nothing", topic: TOPIC },
    ...{ up: { frames: 1, bytes: up }, down: { frames: 1, bytes: down }, answeredMs: 1 },
    deflatedBytes: 62,
  });
  expect(others).toEqual([]);
});

test("what a frame does is told by the list that is found on the page, and its bytes by slot and source", () => {
  const { join, send, answer, push } = traced();
  const operations = [
    ...join(),
    ...push("diff", INSERT),
    ...push("diff", DELETE),
    ...push("diff", { 0: "4" }),
  ];
  send("2", "event", { type: "hook", event: "load", value: {} });
  operations.push(...answer("2", { diff: OLDER }));
  expect(operations.map(brief)).toEqual([
    { name: "join /rooms/1", effect: "nothing", answeredMs: 1 },
    { name: "pushed", effect: "insert", answeredMs: null },
    { name: "pushed", effect: "delete", answeredMs: null },
    { name: "pushed", effect: "beside", answeredMs: null },
    { name: 'hook "load"', effect: "prepend", answeredMs: 1 },
  ]);
  for (const operation of operations) {
    expect(tracedOperationSchema.parse(operation)).toEqual(operation);
    expect(operation.anatomy?.bytes).toBe(operation.down.bytes);
  }
  expect(operations[1]?.anatomy?.items).toBe(1);
  expect(
    operations[1]?.anatomy?.parts.filter(({ part }) => part === "dynamics" || part === "statics"),
  ).toEqual([
    { part: "dynamics", slot: "1.*.0", source: "room.ts:0", near: '<p id="', bytes: 3, times: 1 },
    { part: "dynamics", slot: "1.*.1", source: "room.ts:1", near: '<p id="…">', bytes: 4, times: 1 },
    {
      part: "statics",
      slot: "1.*",
      source: "room.ts:template",
      near: '<p id="',
      bytes: 15,
      times: 1,
      again: 15,
    },
  ]);
});

test("a list that is said is the one that is told of", () => {
  const { join, push } = traced("#others");
  join();
  expect(push("diff", INSERT).map(brief)).toEqual([{ name: "pushed", effect: "beside", answeredMs: null }]);
});

test("a document that is loaded anew has been sent no template; one that joins again has", () => {
  const again = (operations: readonly TracedOperation[]) =>
    operations[0]?.anatomy?.parts.reduce((sum, part) => sum + (part.again ?? 0), 0);
  const { trace, join, push } = traced();
  join();
  trace.closed("a");
  expect(again(join("b", { url: JOIN.url, params: { _mounts: 1 } }))).toBeGreaterThan(50);
  trace.closed("b");
  expect(again(join("c"))).toBe(0);
  expect(push("diff", INSERT, { socket: "c" })[0]?.effect).toBe("insert");
});

test("two sockets of a page have nothing to do with each other", () => {
  const { join, send, answer, push } = traced();
  join();
  const bus = { topic: "bus:1", socket: "b" };
  send("1", "phx_join", {}, bus);
  const operations = [...answer("1", {}, bus), ...push("scroll", { to: 1 }, bus), ...push("diff", INSERT)];
  expect(operations.map(brief)).toEqual([
    { name: 'bus:1 "phx_join"', effect: "nothing", answeredMs: 1 },
    { name: 'bus:1 "scroll" pushed', effect: null, answeredMs: null },
    { name: "pushed", effect: "insert", answeredMs: null },
  ]);
});

test("what cannot be told as it should be says why", () => {
  const { trace, join, send, frame, push } = traced();
  expect(push("diff", INSERT).map(brief)).toEqual([
    {
      name: "pushed",
      effect: null,
      answeredMs: null,
      problem: "its channel was joined before the trace began",
    },
  ]);
  expect(frame("received", "a", []).map(brief)).toEqual([
    {
      name: "unknown frame",
      effect: null,
      answeredMs: null,
      problem: "it is no frame of Phoenix' serializer 2.0.0",
    },
  ]);
  send("1", "phx_join", JOIN);
  const refusal = { status: "error", response: { reason: "stale" } };
  expect(frame("received", "a", ["1", "1", TOPIC, "phx_reply", refusal]).map(brief)).toEqual([
    { name: "join /rooms/1", effect: "nothing", answeredMs: 1, problem: "it was refused: stale" },
  ]);
  join();
  expect(push("diff", { 9: "nowhere" }).map(brief)).toEqual([
    {
      name: "pushed",
      effect: null,
      answeredMs: null,
      problem: "diff at 9: there is no such slot in a template of 2",
    },
  ]);
  send("7", "event", { type: "click", event: "late", value: {} });
  expect(trace.waiting).toBe(1);
  expect(trace.closed("a").map(brief)).toEqual([
    {
      name: 'click "late"',
      effect: null,
      answeredMs: null,
      problem: "its connection ended before it was answered",
    },
  ]);
  send("8", "event", { type: "click", event: "last", value: {} });
  expect(trace.finish().map(brief)).toEqual([
    { name: 'click "last"', effect: null, answeredMs: null, problem: "it was not answered" },
  ]);
  expect(trace.waiting).toBe(0);
});

test("totals are by name and effect, most bytes first, heartbeats apart", () => {
  const { trace, join, push, frame } = traced();
  const [joined] = join();
  const sizes = [INSERT, INSERT, DELETE].map((diff) => push("diff", diff)[0]?.down.bytes ?? 0);
  frame("sent", "a", [null, "5", "phoenix", "heartbeat", {}]);
  frame("received", "a", [null, "5", "phoenix", "phx_reply", { status: "ok", response: {} }]);
  const { operations, heartbeats } = trace.totals();
  expect(operations).toEqual([
    {
      name: "join /rooms/1",
      effect: "nothing",
      times: 1,
      upBytes: joined?.up.bytes,
      downBytes: joined?.down.bytes,
      mostDownBytes: joined?.down.bytes,
    },
    { name: "pushed", effect: "insert", times: 1, upBytes: 0, downBytes: sizes[0], mostDownBytes: sizes[0] },
    { name: "pushed", effect: "update", times: 1, upBytes: 0, downBytes: sizes[1], mostDownBytes: sizes[1] },
    { name: "pushed", effect: "delete", times: 1, upBytes: 0, downBytes: sizes[2], mostDownBytes: sizes[2] },
  ]);
  expect(heartbeats).toEqual({ up: { frames: 1, bytes: 35 }, down: { frames: 1, bytes: 62 } });
});

/** What is told of a recording, all of it on one socket. */
function tracedRecording(name: string) {
  const trace = new PageTrace({ sourceOf: () => undefined });
  const frames = recording(name);
  const operations = frames.flatMap(({ dir, data }, at) =>
    trace.take({ direction: dir === "in" ? "received" : "sent", socket: "a", text: data, atMs: at }),
  );
  return { trace, frames, operations: [...operations, ...trace.finish()] };
}

test.each([
  ...["append", "chrome-stateful", "chrome-stream", "full", "keyed", "limited"],
  ...["lv-1.0-stateful", "lv-1.0-stream", "stateful", "stream"],
])("frames of a real Phoenix server are all understood, and told to the byte: %s", (name) => {
  const { trace, frames, operations } = tracedRecording(name);
  expect(operations.filter(({ problem }) => problem !== undefined)).toEqual([]);
  const { heartbeats } = trace.totals();
  const told = (of: "up" | "down") =>
    operations.reduce((all, one) => all + one[of].bytes, 0) + heartbeats[of].bytes;
  const recorded = (wanted: "in" | "out") =>
    frames.reduce((all, { dir, bytes }) => all + (dir === wanted ? bytes : 0), 0);
  expect([told("up"), told("down")]).toEqual([recorded("out"), recorded("in")]);
  const takenApart = operations.filter(({ anatomy }) => anatomy !== undefined);
  expect(takenApart.map(({ anatomy }) => anatomy?.bytes)).toEqual(takenApart.map(({ down }) => down.bytes));
});

test("what a person did on a real Phoenix page is called by it", () => {
  const { operations } = tracedRecording("chrome-stream");
  expect([...new Set(operations.map(operationLabel))]).toEqual([
    "join /stream/rooms/1?user=alice@example.com",
    "pushed: insert",
    "pushed: update",
    'change "typing": beside the list',
    "pushed: beside the list",
    'blur "stop_typing"',
    'submit "send": beside the list',
    'click "edit": beside the list',
    'submit "save_edit"',
    'click "delete_message"',
    "pushed: delete",
    'js "load_more": prepend',
  ]);
});
