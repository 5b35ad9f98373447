import { expect, test } from "vitest";
import { createServer } from "../../../../reference-server/server.ts";
import { streamCasesPath } from "../../../../reference-server/web/stream-cases/stream-cases-view.ts";

test.each([
  ["is there to be measured", true, streamCasesPath("keyed", { items: [{ id: "a" }] }), 200],
  ["is there to be measured, for a beginning that cannot be read", true, "/keyed/stream-cases?start={", 400],
  ["is not", false, streamCasesPath("keyed", {}), 404],
])("a server that %s answers the page of cases accordingly", async (_, instrument, path, status) => {
  const server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 1,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument,
    log: (line) => expect.unreachable(line),
    nowMs: () => 0,
  });
  const { statusCode } = await server.inject(path);
  await server.close();
  expect(statusCode).toBe(status);
});
