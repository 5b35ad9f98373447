import { expect, test } from "vitest";
import { json } from "../../../reference-server/live/json.ts";
import { defineLiveComponent, live } from "../../../reference-server/live/live-component.ts";
import type { LiveStream } from "../../../reference-server/live/stream.ts";
import { each, html } from "../../../reference-server/live/template.ts";
import { type AnyView, type ClientEvent, defineView } from "../../../reference-server/live/view.ts";
import { ViewProcess } from "../../../reference-server/live/view-process.ts";
import type { Answer } from "../../../reference-server/live/view-start.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";

interface Assigns {
  readonly pageTitle: string;
  readonly count: number;
  readonly streams: { readonly items: LiveStream<{ readonly id: number }> };
}

const ended: string[] = [];

const counter = defineView<Assigns, number>({
  name: "counter",
  mount: (socket) => socket.subscribe("counts").assign({ pageTitle: "zero", count: 0 }).stream("items", []),
  handleParams: (socket, _params, uri) => socket.assign({ count: Number(uri.searchParams.get("from")) }),
  async handleEvent(socket, { name }) {
    await Promise.resolve();
    switch (name) {
      case "add":
        return socket.assign({ count: socket.assigns.count + 1 });
      case "same":
        return socket.assign({ pageTitle: "zero", count: 5 });
      case "name":
        return socket.assign({ pageTitle: "named" });
      case "tell":
        return socket.pushEvent("told", { count: socket.assigns.count });
      case "ask":
        return socket.reply({ count: socket.assigns.count });
      case "insert":
        return socket.streamInsert("items", { id: 7 });
      case "go":
        return socket.redirect({ to: "/elsewhere" });
      case "fail":
        throw new Error("broken");
      default:
        return undefined;
    }
  },
  handleInfo: (socket, message) => socket.assign({ count: message }),
  terminate: () => ended.push("terminated"),
  render: ({ count, streams }) => html`<p>${count}${each(streams.items, ({ domId }) => html`${domId}`)}</p>`,
});

function joined(parent?: ViewProcess, view: AnyView = counter) {
  ended.length = 0;
  const pubsub = new PubSub();
  const pushed: unknown[] = [];
  const process = new ViewProcess(
    { view, params: {}, session: {}, uri: new URL("http://chat/?from=5"), parent },
    pubsub,
    {
      diff: (diff) => pushed.push(JSON.parse(diff)),
      navigate: (event, payload) => pushed.push([event, payload]),
      closed: () => pushed.push("closed"),
      crashed: (error) => pushed.push(String(error)),
    },
  );
  const answerTo = (ask: (answer: (answer: Answer) => void) => void) => new Promise<Answer>(ask);
  const event = (name: string) => {
    const clicked: ClientEvent = { type: "other", name, value: {} };
    return answerTo((answer) => process.event(clicked, null, answer));
  };
  return { pubsub, pushed, process, event, join: answerTo((answer) => process.join(answer)) };
}

test("a join renders everything once, with what mount and params set, and the title", async () => {
  expect(await joined().join).toEqual({
    kind: "rendered",
    diff: json({
      "0": "5",
      "1": { k: { kc: 0 }, s: 0, stream: ["0", [], []] },
      r: 1,
      s: 1,
      p: { "0": ["", ""], "1": ["<p>", "", "</p>"] },
      t: "zero",
    }),
  });
});

test.each([
  ["what changed", "add", { "0": "6" }],
  ["a title alone", "name", { t: "named" }],
  ["events alone", "tell", { e: [["told", { count: 5 }]] }],
  ["a reply alone", "ask", { r: { count: 5 } }],
])("an event is answered with %s", async (_, name, diff) => {
  const { join, event } = joined();
  await join;
  expect(await event(name)).toEqual({ kind: "rendered", diff: json(diff) });
});

test("an event that changes nothing is answered with nothing, and a redirect with where to", async () => {
  const { join, event } = joined();
  await join;
  expect(await event("noop")).toEqual({ kind: "nothing" });
  expect(await event("same")).toEqual({ kind: "nothing" });
  expect(await event("go")).toEqual({
    kind: "redirect",
    payload: { to: "/elsewhere", status: 302 },
  });
});

