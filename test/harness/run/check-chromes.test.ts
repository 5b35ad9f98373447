import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SocketFrame } from "../../../harness/browser/socket-traffic.ts";
import { micros } from "../../../harness/core/units.ts";
import type { Twin } from "../../../harness/oracle/check-viewers.ts";
import type { Send } from "../../../harness/oracle/room-membership.ts";
import type { ViewerCursor } from "../../../harness/oracle/viewer-cursor.ts";
import { Artifacts } from "../../../harness/run/artifacts.ts";
import { ChromeChecks } from "../../../harness/run/check-chromes.ts";
import type { Stage } from "../../../harness/run/stage.ts";
import { smallScenario } from "../crowd/small-scenario.ts";
import { fakeGenerators } from "./fake-generators.ts";
import { observation, openViewer } from "./opened-viewer.ts";

const at = { mode: "stream", step: "1 insert" };
const sendOf = (sequence: number): Send => ({
  sequence,
  roomId: 1,
  startUs: micros(1_000_000),
  ackUs: micros(1_001_500),
});
const counts = (made: number, failed: number) => ({ made, failed, modes: { stream: { made, failed } } });

const TOPIC = "lv:phx-1";
const received = (ref: string | null, event: string, payload: object): SocketFrame => {
  const text = JSON.stringify(["1", ref, TOPIC, event, payload]);
  return { direction: "received", socket: "1", text };
};

/** What a Chrome is sent and sends when it joins a view with this list. */
function joinOf(ids: readonly string[]): SocketFrame[] {
  const keyed = Object.fromEntries(ids.map((id, index) => [index, { "0": id }]));
  const list = { s: ['<p id="', '"></p>'], k: { ...keyed, kc: ids.length } };
  const response = { rendered: { "0": list, s: ['<div id="messages">', "</div>"] } };
  const join = JSON.stringify(["1", "1", TOPIC, "phx_join", { url: "http://x/", params: { _mounts: 0 } }]);
  return [
    { direction: "sent", socket: "1", text: join },
    received("1", "phx_reply", { status: "ok", response }),
  ];
}

