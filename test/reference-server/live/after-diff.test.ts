import { expect, test } from "vitest";
import { RANDOM_IDENTIFIERS } from "../../../reference-server/identifiers.ts";
import { defineLiveComponent, live } from "../../../reference-server/live/live-component.ts";
import { createRouter } from "../../../reference-server/live/router.ts";
import { html } from "../../../reference-server/live/template.ts";
import { TokenSigner } from "../../../reference-server/live/token.ts";
import { defineView } from "../../../reference-server/live/view.ts";
import { ViewProcess } from "../../../reference-server/live/view-process.ts";
import type { Answer } from "../../../reference-server/live/view-start.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";

/** Whatever was sent, and what ran after a diff, in order. */
let order: unknown[];

interface PartAssigns {
  readonly myself: number;
  readonly shown: number;
  readonly given: number;
}

const part = defineLiveComponent<PartAssigns, { given: number }>({
  name: "part",
  mount: (socket) => void socket.assign({ shown: 0 }),
  update(socket, { given }) {
    socket.assign({ given }).afterDiff(() => order.push(`part given ${given}`));
  },
  handleEvent(socket, { name }) {
    socket.assign({ shown: socket.assigns.shown + 1 }).afterDiff(() => order.push(`part: ${name}`));
    if (name === "leave") socket.redirect({ to: "/other" });
  },
  render: ({ shown, given }) => html`<i>${shown}${given}</i>`,
});

interface PageAssigns {
  readonly count: number;
}

const page = defineView<PageAssigns, number>({
  name: "page",
  mount: (socket) =>
    socket
      .subscribe("counts")
      .assign({ count: 0 })
      .afterDiff(() => order.push("mounted")),
  handleParams: (socket, _params, uri) => socket.afterDiff(() => order.push(`at ${uri.search}`)),
  async handleEvent(socket, { name }) {
    await Promise.resolve();
    switch (name) {
      case "twice":
        socket.afterDiff(() => order.push("first")).afterDiff(() => order.push("second"));
        return socket.assign({ count: 1 });
      case "nothing":
        return socket.afterDiff(() => order.push("after nothing"));
      case "patch":
        return socket.afterDiff(() => order.push("after the patch")).pushPatch("/?a=2");
      case "go":
        return socket.afterDiff(() => order.push("never")).redirect({ to: "/other" });
      case "fail":
        return socket.afterDiff(() => {
          throw new Error("broken");
        });
      default:
        return undefined;
    }
  },
  handleInfo: (socket, count) => socket.assign({ count }).afterDiff(() => order.push(`heard ${count}`)),
  render: ({ count }) => html`<p>${live(part, { id: "part", given: count })}</p>`,
});

async function joined() {
  order = [];
  const router = createRouter([{ path: "/", view: page }]);
  const signer = new TokenSigner({ secret: "a secret", nowMs: () => 0 });
  const site = {
    router,
    signer,
    liveSession: "default",
    routed: true,
    identifiers: RANDOM_IDENTIFIERS,
    rootView: "page",
  };
  const pubsub = new PubSub();
  const process = new ViewProcess(
    { view: page, params: {}, session: {}, uri: new URL("http://chat/?a=1"), site },
    pubsub,
    {
      diff: (diff) => order.push(JSON.parse(diff)),
      navigate: (event) => order.push(event),
      closed: () => order.push("closed"),
      crashed: (error) => order.push(String(error)),
    },
  );
  const settled = () => new Promise(setImmediate);
  process.join(({ kind }) => order.push(`join ${kind}`));
  await settled();
  return {
    joined: order.splice(0),
    async event(name: string, cid: number | null = null) {
      const answer = (given: Answer) =>
        order.push(given.kind === "rendered" ? JSON.parse(given.diff) : given.kind);
      process.event({ type: "other", name, value: {} }, cid, answer);
      await settled();
      return order.splice(0);
    },
    async tell(...counts: readonly number[]) {
      for (const count of counts) pubsub.broadcast("counts", count);
      await settled();
      return order.splice(0);
    },
  };
}

test("what waits for a diff runs after the answer to a join, its components' too", async () => {
  expect((await joined()).joined).toEqual(["join rendered", "mounted", "at ?a=1", "part given 0"]);
});

test("what waits for a diff runs once, after it, in the order in which it was asked for", async () => {
  const { event, tell } = await joined();
  const given = (count: number) => ({ "0": 1, c: { "1": { "1": String(count) } } });
  expect(await event("twice")).toEqual([given(1), "first", "second", "part given 1"]);
  expect(await tell(2, 3)).toEqual([
    given(2),
    "heard 2",
    "part given 2",
    given(3),
    "heard 3",
    "part given 3",
  ]);
  expect(await event("other")).toEqual(["nothing"]);
});

test("where a render sends no diff, it runs all the same", async () => {
  const { event, tell } = await joined();
  expect(await event("nothing")).toEqual(["nothing", "after nothing"]);
  expect(await tell(0)).toEqual(["heard 0"]);
});

test("what a live component asks for runs after the diff that its event brings", async () => {
  const { event } = await joined();
  expect(await event("press", 1)).toEqual([{ c: { "1": { "0": "1" } } }, "part: press"]);
  expect(await event("leave", 1)).toEqual([
    { c: { "1": { "0": "2" } } },
    "part: leave",
    "redirect",
    "closed",
  ]);
});

test("a patch of the address comes before, and a view that goes elsewhere has no diff to wait for", async () => {
  const { event } = await joined();
  expect(await event("patch")).toEqual(["live_patch", "nothing", "after the patch", "at ?a=2"]);
  expect(await event("go")).toEqual(["redirect", "closed"]);
});

test("one that throws takes the view down", async () => {
  const { event } = await joined();
  expect(await event("fail")).toEqual(["nothing", "Error: broken"]);
});
