import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ServerMemory } from "../../../harness/run/server-memory.ts";

/** A server that gives these answers in turn, and notes what it is asked. */
async function serverThatAnswers(answers: readonly { readonly status?: number; readonly body: string }[]) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const { status = 200, body } = answers[asked.length] ?? { body: "" };
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, status === 302 ? { location: "/log_in" } : {}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const holds = (connections: number, heapUsedBytes: number, externalBytes: number) => ({
  body: JSON.stringify({ connections, heapUsedBytes, externalBytes }),
});

const { signal } = new AbortController();

async function metricAfter(origin: string, readings: number) {
  const memory = new ServerMemory(origin);
  for (let reading = 0; reading < readings; reading += 1) await memory.read(signal);
  return memory.metric("stream");
}

test("readings at different numbers of connections give what one more costs, on the heap and beside it", async () => {
  const answers = [holds(10, 1_000_000, 500_000), holds(30, 1_300_000, 600_000)];
  const { origin, asked } = await serverThatAnswers(answers);
  expect(await metricAfter(origin, 2)).toEqual({
    name: "memory.server.per_connection",
    mode: "stream",
    unit: "bytes",
    kind: "slope",
    values: { perUnit: 20_000, intercept: 1_300_000, low: null, high: null, count: 2 },
  });
  expect(asked).toEqual(["GET /debug/memory", "GET /debug/memory"]);
});

test.each([
  ["does not know the question", { status: 404, body: "Not Found" }],
  ["asks for a log-in", { status: 302, body: "" }],
  ["answers with a page", { body: "<html></html>" }],
  ["answers with other JSON", { body: '{"heapUsedBytes":1}' }],
  ["answers with a fraction", { body: '{"connections":1.5,"heapUsedBytes":1,"externalBytes":1}' }],
  ["answers with nothing", { body: "" }],
])("a server that %s gives no reading, which is no metric", async (_, answer) => {
  const { origin, asked } = await serverThatAnswers([holds(10, 1, 1), answer]);
  expect(await metricAfter(origin, 2)).toBe(undefined);
  expect(asked.length).toBe(2);
});

test("readings at one number of connections are no metric", async () => {
  const { origin } = await serverThatAnswers([holds(10, 1_000_000, 0), holds(10, 2_000_000, 0)]);
  expect(await metricAfter(origin, 2)).toBe(undefined);
});

test("an abort ends a reading with its reason", async () => {
  const { origin } = await serverThatAnswers([]);
  const reading = new ServerMemory(origin).read(AbortSignal.abort(new Error("the server died")));
  await expect(reading).rejects.toThrow("the server died");
});
