import { expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import { faultyRoomView } from "../../../reference-server/faults/faulty-room-view.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import { html } from "../../../reference-server/live/template.ts";
import { type ClientEvent, defineView } from "../../../reference-server/live/view.ts";
import type { RoomAssigns } from "../../../reference-server/web/room/room-assigns.ts";

const message = { id: 7, content: "mine" } as Message;
const event = (name: string): ClientEvent => ({ type: "other", name, value: {} });

const room = defineView<RoomAssigns, { readonly kind: string }>({
  name: "room",
  mount: (socket) => socket.assign({ editing: null }),
  handleEvent: (socket, { name }) => socket.assign({ editing: name === "edit" ? message : null }),
  handleInfo: () => {},
  render: () => html`<p></p>`,
});

function pages(...faults: Fault[]) {
  const view = faultyRoomView(room, new Set(faults));
  const page = () => {
    const socket = new Socket<RoomAssigns>({ connected: true, subscribe: () => {}, unsubscribe: () => {} });
    socket.assign({ editing: null });
    return {
      event: (name: string) => view.handleEvent?.(socket, event(name)),
      told: (kind: string) => view.handleInfo?.(socket, { kind }),
      pushed: () => socket.takeEvents(),
      editing: () => socket.assigns.editing?.id ?? null,
    };
  };
  return { view, mine: page(), other: page() };
}

test("without a fault that concerns it a room page is itself", () => {
  expect(pages("drop-delete").view).toBe(room);
});

test("overwrite-draft tells every page of a new message what its author's page is told: that the draft was sent", async () => {
  const { other } = pages("overwrite-draft");
  await other.told("message_updated");
  expect(other.pushed()).toEqual([]);
  await other.told("message_created");
  expect(other.pushed()).toEqual([["message_sent", {}]]);
});

test("naive-overrun answers whoever asks for history with the page before the oldest, as often as he asks", async () => {
  const asked: unknown[] = [];
  const noting: typeof room = {
    ...room,
    handleEvent: (socket, { name, ...event }) => {
      asked.push([name, "value" in event && event.value]);
      if (name === "load_older") socket.assign({ oldestId: socket.assigns.oldestId - 10 });
    },
  };
  const view = faultyRoomView(noting, new Set<Fault>(["naive-overrun"]));
  const socket = new Socket<RoomAssigns>({ connected: true, subscribe: () => {}, unsubscribe: () => {} });
  await view.mount(socket, {}, { token: "" } as Parameters<typeof view.mount>[2]);
  expect(socket.assigns.historyBy).toBe("elsewhere");
  socket.assign({ oldestId: 50 });
  for (const value of [{ id: "messages-50", _overran: true }, { id: "messages-50" }])
    await view.handleEvent?.(socket, { type: "other", name: "load_older", value });
  await view.handleEvent?.(socket, { type: "other", name: "edit", value: { id: 7 } });
  expect(asked).toEqual([
    ["load_older", { id: "history-50" }],
    ["load_older", { id: "history-40" }],
    ["edit", { id: 7 }],
  ]);
});

test("foreign-form opens the editor of one reader on the others' pages when they change", async () => {
  const { mine, other } = pages("foreign-form");
  await other.told("message_created");
  expect(other.editing()).toBeNull();
  await mine.event("edit");
  expect([mine.editing(), other.editing()]).toEqual([7, null]);
  await other.told("message_created");
  expect(other.editing()).toBe(7);
});
