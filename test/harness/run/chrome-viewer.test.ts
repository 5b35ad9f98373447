import { expect, test } from "vitest";
import { observation, openViewer } from "./opened-viewer.ts";

const FORM =
  '"fields":{"#log-in [name=\\"name\\"]:not([type=hidden])":"user-0003"},' +
  '"submit":"#log-in :is(button:not([type=button], [type=reset]), input[type=submit])"';

test("a Chrome observes the list before it is asked to log in, and is led to the room", async () => {
  const { calls, viewer } = await openViewer();
  expect(calls).toEqual([
    "watches the reader of #messages",
    'observes {"container":"#messages","content":".content"}',
    "goes to http://chat.test/stream/rooms/1",
    `logs in {"url":"http://chat.test/stream/rooms/1",${FORM}}`,
    "connects",
  ]);
  expect(viewer.connections).toBe(1);
});

test("a Chrome that is not asked logs in by itself, and goes to the room", async () => {
  const { calls } = await openViewer("/");
  expect(calls.slice(2)).toEqual([
    "goes to http://chat.test/stream/rooms/1",
    `logs in {"url":"http://chat.test/log_in",${FORM}}`,
    "goes to http://chat.test/stream/rooms/1",
    "connects",
  ]);
});

test("what is read is what it shows, with what it should have loaded", async () => {
  const { viewer, from } = await openViewer();
  await viewer.read();
  const cursor = { roomId: 1, oldestId: 4, pageSize: 3, limit: null };
  expect(viewer.viewer()).toEqual({ kind: "chrome", who: "chrome-1", cursor, list: from(4) });
});

test("a page that is late is read as it is, and waited for less while it stays wrong", async () => {
  const { viewer, state, calls, from } = await openViewer();
  state.list = from(5);
  calls.length = 0;
  await viewer.read();
  expect(viewer.viewer().list).toEqual(from(5));
  await viewer.read();
  state.list = from(4);
  await viewer.read();
  await viewer.read();
  expect(calls).toEqual([3000, 100, 100, 3000].map((ms) => `waits ${ms} ms to show what it should`));
});

test("without a database a page is waited for until it is as that of a simulated user, or read at once", async () => {
  const { viewer, state, calls, from } = await openViewer("/log_in", { knows: false });
  calls.length = 0;
  await viewer.read();
  expect(calls).toEqual([]);
  await viewer.read(from(4));
  state.list = from(5);
  await viewer.read(from(4));
  expect(viewer.viewer().list).toEqual(from(5));
  expect(calls).toEqual([3000, 3000].map((ms) => `waits ${ms} ms to show what it should`));
});

test("a page of history moves what it should see, and at the room's beginning none is waited for", async () => {
  const { viewer, calls, from } = await openViewer();
  await viewer.read();
  calls.length = 0;
  await viewer.loadPage();
  await viewer.loadPage("jumps");
  expect(viewer.viewer()).toMatchObject({ cursor: { oldestId: 1 }, list: from(1) });
  expect(calls).toEqual([
    "scrolls #messages by steps",
    "waits 3000 ms to load a page of history",
    "waits 3000 ms to show what it should",
    "scrolls #messages by jumps",
    "waits 3000 ms to show what it should",
  ]);
});

test("what came and changed is measured from its due time to the DOM, and what came is told", async () => {
  const { viewer, state, recorder } = await openViewer();
  const foreign = { ...observation("added", 0), content: "by somebody else" };
  state.observations = [
    observation("added", 3),
    observation("added", 4),
    observation("changed", 5),
    observation("removed", 3),
    foreign,
  ];
  expect(await viewer.takeObservations(recorder)).toEqual([3, 4]);
  expect(recorder.metrics()).toMatchObject([
    { name: "latency.insert.dom", mode: "stream", values: { count: 2, max: 9000 } },
    { name: "latency.insert.dom.uncorrected", mode: "stream", values: { count: 2, max: 8000 } },
    { name: "latency.update.dom", mode: "stream", values: { count: 1, max: 9000 } },
    { name: "latency.update.dom.uncorrected", mode: "stream", values: { count: 1, max: 8000 } },
  ]);
});

test("history that an earlier mode wrote on the same server is no insert", async () => {
  const { viewer, state, recorder } = await openViewer();
  state.noted = [observation("added", 3, "messages-1")];
  await viewer.read();
  await viewer.loadPage();
  expect(await viewer.takeObservations(recorder)).toEqual([]);
  expect(recorder.metrics()).toEqual([]);
});

test("a page that is closed had a clean console, or fails a check with the first of its problems", async () => {
  const { viewer, state, calls, recorder } = await openViewer();
  await viewer.close("end", recorder);
  expect(calls.at(-1)).toBe("closes");
  expect(recorder.checks.checks()).toMatchObject({ made: 1, failed: 0 });
  state.problems = [
    { kind: "console", text: "unable to apply a diff" },
    { kind: "console", text: "another" },
  ];
  await viewer.close("end", recorder);
  expect(recorder.checks.checks().failures).toEqual([
    {
      kind: "console-clean",
      mode: "stream",
      step: "end",
      who: "chrome-1",
      expected: "no problem",
      actual: "console",
      message: "chrome-1: 2 problems, the first: console: unable to apply a diff",
    },
  ]);
});
