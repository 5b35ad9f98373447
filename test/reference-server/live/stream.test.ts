import { expect, test } from "vitest";
import { Socket } from "../../../reference-server/live/socket.ts";
import type { LiveStream } from "../../../reference-server/live/stream.ts";
import { attr, compile, each, html } from "../../../reference-server/live/template.ts";
import { renderedSocket } from "./rendered-socket.ts";

interface Item {
  readonly id: number;
  readonly text: string;
}

interface Assigns {
  readonly title: string;
  readonly streams: { readonly items: LiveStream<Item> };
}

const template = compile<Assigns>(
  ({ streams, title }) =>
    html`<ul>${each(streams.items, ({ domId, item }) => html`<li${attr("id", domId)}>${item.text}</li>`)}</ul><p>${title}</p>`,
);

const LI = ["<li", ">", "</li>"];

/** A socket with a stream of these items that has been rendered once. */
function mounted(items: readonly Item[] = [], options?: Parameters<Socket<Assigns>["stream"]>[2]) {
  const { socket, next } = renderedSocket<Assigns>(template);
  socket.assign({ title: "t" }).stream("items", items, options);
  return { socket, first: next(), next };
}

const item = (id: number, text = `text ${id}`): Item => ({ id, text });
const entry = (id: number, text = `text ${id}`) => ({ "0": ` id="items-${id}"`, "1": text });

test("a new stream sends its items in order, its inserts newest first, update_only null", () => {
  expect(mounted([item(1), item(2)]).first["0"]).toEqual({
    k: { "0": entry(1), "1": entry(2), kc: 2 },
    s: 0,
    stream: [
      "0",
      [
        ["items-2", -1, null, null],
        ["items-1", -1, null, null],
      ],
      [],
    ],
  });
});

test("an empty new stream is sent, so that the page knows it", () => {
  expect(mounted().first["0"]).toEqual({ k: { kc: 0 }, s: 0, stream: ["0", [], []] });
});

test("after a render the view holds no item", () => {
  const { socket } = mounted([item(1), item(2)]);
  const { inserts, deletes, reset } = socket.assigns.streams.items;
  expect({ inserts, deletes, reset }).toEqual({ inserts: [], deletes: [], reset: false });
});

test("an insert sends its entry, without the statics of the list", () => {
  const { socket, next } = mounted([item(1)]);
  socket.streamInsert("items", item(2));
  expect(next()).toEqual({
    "0": { k: { "0": entry(2), kc: 1 }, stream: ["0", [["items-2", -1, null, false]], []] },
  });
});

test("a delete sends an empty list and the id", () => {
  const { socket, next } = mounted([item(1)]);
  socket.streamDelete("items", item(1));
  expect(next()).toEqual({ "0": { k: { kc: 0 }, stream: ["0", [], ["items-1"]] } });
});

test("a bulk insert at the front puts each item first in turn", () => {
  const { socket, next } = mounted([item(9)]);
  socket.stream("items", [item(8), item(7)], { at: 0 });
  expect(next()).toEqual({
    "0": {
      k: { "0": entry(8), "1": entry(7), kc: 2 },
      stream: [
        "0",
        [
          ["items-7", 0, null, false],
          ["items-8", 0, null, false],
        ],
        [],
      ],
    },
  });
});

test("a reset says so, and inserts what it was given", () => {
  const { socket, next } = mounted([item(1)]);
  socket.stream("items", [item(2)], { reset: true });
  expect(next()).toEqual({
    "0": { k: { "0": entry(2), kc: 1 }, stream: ["0", [["items-2", -1, null, false]], [], true] },
  });
});

test("of two inserts of one id in a render the later is rendered, and both are told", () => {
  const { socket, next } = mounted();
  socket.streamInsert("items", item(1, "old")).streamInsert("items", item(1, "new"));
  expect(next()).toEqual({
    "0": {
      k: { "0": entry(1, "new"), kc: 1 },
      stream: [
        "0",
        [
          ["items-1", -1, null, false],
          ["items-1", -1, null, false],
        ],
        [],
      ],
    },
  });
});

test("limit and update_only travel with the insert", () => {
  const { socket, next } = mounted();
  socket.streamInsert("items", item(1), { at: 0, limit: -5, updateOnly: true });
  expect(next()["0"]).toMatchObject({ stream: ["0", [["items-1", 0, -5, true]], []] });
});

test("a stream may name its elements by a function of its own", () => {
  const { first } = mounted([item(1)], { domId: ({ id }) => `row_${id}` });
  expect(first["0"]).toMatchObject({ k: { "0": { "0": ' id="row_1"' } } });
});

test("a change beside the stream does not send it again", () => {
  const { socket, next } = mounted([item(1)]);
  socket.assign({ title: "other" });
  expect(next()).toEqual({ "1": "other" });
});

test("the statics of the list are sent once", () => {
  const { first } = mounted([item(1)]);
  expect(first.p).toEqual({ "0": LI, "1": ["<ul>", "</ul><p>", "</p>"] });
});

test("an item without an id is refused, with the name of the stream", () => {
  const socket = new Socket<Assigns>({
    connected: true,
    subscribe: () => {},
    unsubscribe: () => {},
  });
  expect(() => socket.stream("items", ["x" as unknown as Item])).toThrow(/stream "items" have no id/);
});
