import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type TracedOperation, type TraceLine, traceLineSchema } from "../../harness/core/trace.ts";
import { operationLabel } from "../../reports/trace.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { startBench, temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";
import { startCountingProxy } from "./counting-proxy.ts";

const LOGIN = `user-0001:${referenceSite.accounts.password}`;
const ROOM = "/stream/rooms/1?members=off";

const startServer = () => startChat({}, "--port", "0", "--users", "1", "--instrument", "--messages", "45");

const linesOf = (text: string): TraceLine[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => traceLineSchema.parse(JSON.parse(line)));

const operationsIn = (lines: readonly TraceLine[]): TracedOperation[] =>
  lines.filter((line) => line.kind === "operation");

test("what is done on a page is told in order, in the bytes that went over the wire, with slots and sources", async () => {
  const { url } = await startServer();
  const proxy = await startCountingProxy(url);
  onTestFinished(() => proxy.close());
  const out = join(temporaryFolder(), "trace.jsonl");
  const acts = [
    "type #message_content h",
    "press Enter",
    "click #messages > :last-child .delete",
    "scroll #messages 0",
  ];
  const { stdout, stderr, exitCode } = await startBench(
    ...["trace", `${proxy.origin}${ROOM}`, "--headless", "--login", LOGIN, "--format", "json", "--out", out],
    ...acts.flatMap((act) => ["--do", act]),
  ).ended;
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(readFileSync(out, "utf8")).toBe(stdout);
  const lines = linesOf(stdout);
  const operations = operationsIn(lines);

  // Which of them goes first, an answer or what is broadcast, is up to the server.
  const labels = operations.map(operationLabel).toSorted();
  expect(labels).toEqual([
    'change "validate"',
    'click "delete"',
    "join /stream/rooms/1?members=off",
    'js "load_older": prepend',
    "pushed: delete",
    "pushed: insert",
    'submit "send"',
  ]);
  expect(operations.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(lines.flatMap((line) => (line.kind === "note" ? [line.text] : []))).toEqual(acts);

  const told = operations.flatMap(({ up, down }) => [
    ...(up.frames === 0 ? [] : [{ direction: "sent", bytes: up.bytes }]),
    ...(down.frames === 0 ? [] : [{ direction: "received", bytes: down.bytes }]),
  ]);
  const inOrder = (frames: readonly { direction: string; bytes: number }[]) =>
    frames.map(({ direction, bytes }) => `${direction} ${bytes}`).toSorted();
  // The page says good-bye when it is closed, after the trace.
  const passed = proxy.frames.slice(0, told.length);
  expect(inOrder(told)).toEqual(inOrder(passed));

  const deleted = operations.find((one) => operationLabel(one) === "pushed: delete");
  expect(deleted?.down).toEqual({ frames: 1, bytes: 105 });
  const inserted = operations.find((one) => operationLabel(one) === "pushed: insert");
  expect(inserted?.anatomy?.bytes).toBe(inserted?.down.bytes);
  expect(
    inserted?.anatomy?.parts.find(({ part, slot }) => part === "statics" && slot === "8.0.*.1"),
  ).toMatchObject({
    source: expect.stringMatching(/^web\/chat\/message-details\.ts:\d+$/),
    times: 1,
  });

  const totals = lines.at(-1);
  if (totals?.kind !== "totals") throw new Error("the totals come last");
  const sum = (of: "upBytes" | "downBytes") => totals.operations.reduce((all, one) => all + one[of], 0);
  const wire = (direction: string) =>
    passed.filter((one) => one.direction === direction).reduce((all, { bytes }) => all + bytes, 0);
  expect([sum("upBytes"), sum("downBytes"), totals.webSockets]).toEqual([wire("sent"), wire("received"), 1]);
});

test.each([
  ["--for", "5m"],
  ["--do", "wait 5m"],
])("Ctrl-C is an end as any other, with %s %s: what was traced is summed up", async (...howLong) => {
  const { url } = await startServer();
  const { child, ended } = startBench("trace", `${url}${ROOM}`, "--headless", "--login", LOGIN, ...howLong);
  let seen = "";
  await new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes("join /stream/rooms/1")) resolve();
    });
    void ended.then(() => resolve());
  });
  child.kill("SIGINT");
  const { stdout, stderr, exitCode } = await ended;
  expect({ stderr, exitCode }).toEqual({
    stderr: "bench: SIGINT, stopping; once more to stop at once\n",
    exitCode: 0,
  });
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(stdout).toMatch(/\n {2}join \/stream\/rooms\/1\?members=off {10}1 .*100 %\n1 operation in \d+ s, /);
});

test("a page without a view, and one that refuses the log-in, are told in a sentence", async () => {
  const { url } = await startServer();
  const [plain, refused] = await Promise.all([
    startBench("trace", `${url}/log_in`, "--headless", "--for", "1m").ended,
    startBench("trace", `${url}${ROOM}`, "--headless", "--for", "1m", "--login", "user-0001:wrong").ended,
  ]);
  expect([plain.exitCode, refused.exitCode]).toEqual([104, 104]);
  expect(plain.stderr).toBe(
    `bench: ${url}/log_in is no LiveView page: no element has data-phx-main. Where one has to log in: --login NAME:PASSWORD\n`,
  );
  expect(refused.stderr).toMatch(
    /^bench: user-0001 could not log in: the traced page could not log in at \S+\/log_in\?\S+: the answer is 422; /,
  );
});
