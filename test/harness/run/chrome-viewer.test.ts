import { expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../../harness/browser/launch.ts";
import { BenchError } from "../../../harness/core/errors.ts";
import type { ListItem } from "../../../harness/core/list-item.ts";
import { micros } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { encodeDueToken } from "../../../harness/load/due-token.ts";
import { expectedWindow } from "../../../harness/oracle/expected-window.ts";
import { ReferenceDatabase } from "../../../harness/oracle/reference-database.ts";
import { checkEverybody } from "../../../harness/run/checkpoint.ts";
import { ChromeViewer } from "../../../harness/run/chrome-viewer.ts";
import { castOf, fakeUser, memberIn } from "../crowd/fake-cast.ts";
import { smallScenario } from "../crowd/small-scenario.ts";
import { chatDatabase } from "../oracle/chat-database.ts";

type Observation = Awaited<ReturnType<ChromePage["drainObservations"]>>["observations"][number];

/** What Chrome noted of a message that was due at 1 s and begun 1 ms late, 9 ms later. */
function observation(kind: Observation["kind"], sequence: number, itemId = "messages-7"): Observation {
  const content = `${encodeDueToken({ dueUs: micros(1_000_000), sequence, lateUs: micros(1000) })} hello`;
  return { kind, itemId, content, atUs: micros(1_009_000) };
}

/** A room with the messages 1 to 6, pages of three, and a Chrome in it whose page is what the test says. */
async function openViewer(asks = "/log_in") {
  const { path, insert } = chatDatabase();
  for (let id = 1; id <= 6; id += 1) insert(id, 1);
  const database = await ReferenceDatabase.open(path);
  onTestFinished(() => database.close());
  const all = (await expectedWindow(database, 1, 1)).map((item) => ({ ...item, text: "" }));
  // The ids are 1 to 6.
  const from = (oldestId: number): ListItem[] => all.slice(oldestId - 1);

  const calls: string[] = [];
  const state = {
    path: "",
    list: from(4),
    /** What the list is once the top was reached. */
    afterScroll: from(1),
    observations: [] as Observation[],
    /** What is noted while history is loaded. */
    noted: [] as Observation[],
    problems: [] as { kind: "console"; text: string }[],
  };
  const page = {
    observeInserts: async (what: object) => void calls.push(`observes ${JSON.stringify(what)}`),
    logIn: async (what: { readonly url: string }) => {
      calls.push(`logs in ${JSON.stringify(what)}`);
      state.path = asks === "/log_in" ? new URL(what.url).pathname : "/welcome";
    },
    goto: async (url: string) => {
      calls.push(`goes to ${url}`);
      state.path = state.path === "" ? asks : new URL(url).pathname;
    },
    evaluate: async () => state.path,
    waitUntilConnected: async () => void calls.push("connects"),
    readList: async () => state.list,
    waitForList: async (
      _: unknown,
      wanted: (items: readonly ListItem[]) => boolean,
      what: string,
      ms: number,
    ) => {
      calls.push(`waits ${ms} ms to ${what}`);
      if (wanted(state.list)) return state.list;
      throw new BenchError(`${what}: not within ${ms} ms`, { code: "chrome-page" });
    },
    scrollToTop: async (container: string) => {
      calls.push(`scrolls ${container}`);
      state.list = state.afterScroll;
      state.observations.push(...state.noted);
    },
    drainObservations: async () => ({ observations: state.observations.splice(0), dropped: 0 }),
    problems: () => state.problems,
    problemCount: () => state.problems.length,
    traffic: () => ({ webSockets: 1 }),
    close: async () => void calls.push("closes"),
  };
  const chrome = { openPage: async () => page as unknown as ChromePage } as Partial<Chrome> as Chrome;
  const viewer = await ChromeViewer.open({
    chrome,
    name: "chrome-1",
    account: { name: "user-0003", password: null },
    origin: "http://chat.test",
    site: smallScenario.site,
    mode: "stream",
    roomId: 1,
    pageSize: 3,
    database,
  });
  return { viewer, state, calls, from, database, recorder: new RunRecorder() };
}

const FORM =
  '"fields":{"#log-in [name=\\"name\\"]:not([type=hidden])":"user-0003"},' +
  '"submit":"#log-in :is(button:not([type=button], [type=reset]), input[type=submit])"';

test("a Chrome observes the list before it is asked to log in, and is led to the room", async () => {
  const { calls, viewer } = await openViewer();
  expect(calls).toEqual([
    'observes {"container":"#messages","content":".content"}',
    "goes to http://chat.test/stream/rooms/1",
    `logs in {"url":"http://chat.test/stream/rooms/1",${FORM}}`,
    "connects",
  ]);
  expect(viewer.connections).toBe(1);
});

test("a Chrome that is not asked logs in by itself, and goes to the room", async () => {
  const { calls } = await openViewer("/");
  expect(calls.slice(1)).toEqual([
    "goes to http://chat.test/stream/rooms/1",
    `logs in {"url":"http://chat.test/log_in",${FORM}}`,
    "goes to http://chat.test/stream/rooms/1",
    "connects",
  ]);
});

test("what is read is what it shows, with what it should have loaded", async () => {
  const { viewer, from } = await openViewer();
  await viewer.read();
  const cursor = { roomId: 1, oldestId: 4, pageSize: 3 };
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
  expect(calls).toEqual([3000, 100, 100, 3000].map((ms) => `waits ${ms} ms to show what is stored`));
});

test("a page of history moves what it should see, and at the room's beginning none is waited for", async () => {
  const { viewer, calls, from } = await openViewer();
  await viewer.read();
  calls.length = 0;
  await viewer.loadPage();
  await viewer.loadPage();
  expect(viewer.viewer()).toMatchObject({ cursor: { oldestId: 1 }, list: from(1) });
  expect(calls).toEqual([
    "scrolls #messages",
    "waits 3000 ms to load a page of history",
    "waits 3000 ms to show what is stored",
    "scrolls #messages",
    "waits 3000 ms to show what is stored",
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

test("a checkpoint checks each user and each Chrome, and delivers to Chromes what they saw come", async () => {
  const { viewer, state, from, database, recorder } = await openViewer();
  state.observations = [observation("added", 0)];
  const members = [
    memberIn(1, fakeUser("ada", [], { items: from(4) }), 4),
    memberIn(1, fakeUser("grace", [], { items: from(5) }), 4),
  ];
  const cast = castOf(members, { chromes: [viewer] });
  const { deliveries } = castOf([...members, memberIn(1, fakeUser("chrome-1"))]);
  deliveries.sent({ sequence: 0, roomId: 1, startUs: micros(1_000_000), ackUs: micros(1_001_500) });
  await checkEverybody({ ...cast, deliveries }, database, { mode: "stream", step: "1 insert" }, recorder);
  const counts = (made: number, failed: number) => ({ made, failed, modes: { stream: { made, failed } } });
  expect(recorder.checks.checks().kinds).toEqual({
    "user-vs-oracle": counts(2, 1),
    "chrome-vs-oracle": counts(1, 0),
    "chrome-vs-user": counts(1, 0),
  });
  expect(recorder.checks.checks().failures).toMatchObject([
    { kind: "user-vs-oracle", step: "1 insert", who: "grace", expected: "messages-4" },
  ]);
  const afterwards = new RunRecorder();
  deliveries.settle({ checkpoint: { mode: "stream", step: "end" }, checks: afterwards.checks });
  expect(afterwards.checks.checks().failures.map(({ message }) => message)).toEqual([
    "ada: insert 0 arrived never, expected once",
    "grace: insert 0 arrived never, expected once",
  ]);
});
