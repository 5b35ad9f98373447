import { describe, expect, test } from "vitest";
import type { SocketFrame } from "../../../harness/browser/socket-traffic.ts";
import { micros } from "../../../harness/core/units.ts";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { MirroredPage } from "../../../harness/run/mirrored-page.ts";
import { RECORDED_LIST, RecordedUser } from "../../conformance/recorded-user.ts";
import { recording } from "../../conformance/recording.ts";

const NONE = new Map<string, readonly string[]>();

const mirror = () => new MirroredPage(createListReader(RECORDED_LIST), () => micros(7_000_000));

describe("given the frames of a recording, it shows what a simulated user shows", () => {
  test.each(["chrome-stream", "stream", "stateful", "keyed", "limited"])("%s", (name) => {
    const [page, user] = [mirror(), new RecordedUser()];
    let joined = false;
    for (const recorded of recording(name)) {
      user.take(recorded);
      page.take({
        direction: recorded.dir === "out" ? "sent" : "received",
        socket: "1",
        text: recorded.data,
      });
      joined ||= recorded.data.includes('"rendered"');
      if (recorded.step === "leave") break;
      page.catchUp(NONE);
      if (joined) expect(page.items).toEqual(user.page.items);
    }
    expect([joined, page.problem]).toEqual([true, null]);
  });
});

/** Frames of a page whose list holds these ids, `at` the number of its join. */
function joinOn(socket: string, update: string, mounts: number, ids: readonly string[]): SocketFrame[] {
  const keyed = Object.fromEntries(ids.map((id, index) => [index, { "0": id }]));
  const list = { s: ['<p id="', '"></p>'], k: { ...keyed, kc: ids.length } };
  const rendered = { "0": list, s: [`<div id="messages" phx-update="${update}">`, "</div>"] };
  const response = { rendered };
  const join = ["4", "4", "lv:phx-1", "phx_join", { url: "http://x/", params: { _mounts: mounts } }];
  return [
    { direction: "sent", socket, text: JSON.stringify(join) },
    {
      direction: "received",
      socket,
      text: JSON.stringify(["4", "4", "lv:phx-1", "phx_reply", { status: "ok", response }]),
    },
  ];
}

const ids = (page: MirroredPage) => page.items?.map(({ id }) => id);
const diff = (text: object): SocketFrame => ({
  direction: "received",
  socket: "1",
  text: JSON.stringify(["4", null, "lv:phx-1", "diff", text]),
});

test("before the first join it shows nothing, and has kept no frame", () => {
  const page = mirror();
  page.catchUp(NONE);
  expect([page.items, page.kept()]).toEqual([null, null]);
});

test("what stood in a container that appends is where it was, at the first join and at one more after a cut", () => {
  const page = mirror();
  for (const frame of joinOn("1", "append", 0, ["b", "a"])) page.take(frame);
  page.catchUp(new Map([["messages", ["a"]]]));
  expect(ids(page)).toEqual(["a", "b"]);
  for (const frame of joinOn("2", "append", 1, ["b", "c", "a"])) page.take(frame);
  page.catchUp(NONE);
  expect(ids(page)).toEqual(["a", "b", "c"]);
});

test("another document begins anew", () => {
  const page = mirror();
  for (const frame of joinOn("1", "append", 0, ["a", "b"])) page.take(frame);
  for (const frame of joinOn("2", "append", 0, ["b", "a"])) page.take(frame);
  page.catchUp(NONE);
  expect(ids(page)).toEqual(["b", "a"]);
});

test("its frames are kept from the join on, and once everybody was checked from then on", () => {
  const page = mirror();
  const frames = [diff({ "0": { k: { "0": { "0": "b" }, kc: 1 } } }), diff({ "0": { k: { kc: 0 } } })];
  for (const frame of [...joinOn("1", "replace", 0, ["a"]), ...frames.slice(0, 1)]) page.take(frame);
  page.catchUp(NONE);
  expect(page.kept()).toMatchObject({
    base: { after: "join", viewId: "phx-1" },
    frames: [{ event: "diff" }],
  });
  page.startAnew();
  expect(page.kept()).toMatchObject({ base: { after: "checkpoint" }, frames: [] });
  for (const frame of frames.slice(1)) page.take(frame);
  page.catchUp(NONE);
  expect(page.kept()?.frames.map(({ payloadText }) => payloadText)).toEqual(['{"0":{"k":{"kc":0}}}']);
  expect(ids(page)).toEqual([]);
});

test("a frame that it cannot take is told, and those behind it are not taken", () => {
  const page = mirror();
  for (const frame of joinOn("1", "replace", 0, ["a"])) page.take(frame);
  page.take(diff({ "5": "no such slot" }));
  page.take(diff({ "0": { k: { kc: 0 } } }));
  page.catchUp(NONE);
  expect(page.problem?.code).toBe("protocol");
  expect(ids(page)).toEqual(["a"]);
});