/** A Chrome that is checked beside two processes, the second of which has its twin where there is one. */
async function checking(twin: ((from: (id: number) => Twin["list"]) => Twin) | null, hasDatabase = true) {
  const opened = await openViewer();
  const { viewer, recorder, database } = opened;
  const orders: ViewerCursor[] = [];
  const { generators } = fakeGenerators(2, {
    twinOf: (part, order) => {
      if (part === 0) orders.push(order as ViewerCursor);
      return part === 1 && twin !== null ? twin(opened.from) : null;
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "bench-chromes-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const artifacts = new Artifacts(join(folder, "result.json"));
  const stage = { database: hasDatabase ? database : null } as Stage;
  const checks = new ChromeChecks([viewer], {
    stage,
    generators,
    recorder,
    clock: () => micros(0),
    artifacts,
    list: smallScenario.site.list,
  });
  return { ...opened, checks, orders, folder, kinds: () => recorder.checks.checks().kinds };
}

test("a Chrome is checked against the database, and against a user of whatever process who has loaded as much", async () => {
  const { checks, viewer, orders, kinds } = await checking((from) => ({ who: "user-0002", list: from(4) }));
  await checks.check(at);
  expect(orders).toEqual([viewer.viewer().cursor]);
  expect(kinds()).toEqual({
    "chrome-vs-oracle": counts(1, 0),
    "chrome-vs-user": counts(1, 0),
    delivery: counts(1, 0),
  });
});

test("a user who sees something else fails the check of the Chrome, which is named with him", async () => {
  const { checks, recorder } = await checking((from) => ({ who: "user-0002", list: from(5) }));
  await checks.check(at);
  expect(recorder.checks.checks().failures).toMatchObject([
    {
      kind: "chrome-vs-user",
      step: "1 insert",
      who: "chrome-1",
      item: "messages-4",
      message: expect.stringMatching(/^chrome-1 against user-0002: /),
    },
  ]);
});

test("a Chrome whose DOM is not what its frames make of a simulated page fails a check of ours, with picture and DOM", async () => {
  const { checks, recorder, state, folder, send, viewer } = await checking(null);
  send(joinOf(["messages-4", "messages-5", "messages-6"]));
  await checks.check(at);
  expect(recorder.checks.checks().kinds).toMatchObject({
    "chrome-vs-oracle": counts(1, 0),
    "chrome-vs-frames": counts(1, 1),
  });
  expect(recorder.checks.checks().failures).toMatchObject([
    {
      kind: "chrome-vs-frames",
      message: expect.stringMatching(
        /^a defect of this harness, or of the official client, but none of the server: chrome-1 against a simulated page/,
      ),
      noFrame: "bench replay goes through its frames in both",
      screenshot: "result/stream-chrome-1.png",
      dom: "result/stream-chrome-1.html",
    },
  ]);
  expect(readFileSync(join(folder, "result/stream-chrome-1.html"), "utf8")).toBe("<p>the document</p>");
  expect(existsSync(join(folder, "result/stream-chrome-1.png"))).toBe(true);
  expect(checks.takeRecordings()).toMatchObject([
    { who: "chrome-1", kind: "chrome", frames: [], expected: null },
  ]);
  expect(checks.takeRecordings()).toEqual([]);
  // Told once: what is wrong afterwards is counted.
  await checks.check(at);
  expect(recorder.checks.checks().failures[1]).not.toHaveProperty("screenshot");
  expect([state.list.length, viewer.viewer().list.length, checks.takeRecordings()]).toEqual([3, 3, []]);
});

test("a frame that a simulated page cannot take, though Chrome has, is a failure of ours too", async () => {
  const { checks, recorder, send } = await checking(null);
  send(joinOf([]));
  send([received(null, "diff", { "7": "no such slot" })]);
  await checks.check(at);
  expect(recorder.checks.checks().failures).toMatchObject([
    {
      kind: "chrome-vs-frames",
      actual: "protocol",
      message: expect.stringMatching(
        /^a defect of this harness, not of the server: a simulated page cannot take what chrome-1/,
      ),
    },
  ]);
});

test("where nobody has loaded as much a Chrome is compared with no user", async () => {
  const { checks, kinds } = await checking(null);
  await checks.check(at);
  expect(Object.keys(kinds())).toEqual(["chrome-vs-oracle", "delivery"]);
});

test("where no database is known a Chrome is compared with users alone", async () => {
  const { checks, kinds } = await checking((from) => ({ who: "user-0002", list: from(4) }), false);
  await checks.check(at);
  expect(Object.keys(kinds())).toEqual(["chrome-vs-user", "delivery"]);
});

test("a Chrome has got what its DOM showed come, of the sends of all processes, and what it did not is lost", async () => {
  const { checks, state, recorder } = await checking(null);
  state.observations = [observation("added", 0), observation("added", 3)];
  await checks.check(at, { sends: [0, 1, 3].map(sendOf) });
  expect(recorder.checks.checks().failures.map(({ message }) => message)).toEqual([
    "chrome-1: insert 1 arrived never, expected once",
  ]);
  const others = { expected: 30, received: 29, lost: 1, duplicated: 2, unexpected: 0, uncertain: 4 };
  expect(
    checks.deliveries([others, others], "stream").map(({ name, values }) => [name, values.value]),
  ).toEqual([
    ["delivery.expected", 63],
    ["delivery.received", 60],
    ["delivery.lost", 3],
    ["delivery.duplicated", 4],
    ["delivery.unexpected", 0],
    ["delivery.uncertain", 8],
  ]);
});

test("what was settled is not expected again at the next checkpoint", async () => {
  const { checks, state, kinds } = await checking(null);
  state.observations = [observation("added", 0)];
  await checks.check(at, { sends: [sendOf(0)] });
  await checks.check({ ...at, step: "2 scrollback" });
  expect(kinds().delivery).toEqual(counts(2, 0));
  expect(checks.deliveries([], "stream")[0]?.values.value).toBe(1);
});
