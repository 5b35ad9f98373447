import { expect, test } from "vitest";
import { realClock } from "../../../harness/core/real-time.ts";
import { micros } from "../../../harness/core/units.ts";
import type { Mount } from "../../../harness/http/mount.ts";
import { loadMounts, type MountLoadOptions } from "../../../harness/http/mount-load.ts";
import { answerBytes, pageServer } from "./page-server.ts";

type LoadOptions = Partial<Pick<MountLoadOptions, "connections" | "cookies" | "timeoutMs" | "clock">>;

/** Loads a page until the test has seen enough. */
async function load(
  url: string,
  enough: (mounts: readonly Mount[], errors: readonly Error[]) => boolean,
  options: LoadOptions = {},
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
    durationMs: 20_000,
    clock: realClock,
    ...options,
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
  const { mounts, errors, report } = await load(url, ({ length }) => length >= 60, {
    cookies: ["a=1", "b=2"],
  });
  expect([...asked.keys()].toSorted()).toEqual(["a=1", "b=2"]);
  expect(open.size).toBe(3);
  expect(new Set(mounts.map(({ bytes, status, fromSendUs }) => `${bytes} ${status} ${fromSendUs}`))).toEqual(
    new Set([`${page.size} 200 null`]),
  );
  expect([errors, report.failed]).toEqual([[], 0]);
});

/** A clock that stands still but for what the test adds, and a single connection: whose latency is which is then certain. */
function standingClock() {
  let nowUs = 0;
  return {
    pass: (us: number) => {
      nowUs += us;
    },
    options: { connections: 1, clock: () => micros(nowUs) },
  };
}

test("an answer that is held back has taken that long, in microseconds, and no other has", async () => {
  const { pass, options } = standingClock();
  let asked = 0;
  const { url } = await pageServer((_, response) => {
    asked += 1;
    if (asked === 4) pass(300_000);
    response.end("page");
  });
  const { mounts } = await load(url, ({ length }) => length >= 8, options);
  expect(mounts.slice(0, 8).map(({ latencyUs }) => latencyUs)).toEqual([0, 0, 0, 300_000, 0, 0, 0, 0]);
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
  const { pass, options } = standingClock();
  let asked = 0;
  const { url } = await pageServer(({ socket }, response) => {
    asked += 1;
    if (asked !== 5) return void response.end("page");
    // Whoever takes an answer for that to an older request is seen.
    pass(400_000);
    socket.destroy();
  });
  const { mounts, errors, report } = await load(url, ({ length }) => length >= 50, options);
  expect(errors.map(({ message }) => message)).toEqual([`no answer from ${url}: the connection was closed`]);
  expect(report.failed).toBe(1);
  expect(new Set(mounts.map(({ latencyUs }) => latencyUs))).toEqual(new Set([0]));
});

test("a request without an answer in time has failed", async () => {
  let asked = 0;
  const { url } = await pageServer((_, response) => {
    asked += 1;
    if (asked !== 5) response.end("page");
  });
  const { errors } = await load(url, (_, failures) => failures.length > 0, { timeoutMs: 1000 });
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
