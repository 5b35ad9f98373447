import { describe, expect, test } from "vitest";
import { faultyView, InsertCount } from "../../../reference-server/faults/faulty-view.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import { html } from "../../../reference-server/live/template.ts";
import { type ClientEvent, defineView } from "../../../reference-server/live/view.ts";
import { ViewProcess } from "../../../reference-server/live/view-process.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { manualTime } from "./manual-time.ts";

interface Assigns {
  readonly heard: number;
  readonly at?: string;
}
type Told = { readonly kind: string; readonly message: { readonly id: number } };

const done: string[] = [];

const plain = defineView<Assigns, Told>({
  name: "plain",
  mount: (socket) => done.push("mount") && socket.subscribe("room:1").assign({ heard: 0 }),
  handleParams: (socket, _params, uri) => done.push("params") && socket.assign({ at: uri.pathname }),
  handleEvent: (_socket, { name }) => void done.push(name),
  handleInfo: (socket, { message }) => socket.assign({ heard: message.id }),
  render: ({ heard }) => html`<p>${heard}</p>`,
});

function faulty(...faults: Fault[]) {
  done.length = 0;
  const clock = manualTime();
  const isAtAddress = ({ assigns }: Socket<Assigns>) => assigns.at !== undefined;
  const view = faultyView(plain, new Set(faults), isAtAddress, new InsertCount(), clock.time);
  return { view, ...clock };
}

const silent = { subscribe: () => {}, unsubscribe: () => {} };
const socketOf = (connected: boolean, connectParams = {}) =>
  new Socket<Assigns>({ ...silent, connected, connectParams });
const created = (id: number): Told => ({ kind: "message_created", message: { id } });

test("without a fault a view is itself", () => {
  expect(faulty().view).toBe(plain);
});

test("slow-mount burns 50 ms for the page that is sent first, and none for its socket", async () => {
  const { view, burnt } = faulty("slow-mount");
  await view.mount(socketOf(false), {}, {});
  expect(burnt).toEqual([50]);
  await view.mount(socketOf(true), {}, {});
  expect(burnt).toEqual([50]);
});

test("slow-rejoin holds up 200 ms who was joined before, and nobody else", async () => {
  const { view, waitedFor, pass } = faulty("slow-rejoin");
  await view.mount(socketOf(true, { _mounts: 0 }), {}, {});
  expect([done, waitedFor()]).toEqual([["mount"], []]);
  const again = view.mount(socketOf(true, { _mounts: 1 }), {}, {});
  expect([done, waitedFor()]).toEqual([["mount"], [200]]);
  await pass();
  await again;
  expect(done).toEqual(["mount", "mount"]);
});

test("slow-switch holds another address up by 50 ms, not the first one", async () => {
  const { view, waitedFor, pass } = faulty("slow-switch");
  const socket = socketOf(true);
  await view.handleParams?.(socket, {}, new URL("http://chat/rooms/1"));
  expect([socket.assigns.at, waitedFor()]).toEqual(["/rooms/1", []]);
  const switched = view.handleParams?.(socket, {}, new URL("http://chat/rooms/2"));
  expect([socket.assigns.at, waitedFor()]).toEqual(["/rooms/1", [50]]);
  await pass();
  await switched;
  expect(socket.assigns.at).toBe("/rooms/2");
});

test("forget-draft ignores what forms send to be recovered, and no other event", () => {
  const { view } = faulty("forget-draft");
  for (const name of ["validate", "recover_draft", "restore_form", "restore_state", "send"]) {
    const event: ClientEvent = { type: "form", name, form: new URLSearchParams() };
    view.handleEvent?.(socketOf(true), event);
  }
  expect(done).toEqual(["validate", "send"]);
});

test("a view at no route stays one", () => {
  const { handleParams: _, ...placeless } = plain;
  expect(faultyView(placeless, new Set(["slow-switch"])).handleParams).toBeUndefined();
});

describe("of every tenth new message, on one of two pages,", () => {
  async function pages(...faults: Fault[]) {
    const { view } = faulty(...faults);
    const pubsub = new PubSub();
    const frames: unknown[][] = [];
    for (const page of [0, 1]) {
      const pushed: unknown[] = [];
      frames[page] = pushed;
      const start = { view, params: {}, session: {}, uri: new URL("http://chat/rooms/1") };
      const process = new ViewProcess(start, pubsub, {
        diff: (diff) => pushed.push(JSON.parse(diff)[0]),
        navigate: () => {},
        closed: () => {},
        crashed: (error) => pushed.push(error),
      });
      await new Promise((resolve) => process.join(resolve));
    }
    return {
      frames,
      async tell(...messages: Told[]) {
        for (const message of messages) {
          pubsub.broadcast("room:1", message);
          await new Promise(setImmediate);
        }
      },
    };
  }
  const ids = Array.from({ length: 20 }, (_, index) => index + 101);
  const all = ids.map(String);

  test("lose-insert shows nothing", async () => {
    const { frames, tell } = await pages("lose-insert");
    await tell(...ids.map(created));
    expect(frames).toEqual([all.filter((id) => id !== "110" && id !== "120"), all]);
  });

  test("duplicate-insert sends the frame twice", async () => {
    const { frames, tell } = await pages("duplicate-insert");
    await tell(...ids.map(created));
    expect(frames).toEqual([all.flatMap((id) => (id === "110" || id === "120" ? [id, id] : [id])), all]);
  });

  test("changes of messages count for nothing", async () => {
    const { frames, tell } = await pages("lose-insert");
    await tell(...ids.map((id) => ({ kind: "message_updated", message: { id } })));
    expect(frames).toEqual([all, all]);
  });
});
