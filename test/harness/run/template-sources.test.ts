import { expect, test } from "vitest";
import { templatePrint } from "../../../harness/core/anatomy.ts";
import { fetchSources, sourcesIn } from "../../../harness/run/template-sources.ts";

const ROOM = { statics: ["<h2>", "</h2>"], source: "web/room.ts:12", slots: ["room.name"] };
const place = (statics: readonly string[], at: number | null) => ({ print: templatePrint(statics), at });

test("a template is found by what it sends: its statics, and what is in its slots", () => {
  const sourceOf = sourcesIn([ROOM]);
  expect(sourceOf(place(ROOM.statics, null))).toBe("web/room.ts:12");
  expect(sourceOf(place(ROOM.statics, 0))).toBe("web/room.ts:12 room.name");
  expect(sourceOf(place(ROOM.statics, 1))).toBe(undefined);
  expect(sourceOf(place(["<h2>", "</h3>"], null))).toBe(undefined);
});

test("of two that send the same and are written in different places nobody knows which one it was", () => {
  const elsewhere = { ...ROOM, source: "web/rooms.ts:7" };
  const sourceOf = sourcesIn([ROOM, elsewhere, ROOM]);
  expect(sourceOf(place(ROOM.statics, null))).toBe(undefined);
  expect(sourceOf(place(ROOM.statics, 0))).toBe(undefined);
});

test("where one template is called with different things, the file is known and what is in the slot is not", () => {
  const sourceOf = sourcesIn([ROOM, { ...ROOM, slots: ["rooms[].name"] }]);
  expect(sourceOf(place(ROOM.statics, null))).toBe("web/room.ts:12");
  expect(sourceOf(place(ROOM.statics, 0))).toBe("web/room.ts:12");
});

test("of a server that cannot be reached nothing is known, and that is no error here", async () => {
  const sourceOf = await fetchSources("http://127.0.0.1:9", "/rooms/1", new AbortController().signal);
  expect(sourceOf(place(ROOM.statics, null))).toBe(undefined);
});
