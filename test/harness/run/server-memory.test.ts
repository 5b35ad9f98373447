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

/** For one reading: it is asked again whether that is less. */
const repeated = <Answer>(answer: Answer): [Answer, Answer] => [answer, answer];

const { signal } = new AbortController();

const REPORT = { kind: "report" } as const;

async function metricAfter(origin: string, readings: number) {
  const memory = new ServerMemory({ origin, memory: REPORT });
  for (let reading = 0; reading < readings; reading += 1) await memory.read(0, signal);
  return memory.metric("memory.server.per_connection", "stream");
}

test("readings at different numbers of connections give what one more costs, on the heap and beside it", async () => {
  const { origin } = await serverThatAnswers([
    ...repeated(holds(10, 1_000_000, 500_000)),
    ...repeated(holds(30, 1_300_000, 600_000)),
  ]);
  expect(await metricAfter(origin, 2)).toEqual({
    name: "memory.server.per_connection",
    mode: "stream",
    unit: "bytes",
    kind: "slope",
    values: { perUnit: 20_000, intercept: 1_300_000, low: null, high: null, count: 2 },
    points: [
      { x: 10, y: 1_500_000 },
      { x: 30, y: 1_900_000 },
    ],
  });
});

test.each([
  ["until it holds no less", [900_000, 850_000, 800_000, 800_000], 800_000, 4],
  ["and holds less by what an answer takes", [800_000, 799_000], 799_000, 2],
  ["and something else is done meanwhile", [800_000, 1_200_000], 800_000, 2],
  ["six times, and holds less each time", [60_000, 50_000, 40_000, 30_000, 20_000, 10_000], 10_000, 6],
])("a server is asked %s: what it holds is the least of that", async (_, held, least, times) => {
  const { origin, asked } = await serverThatAnswers(held.map((bytes) => holds(10, bytes, 0)));
  expect(await new ServerMemory({ origin, memory: REPORT }).read(3, signal)).toBe(least);
  expect(asked).toEqual(Array(times).fill("GET /debug/memory"));
});

test("who has left meanwhile is not counted, however much is held", async () => {
  const { origin } = await serverThatAnswers([
    holds(12, 100, 0),
    ...repeated(holds(11, 200, 0)),
    ...repeated(holds(21, 1200, 0)),
  ]);
  expect((await metricAfter(origin, 2))?.points).toEqual([
    { x: 11, y: 200 },
    { x: 21, y: 1200 },
  ]);
});

test.each([
  ["does not know the question", { status: 404, body: "Not Found" }],
  ["asks for a log-in", { status: 302, body: "" }],
  ["answers with a page", { body: "<html></html>" }],
  ["answers with other JSON", { body: '{"heapUsedBytes":1}' }],
  ["answers with a fraction", { body: '{"connections":1.5,"heapUsedBytes":1,"externalBytes":1}' }],
  ["answers with nothing", { body: "" }],
])("a server that %s gives no reading, which is no metric", async (_, answer) => {
  const { origin, asked } = await serverThatAnswers([...repeated(holds(10, 1, 1)), answer]);
  expect(await metricAfter(origin, 2)).toBe(undefined);
  expect(asked.length).toBe(3);
});

test("a server that answers once and then no more gives no reading", async () => {
  const { origin } = await serverThatAnswers([holds(10, 1, 1), { status: 404, body: "" }]);
  expect(await new ServerMemory({ origin, memory: REPORT }).read(3, signal)).toBe(null);
});

test("readings at one number of connections are no metric", async () => {
  const { origin } = await serverThatAnswers([
    ...repeated(holds(10, 1_000_000, 0)),
    ...repeated(holds(10, 2_000_000, 0)),
  ]);
  expect(await metricAfter(origin, 2)).toBe(undefined);
});

test("an abort ends a reading with its reason", async () => {
  const { origin } = await serverThatAnswers([]);
  const reading = new ServerMemory({ origin, memory: REPORT }).read(
    0,
    AbortSignal.abort(new Error("the server died")),
  );
  await expect(reading).rejects.toThrow("the server died");
});

test("a reading gives what is held, or that nothing is told", async () => {
  const { origin } = await serverThatAnswers([
    ...repeated(holds(10, 1_000_000, 500_000)),
    { status: 404, body: "" },
  ]);
  const memory = new ServerMemory({ origin, memory: REPORT });
  expect([await memory.read(3, signal), await memory.read(3, signal)]).toEqual([1_500_000, null]);
});

test("of a server whose memory is nowhere to be read there is no reading, and it is not asked", async () => {
  const { origin, asked } = await serverThatAnswers([holds(10, 1, 1)]);
  const memory = new ServerMemory({ origin, memory: null });
  expect([await memory.read(1, signal), await memory.read(2, signal)]).toEqual([null, null]);
  expect(memory.metric("memory.server.per_connection", "stream")).toBe(undefined);
  expect(asked).toEqual([]);
});

test("of a process the memory is read by the number of users who are there", async () => {
  const memory = new ServerMemory({
    origin: "http://chat.test",
    memory: { kind: "process", pid: process.pid },
  });
  for (const users of [10, 20]) await memory.read(users, signal);
  expect(memory.metric("memory.server.per_connection", "stream")?.values.count).toBe(2);
});

test("a process that is not there is said, and not taken for one that holds nothing", async () => {
  // Above what Linux gives.
  const memory = new ServerMemory({
    origin: "http://chat.test",
    memory: { kind: "process", pid: 2 ** 22 + 1 },
  });
  await expect(memory.read(1, signal)).rejects.toMatchObject({
    code: "no-process",
    message: "there is no process 4194305 whose memory could be read",
  });
});
