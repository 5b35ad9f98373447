import { expect, test } from "vitest";
import { createListReader, LivePage } from "../../../harness/page/live-page.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import type { Message } from "../../../reference-server/chat/message.ts";
import { constant } from "../../../reference-server/live/expression.ts";
import { compile } from "../../../reference-server/live/template.ts";
import type { ListAssigns, ListMode } from "../../../reference-server/web/room/list-mode.ts";
import { MODES } from "../../../reference-server/web/room/modes.ts";
import { renderedSocket } from "../live/rendered-socket.ts";

const message = (id: number, content = `message ${id}`): Message => ({
  id,
  roomId: 1,
  senderId: 1,
  senderName: "alice",
  content,
  insertedAt: "2026-01-02T03:04:05Z",
  edited: false,
});

const reader = createListReader({ list: "#messages", fields: { content: ".content" } });

/** A list in a mode, and what a simulated user makes of its frames. */
function listIn(mode: ListMode) {
  const template = compile<ListAssigns>((assigns) => mode.render(assigns, constant({ id: 2, name: "bob" })));
  const { socket, next } = renderedSocket<ListAssigns>(template);
  const decoder = new FrameDecoder();
  let page: LivePage | undefined;
  const show = () => {
    const diff = decoder.decode(JSON.stringify(["1", null, "lv:x", "diff", next()]));
    if (diff.kind !== "diff") throw new Error("a diff was expected");
    if (page === undefined) page = new LivePage(reader, diff.diff);
    else page.apply(diff.diff);
    return page.items.map(({ id, fields }) => [id, fields.content]);
  };
  return { socket, show };
}

test.each(Object.entries(MODES))("in %s, the list is what was done to it", (_, mode) => {
  const { socket, show } = listIn(mode);
  const shown = (...ids: number[]) => ids.map((id) => [`messages-${id}`, `message ${id}`]);
  mode.mount(socket, [message(11), message(12)]);
  expect(show()).toEqual(shown(11, 12));
  mode.insert(socket, message(13));
  expect(show()).toEqual(shown(11, 12, 13));
  mode.insert(socket, message(12));
  expect(show(), "one that is there already").toEqual(shown(11, 12, 13));
  mode.update(socket, message(12, "changed"));
  expect(show()[1]).toEqual(["messages-12", "changed"]);
  mode.update(socket, message(99));
  mode.remove(socket, message(98));
  mode.remove(socket, message(12));
  expect(show(), "those that are not there").toEqual(shown(11, 13));
  mode.prepend(socket, [message(9), message(10)]);
  expect(show()).toEqual(shown(9, 10, 11, 13));
});
