import { expect, test } from "vitest";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import type { Message } from "../../../reference-server/chat/message.ts";
import { constant } from "../../../reference-server/live/expression.ts";
import { compile } from "../../../reference-server/live/template.ts";
import type { ListAssigns, ListMode } from "../../../reference-server/web/chat/list-mode.ts";
import { MODES } from "../../../reference-server/web/chat/modes.ts";
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
  socket.assign({ limit: null, window: [], oldestId: 11, hasOlder: false, hasNewer: false });
  const show = () => {
    const diff = decoder.decode(JSON.stringify(["1", null, "lv:x", "diff", next()]));
    if (diff.kind !== "diff") throw new Error("a diff was expected");
    if (page === undefined) page = new LivePage(reader, diff.diff);
    else page.apply(diff.diff);
    return page.items.map(({ id, fields }) => [id, fields.content]);
  };
  const html = () => {
    if (page === undefined) show();
    return page?.html() ?? "";
  };
  return { socket, next, show, html };
}

const shown = (...ids: number[]) => ids.map((id) => [`messages-${id}`, `message ${id}`]);

test.each(Object.entries(MODES))("in %s, the list is what was done to it", (_, mode) => {
  const { socket, show } = listIn(mode);
  mode.show(socket, [message(11), message(12)]);
  expect(show()).toEqual(shown(11, 12));
  mode.insert(socket, message(13));
  expect(show()).toEqual(shown(11, 12, 13));
  mode.insert(socket, message(12));
  expect(show(), "one that is there already").toEqual(shown(11, 12, 13));
  mode.update(socket, message(12, "changed"));
  expect(show()[1]).toEqual(["messages-12", "changed"]);
  mode.update(socket, message(9));
  expect(show(), "an update of one that is not there").toHaveLength(3);
  mode.remove(socket, message(8));
  expect(show(), "a delete of one that is not there").toHaveLength(3);
  mode.remove(socket, message(12));
  expect(show(), "a delete of one that is there").toEqual(shown(11, 13));
  mode.prepend(socket, [message(9), message(10)]);
  socket.assign({ oldestId: 9 });
  expect(show()).toEqual(shown(9, 10, 11, 13));
  mode.insert(socket, message(14));
  expect(show(), "a new one after a page of history").toEqual(shown(9, 10, 11, 13, 14));
});

test("the modes write the same HTML, but for how the container says that the client keeps what is in it", () => {
  const pages = Object.values(MODES).map((mode) => {
    const { socket, html } = listIn(mode);
    mode.show(socket, [message(11), { ...message(12), edited: true }]);
    return html().replace(/ phx-update="(stream|append)"/, "");
  });
  expect(pages[0]).toContain("(edited)");
  expect(new Set(pages).size).toBe(1);
});

test("in append, a deleted message leaves an empty, hidden element behind", () => {
  const { socket, show, html } = listIn(MODES.append);
  MODES.append.show(socket, [message(11), message(12)]);
  show();
  MODES.append.remove(socket, message(11));
  show();
  expect(html()).toContain('<article id="messages-11" class="message" hidden>');
  expect(html()).not.toContain("message 11");
});

test("a stream with a limit is a window: what comes in at one end pushes out at the other", () => {
  const { socket, show } = listIn(MODES.stream);
  const { show: showAll, insert, prepend, append, remove } = MODES.stream;
  socket.assign({ limit: 3 });
  showAll(socket, [message(11), message(12), message(13)]);
  show();
  insert(socket, message(14));
  expect(show()).toEqual(shown(12, 13, 14));
  expect(socket.assigns).toMatchObject({ oldestId: 12, hasOlder: true, hasNewer: false });
  prepend(socket, [message(10), message(11)]);
  expect(show()).toEqual(shown(10, 11, 12));
  expect(socket.assigns).toMatchObject({ oldestId: 10, hasNewer: true });
  insert(socket, message(15));
  expect(show(), "a new message, behind what was pushed out").toEqual(shown(10, 11, 12));
  remove(socket, message(11));
  expect(show()).toEqual(shown(10, 12));
  append?.(socket, [message(13), message(14)]);
  expect(show()).toEqual(shown(12, 13, 14));
  expect(socket.assigns).toMatchObject({ oldestId: 12, window: [12, 13, 14] });
});

test("in components, an edit sends what differs, and a new message takes its statics from another one", () => {
  const { socket, next } = listIn(MODES.components);
  MODES.components.show(socket, [message(11), message(12)]);
  next();
  MODES.components.update(socket, { ...message(12, "changed"), edited: true });
  expect(next()).toEqual({
    c: { "2": { "1": { "5": { s: [' <span class="edited">(edited)</span>'] }, "6": "changed" } } },
  });
  MODES.components.update(socket, { ...message(12, "again"), edited: true });
  expect(next()).toEqual({ c: { "2": { "1": { "6": "again" } } } });
  MODES.components.insert(socket, message(13));
  expect(next()).toEqual({
    "0": { k: { "0": { "0": 3 }, kc: 1 }, stream: ["0", [["messages-13", -1, null, false]], []] },
    c: {
      "3": {
        "0": ' id="messages-13"',
        "1": {
          "0": expect.stringMatching(/^ style="/),
          "1": "A",
          "2": "alice",
          "3": ' datetime="2026-01-02T03:04:05Z"',
          "4": "2026-01-02 03:04",
          "5": "",
          "6": "message 13",
          "7": "",
        },
        s: -1,
      },
    },
  });
});

test("in components, an edit of a message that is not on the page sends nothing, and holds nothing", () => {
  const { socket, next } = listIn(MODES.components);
  MODES.components.show(socket, [message(11)]);
  next();
  MODES.components.update(socket, message(9));
  expect(next()).toEqual({});
});
