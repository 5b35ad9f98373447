import { afterEach, expect, test } from "vitest";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import { Messages } from "../../../reference-server/chat/messages.ts";
import { Rooms } from "../../../reference-server/chat/rooms.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { type Database, openDatabase } from "../../../reference-server/chat/store/database.ts";
import { encodePush } from "../../../reference-server/live/envelope.ts";
import type { Json } from "../../../reference-server/live/json.ts";
import { ViewProcess } from "../../../reference-server/live/view-process.ts";
import type { Answer } from "../../../reference-server/live/view-start.ts";
import { Presence } from "../../../reference-server/presence/presence.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { MODES, type ModeName } from "../../../reference-server/web/chat/modes.ts";
import type { PageMeta } from "../../../reference-server/web/room/members.ts";
import { roomView } from "../../../reference-server/web/room/room-view.ts";
import { seededSession } from "../chat/seeded-session.ts";

let database: Database;
afterEach(() => database.destroy());

const reader = createListReader({ list: "#messages", fields: { content: ".content" } });
const settled = () => new Promise(setImmediate);

const PAGE_ID = "the page";

/** A room in which nobody has written yet, and a page of it, to be joined. @param query of its address */
async function emptyRoom(mode: ModeName, query = "") {
  database = await openDatabase(":memory:");
  await seedDatabase(database, { seed: 1, messagesPerRoom: 0 });
  const pubsub = new PubSub();
  const messages = new Messages({ database, pubsub, messageTimeMs: () => 0 });
  const { sessions, token, user: me } = await seededSession(database, "alice");
  const presence = new Presence<PageMeta>({ pubsub, replica: "only" });
  const decoder = new FrameDecoder();
  const decoded = (diff: Json) => {
    const frame = decoder.decode(encodePush("1", "lv:x", "diff", diff));
    return frame.kind === "diff" ? frame.diff : expect.unreachable("a diff was expected");
  };
  /** What has left the server for the page, in order. */
  const left: string[] = [];
  pubsub.subscribe(`page:${PAGE_ID}:event_bus:1`, () => left.push("event of the channel"));
  let page: LivePage | undefined;
  const process = new ViewProcess(
    {
      view: roomView(mode, {
        rooms: new Rooms(database),
        messages,
        sessions,
        presence,
        pubsub,
        limit: null,
        faults: new Set(),
      }),
      params: { id: "1", ...Object.fromEntries(new URLSearchParams(query)) },
      session: { token },
      uri: new URL(`http://127.0.0.1/rooms/1${query}`),
      pageId: PAGE_ID,
    },
    pubsub,
    {
      diff(diff) {
        left.push("diff");
        page?.apply(decoded(diff));
      },
      navigate: (event) => expect.unreachable(event),
      closed: () => expect.unreachable("closed"),
      crashed: (error) => expect.unreachable(String(error)),
    },
  );
  const join = async () => {
    const answer = await new Promise<Answer>((resolve) => process.join(resolve));
    if (answer.kind !== "rendered") return expect.unreachable(answer.kind);
    page = new LivePage(reader, decoded(answer.diff));
  };
  const shown = () => page?.items.map(({ fields }) => fields.content);
  const members = () => presence.list("room:1").map(({ key }) => Number(key));
  return { process, join, messages, me, members, shown, left };
}

test.each(Object.keys(MODES) as ModeName[])(
  "in %s, the first message of a room is changed where it is, and goes",
  async (mode) => {
    const { join, messages, me, shown } = await emptyRoom(mode);
    await join();
    await messages.create(1, me, "first");
    await settled();
    expect(shown()).toEqual(["first"]);
    const [first] = await messages.last(1);
    if (first === undefined) return expect.unreachable("the message was not stored");
    await messages.update(first, "changed");
    await settled();
    expect(shown()).toEqual(["changed"]);
    await messages.delete(first);
    await settled();
    expect(shown()).toEqual([]);
  },
);

test.each(Object.keys(MODES) as ModeName[])(
  "in %s, the channel beside the view is told of a message when the diff that holds it has left",
  async (mode) => {
    const { join, messages, me, left } = await emptyRoom(mode, "?after=channel&members=off");
    await join();
    await messages.create(1, me, "first");
    await settled();
    expect(left).toEqual(["diff", "event of the channel"]);
  },
);

test("who is in a room is counted there until his view ends", async () => {
  const { process, join, me, members } = await emptyRoom("stream");
  await join();
  expect(members()).toEqual([me.id]);
  process.stop();
  await settled();
  expect(members()).toEqual([]);
});

test("whose view ends while it mounts is not counted when that is done", async () => {
  const { process, messages, members } = await emptyRoom("stream");
  const { promise, resolve } = Promise.withResolvers<[]>();
  messages.last = () => promise;
  process.join(() => expect.unreachable("answered"));
  await settled();
  process.stop();
  resolve([]);
  await settled();
  expect(members()).toEqual([]);
});
