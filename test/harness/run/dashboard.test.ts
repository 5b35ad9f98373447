import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import type { DashboardRenderer } from "../../../harness/core/dashboard.ts";
import type { LiveFigures } from "../../../harness/core/live-figures.ts";
import { Dashboard } from "../../../harness/run/dashboard.ts";
import { SILENT } from "../../../harness/run/progress.ts";
import { passedResult } from "../../reports/sample-result.ts";

const render: DashboardRenderer = {
  page: (scenario) => ({ html: `<h1>${scenario}</h1>`, policy: "default-src 'none'" }),
  state: ({ figures, atMs }, before) => ({
    tiles: [
      { label: figures.mode, value: String(figures.done), note: String(before?.figures.done), isBad: false },
    ],
    share: null,
    point: { atMs, begunPerSec: figures.done, bytesPerSec: null, cpuPercent: 0 },
    latency: null,
    thresholds: [],
  }),
  end: ({ verdict }, files) => ({ verdict, sentence: "It is over.", reasons: [], thresholds: [], files }),
};

const figures = (done: number): LiveFigures => ({
  ...{ mode: "stream", step: "1 insert", users: 2, browsers: 0, elapsedMs: 1000, lastsMs: null, done },
  ...{ metrics: [], checks: { made: 0, failed: 0 }, processes: [] },
});

async function opened(judge = (): [] => []) {
  const dashboard = await Dashboard.open({ scenario: "quickstart", port: 0, render, judge, nowMs: () => 7 });
  onTestFinished(() => dashboard.close());
  const { port } = new URL(dashboard.url);
  const get = (path: string, { method = "GET", host = `127.0.0.1:${port}` } = {}) =>
    new Promise<IncomingMessage>((resolve, reject) =>
      request({ host: "127.0.0.1", port, path, method, headers: { host } }, resolve)
        .once("error", reject)
        .end(),
    );
  return { dashboard, port, get };
}

/** What a page is told until it is closed, or so many events. */
async function events(response: IncomingMessage, count = Number.POSITIVE_INFINITY) {
  const told: [event: string, data: unknown][] = [];
  let left = "";
  for await (const chunk of response.setEncoding("utf8")) {
    left += chunk;
    const parts = left.split("\n\n");
    left = parts.pop() ?? "";
    for (const part of parts) {
      const [, event = "", data = ""] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      told.push([event, JSON.parse(data)]);
      if (told.length === count) return told;
    }
  }
  return told;
}

test("it serves its page and nothing else, to who asked for this host alone", async () => {
  const { get, port } = await opened();
  const page = await get("/");
  expect([page.statusCode, await text(page)]).toEqual([200, "<h1>quickstart</h1>"]);
  expect(page.headers).toMatchObject({
    "content-security-policy": "default-src 'none'",
    "content-type": "text/html; charset=utf-8",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  const statuses = [
    await get("/", { host: `localhost:${port}` }),
    await get("/", { host: "attacker.test" }),
    await get("/events", { host: `attacker.test:${port}` }),
    await get("/", { method: "POST" }),
    await get("/../package.json"),
  ].map((response) => {
    response.resume();
    return response.statusCode;
  });
  expect(statuses).toEqual([200, 403, 403, 405, 404]);
});

test("who has it open is told what is done, what there was, each second's figures, and the end", async () => {
  const { dashboard, get } = await opened();
  const progress = dashboard.beside(SILENT);
  expect(dashboard.isWatched).toBe(false);
  progress.update("stream: joining", "3 of 9");
  const early = await get("/events");
  const toldEarly = events(early);
  await expect.poll(() => dashboard.isWatched).toBe(true);
  dashboard.show(figures(1));
  dashboard.show(figures(4));
  const late = await get("/events");
  const toldLate = events(late);
  await expect.poll(async () => (await get("/")).resume().statusCode).toBe(200);
  dashboard.end(passedResult, []);
  await dashboard.close();

  const point = (begunPerSec: number) => ({ atMs: 7, begunPerSec, bytesPerSec: null, cpuPercent: 0 });
  const state = (done: number, before: string) => ({
    tiles: [{ label: "stream", value: String(done), note: before, isBad: false }],
    ...{ share: null, point: point(done), latency: null, thresholds: [] },
  });
  const end = ["end", { verdict: "passed", sentence: "It is over.", reasons: [], thresholds: [], files: [] }];
  expect((await toldEarly).filter(([event]) => event !== "activity")).toEqual([
    ["past", []],
    ["state", state(1, "undefined")],
    ["state", state(4, "1")],
    end,
  ]);
  expect((await toldLate).filter(([event]) => event !== "activity")).toEqual([
    ["past", [point(1), point(4)]],
    ["state", state(4, "1")],
    end,
  ]);
  expect((await toldEarly)[0]).toEqual(["activity", "stream: joining: 3 of 9"]);
});

test("what is done is told when it changes, and nobody who has left is waited for", async () => {
  const { dashboard, get } = await opened();
  const progress = dashboard.beside(SILENT);
  const page = await get("/events");
  const told = events(page, 3);
  progress.update("stream: 1 insert", "1 of 2");
  expect((await told).map(([event, data]) => [event, data])).toEqual([
    ["activity", ""],
    ["past", []],
    ["activity", "stream: 1 insert: 1 of 2"],
  ]);
  page.destroy();
  await expect.poll(() => dashboard.isWatched).toBe(false);
});

test("a port that is taken is told", async () => {
  const { port } = await opened();
  await expect(
    Dashboard.open({ scenario: "a", port: Number(port), render, judge: () => [], nowMs: () => 0 }),
  ).rejects.toThrow(new RegExp(`^--dashboard cannot listen on port ${port}: `));
});
