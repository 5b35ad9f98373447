import { expect, test } from "vitest";
import { realClock } from "../../../harness/core/real-time.ts";
import type { Mount } from "../../../harness/http/mount.ts";
import { loadMounts } from "../../../harness/http/mount-load.ts";
import { answerBytes, pageServer } from "./page-server.ts";

/** Loads a page until the test has seen enough. */
async function load(
  url: string,
  enough: (mounts: readonly Mount[], errors: readonly Error[]) => boolean,
  cookies: string[] = [],
  timeoutMs = 10_000,
) {
  const mounts: Mount[] = [];
  const errors: Error[] = [];
  const abort = new AbortController();
  const look = () => {
    if (enough(mounts, errors)) abort.abort();
  };
  const report = await loadMounts({
    url,
    connections: 3,
    cookies,
    timeoutMs,
    durationMs: 20_000,
    clock: realClock,
    onMount: (mount) => {
      mounts.push(mount);
      look();
    },
    onError: (error) => {
      errors.push(error);
      look();
    },
    signal: abort.signal,
  });
  return { mounts, errors, report };
}

test("each connection asks again and again with its cookie, and each answer is counted to the byte", async () => {
  const asked = new Map<string, number>();
  const open = new Set<unknown>();
  const page = answerBytes("<p>é</p>".repeat(2000));
  const { url } = await pageServer(({ socket, headers: { cookie = "" } }) => {
    asked.set(cookie, (asked.get(cookie) ?? 0) + 1);
    open.add(socket);
    socket.write(page.text);
  });
  const { mounts, errors, report } = await load(url, ({ length }) => length >= 60, ["a=1", "b=2"]);
  expect([...asked.keys()].toSorted()).toEqual(["a=1", "b=2"]);
  expect(open.size).toBe(3);
  expect(new Set(mounts.map(({ bytes, status, fromSendUs }) => `${bytes} ${status} ${fromSendUs}`))).toEqual(
    new Set([`${page.size} 200 null`]),
  );
  expect([errors, report.failed]).toEqual([[], 0]);
});

test("an answer that is held back has taken that long, in microseconds, and no other has", async () => {
  let asked = 0;
  const heldMs: number[] = [];
  const { url } = await pageServer((_, response) => {
    asked += 1;
    if (asked !== 4) return void response.end("page");
    const sinceMs = performance.now();
    setTimeout(() => {
      heldMs.push(performance.now() - sinceMs);
      response.end("page");
    }, 300);
  });
  const { mounts } = await load(url, (all) => all.some(({ latencyUs }) => latencyUs >= 290_000));
  const slow = mounts.filter(({ latencyUs }) => latencyUs >= 290_000);
  expect(slow.length).toBe(1);
  expect((slow[0]?.latencyUs ?? 0) / 1000).toBeGreaterThanOrEqual(heldMs[0] ?? Infinity);
});

test("a status is passed on", async () => {
  let asked = 0;
  const { url } = await pageServer((_, response) => {
    asked += 1;
    response.writeHead(asked === 5 ? 503 : 200).end("page");
  });
  const { mounts } = await load(url, ({ length }) => length >= 30);
  expect(mounts.map(({ status }) => status).filter((status) => status !== 200)).toEqual([503]);
});

test("a request whose connection is closed has failed, and those after it have latencies of their own", async () => {
  let asked = 0;
  const { url } = await pageServer(({ socket }, response) => {
    asked += 1;
    // Long enough that whoever takes an answer for that to an older request is seen.
    if (asked === 5) setTimeout(() => socket.destroy(), 400);
    else response.end("page");
  });
  let answeredBefore = Infinity;
  const { mounts, errors, report } = await load(url, (all, failures) => {
    if (failures.length > 0) answeredBefore = Math.min(answeredBefore, all.length);
    return all.length > answeredBefore + 1000;
  });
  expect(errors.map(({ message }) => message)).toEqual([`no answer from ${url}: the connection was closed`]);
  expect(report.failed).toBe(1);
  expect(mounts.filter(({ latencyUs }) => latencyUs > 350_000)).toEqual([]);
});

test("a request without an answer in time has failed", async () => {
  let asked = 0;
  const { url } = await pageServer((_, response) => {
    asked += 1;
    if (asked !== 5) response.end("page");
  });
  const { errors } = await load(url, (_, failures) => failures.length > 0, [], 1000);
  expect(errors.map(({ message }) => message)).toEqual([`no answer from ${url}: none in 1000 ms`]);
});

test("a server that is not there fails each request, and ends it", async () => {
  const { url, close } = await pageServer(() => {});
  close();
  const { mounts, errors, report } = await load(url, () => false);
  expect(mounts).toEqual([]);
  expect(report.failed).toBe(errors.length);
  expect(errors.length).toBeGreaterThanOrEqual(1000);
  expect(errors[0]?.message).toContain("ECONNREFUSED");
  expect(report.durationMs).toBeLessThan(20_000);
});

test("what was aborted before does not begin", async () => {
  const abort = new AbortController();
  abort.abort(new Error("stopped"));
  const never = () => {
    throw new Error("nothing should be asked");
  };
  await expect(
    loadMounts({
      url: "http://127.0.0.1:1/",
      connections: 1,
      durationMs: 1000,
      clock: realClock,
      onMount: never,
      onError: never,
      signal: abort.signal,
    }),
  ).rejects.toThrow("stopped");
});
