import { afterEach, expect, test } from "vitest";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import { Messages } from "../../../reference-server/chat/messages.ts";
import { Rooms } from "../../../reference-server/chat/rooms.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { type Database, openDatabase } from "../../../reference-server/chat/store/database.ts";
import type { Diff } from "../../../reference-server/live/diff.ts";
import { ViewProcess } from "../../../reference-server/live/view-process.ts";
import type { Answer } from "../../../reference-server/live/view-start.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { MODES, type ModeName } from "../../../reference-server/web/chat/modes.ts";
import { roomView } from "../../../reference-server/web/room/room-view.ts";
import { seededSession } from "../chat/seeded-session.ts";

let database: Database;
afterEach(() => database.destroy());

const reader = createListReader({ list: "#messages", fields: { content: ".content" } });
const settled = () => new Promise(setImmediate);

/** A room in which nobody has written yet, and the page of somebody who is in it. */
async function emptyRoom(mode: ModeName) {
  database = await openDatabase(":memory:");
  await seedDatabase(database, { seed: 1, messagesPerRoom: 0 });
  const pubsub = new PubSub();
  const messages = new Messages({ database, pubsub, messageTimeMs: () => 0 });
  const { sessions, token, user: me } = await seededSession(database, "alice");
  const decoder = new FrameDecoder();
  const decoded = (diff: Diff) => {
    const frame = decoder.decode(JSON.stringify(["1", null, "lv:x", "diff", diff]));
    return frame.kind === "diff" ? frame.diff : expect.unreachable("a diff was expected");
  };
  let page: LivePage | undefined;
  const process = new ViewProcess(
    {
      view: roomView(mode, {
        rooms: new Rooms(database),
        messages,
        sessions,
        pubsub,
        limit: null,
        faults: new Set(),
      }),
      params: { id: "1" },
      session: { token },
      uri: new URL("http://127.0.0.1/rooms/1"),
    },
    pubsub,
    {
      diff: (diff) => void page?.apply(decoded(diff)),
      navigate: (event) => expect.unreachable(event),
      closed: () => expect.unreachable("closed"),
      crashed: (error) => expect.unreachable(String(error)),
    },
  );
  const answer = await new Promise<Answer>((resolve) => process.join(resolve));
  if (answer.kind !== "rendered") return expect.unreachable(answer.kind);
  page = new LivePage(reader, decoded(answer.diff));
  const shown = () => page?.items.map(({ fields }) => fields.content);
  return { messages, me, shown };
}

test.each(Object.keys(MODES) as ModeName[])(
  "in %s, the first message of a room is changed where it is, and goes",
  async (mode) => {
    const { messages, me, shown } = await emptyRoom(mode);
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