test("after a render the view holds no item of its streams", async () => {
  const { join, event } = joined();
  await join;
  const inserts = {
    "1": { k: { "0": { "0": "items-7" }, kc: 1 }, stream: ["0", [["items-7", -1, null, false]], []] },
  };
  expect(await event("insert")).toEqual({ kind: "rendered", diff: json(inserts) });
  expect(await event("add")).toEqual({ kind: "rendered", diff: json({ "0": "6" }) });
});

test("a broadcast waits for its turn, and one that changes nothing sends no frame", async () => {
  const { join, event, pubsub, pushed } = joined();
  await join;
  const answer = event("add");
  pubsub.broadcast("counts", 6);
  pubsub.broadcast("counts", 9);
  expect(await answer).toEqual({ kind: "rendered", diff: json({ "0": "6" }) });
  await event("noop");
  expect(pushed).toEqual([{ "0": "9" }]);
});

test("a view that throws is said to have crashed, and hears nothing more", async () => {
  const { join, event, pubsub, pushed } = joined();
  await join;
  event("fail");
  await new Promise(setImmediate);
  pubsub.broadcast("counts", 9);
  await new Promise(setImmediate);
  expect(pushed).toEqual(["Error: broken"]);
});

test("a child that waits for its parent is refused where it goes elsewhere, and crashes where it crashes", async () => {
  for (const [event, outcome] of [
    ["go", { kind: "refused", reason: "parent_redirect" }],
    ["fail", "Error: the parent ended while its child joined"],
  ] as const) {
    const parent = joined();
    await parent.join;
    const left = parent.event(event);
    const child = joined(parent.process);
    await Promise.race([left, new Promise(setImmediate)]);
    expect(await Promise.race([child.join, new Promise(setImmediate).then(() => child.pushed[0])])).toEqual(
      outcome,
    );
  }
});

test("a child of a parent that has ended is stale; one that has ended is forgotten", async () => {
  const parent = joined();
  await parent.join;
  const child = joined(parent.process);
  await child.join;
  child.process.stop();
  const other = joined(parent.process);
  await other.join;
  parent.process.stop();
  expect([child.pushed, other.pushed]).toEqual([[], ["closed"]]);
  expect(await joined(parent.process).join).toEqual({ kind: "refused", reason: "stale" });
});

test("a child whose parent ends while it mounts is joined first, and then ends", async () => {
  const mounting = Promise.withResolvers<void>();
  const slow = defineView<object, never>({
    name: "slow",
    mount: () => mounting.promise,
    render: () => html`<p></p>`,
  });
  const parent = joined();
  await parent.join;
  const child = joined(parent.process, slow);
  await new Promise(setImmediate);
  parent.process.stop();
  expect(child.pushed).toEqual([]);
  mounting.resolve();
  expect(await child.join).toMatchObject({ kind: "rendered" });
  await new Promise(setImmediate);
  expect(child.pushed).toEqual(["closed"]);
});

test("a view that was stopped while it worked has nobody to tell", async () => {
  const { join, event, process, pushed } = joined();
  await join;
  let answered = false;
  event("add").then(() => {
    answered = true;
  });
  await Promise.resolve();
  process.stop();
  await new Promise(setImmediate);
  expect({ answered, pushed, ended }).toEqual({ answered: false, pushed: [], ended: ["terminated"] });
});

test("what a callback gives a live component goes out after it, in a frame of its own", async () => {
  const label = defineLiveComponent<{ myself: number; text: string }, { text: string }>({
    name: "label",
    render: ({ text }) => html`<b>${text}</b>`,
  });
  const view = defineView<{ title: string }, string>({
    name: "labelled",
    mount: (socket) => socket.subscribe("titles").assign({ title: "one" }),
    handleInfo: (socket, title) =>
      socket.sendUpdate(label, 1, { text: title }).sendUpdate(label, 2, { text: title }).assign({ title }),
    render: ({ title }) => html`<p>${title}${live(label, { id: 1, text: "first" })}</p>`,
  });
  const { pubsub, pushed, join } = joined(undefined, view as AnyView);
  await join;
  pubsub.broadcast("titles", "two");
  await new Promise(setImmediate);
  expect(pushed).toEqual([{ "0": "two" }, { c: { "1": { "0": "two" } } }]);
});
