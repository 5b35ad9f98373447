import { afterAll, beforeAll, expect, test } from "vitest";
import { createServer } from "../../../../reference-server/server.ts";

let server: Awaited<ReturnType<typeof createServer>>;
const log: string[] = [];

beforeAll(async () => {
  server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 1,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: true,
    log: (line) => log.push(line),
    nowMs: () => 0,
  });
});
afterAll(async () => {
  await server.close();
  expect(log).toEqual([]);
});

const page = (id: string, start: unknown, more = "") =>
  server.inject(`/keyed/sequences/${id}?start=${encodeURIComponent(JSON.stringify(start))}${more}`);

test("a page begins as its address says, and is later as its sequence has become", async () => {
  const start = { items: [{ id: "a" }, { id: "b" }] };
  expect((await page("1", start)).body).toContain('id="items-b"');
  const told = await server.inject({
    method: "POST",
    url: "/debug/sequences/1",
    payload: [{ kind: "delete", id: "b" }],
  });
  expect([told.statusCode, told.json()]).toEqual([200, { version: 1 }]);
  const again = (await page("1", start)).body;
  expect([again.includes('id="items-a"'), again.includes('id="items-b"')]).toEqual([true, false]);
  expect((await server.inject("/debug/sequences/1?version=1")).json()).toEqual({ version: 1 });
});

test.each([
  ["a start that cannot be read", () => page("2", { items: 1 }), 400],
  ["a list that there is not", () => page("2", {}, "&list=z"), 400],
  ["a sequence that has not begun", () => server.inject("/debug/sequences/none?version=0"), 404],
  [
    "operations of a sequence that has not begun",
    () => server.inject({ method: "POST", url: "/debug/sequences/none", payload: [] }),
    404,
  ],
  [
    "operations that are none",
    async () => {
      await page("3", {});
      return server.inject({ method: "POST", url: "/debug/sequences/3", payload: [{ kind: "burn" }] });
    },
    400,
  ],
])("%s is refused", async (_, ask, status) => {
  expect((await ask()).statusCode).toBe(status);
});
