import { expect, onTestFinished, test } from "vitest";
import { realClock } from "../../../harness/core/real-time.ts";
import { micros } from "../../../harness/core/units.ts";
import type { Mount } from "../../../harness/http/mount.ts";
import { mountAtDueTime } from "../../../harness/http/mount-at-due-time.ts";
import { answerBytes, pageServer } from "./page-server.ts";

function dueMounts(url: string, options: { cookies?: string[]; timeoutMs?: number } = {}) {
  const mounts: Mount[] = [];
  const due = mountAtDueTime({ url, clock: realClock, onMount: (mount) => mounts.push(mount), ...options });
  onTestFinished(due.close);
  return { due, mounts };
}

const { signal } = new AbortController();

test("a request that is made late has its latency from when it was due, and from when it was sent besides", async () => {
  const page = answerBytes("<p>é</p>".repeat(20_000));
  const cookies: (string | undefined)[] = [];
  const { url } = await pageServer(({ socket, headers }) => {
    cookies.push(headers.cookie);
    socket.write(page.text);
  });
  const { due, mounts } = dueMounts(url, { cookies: ["a=1", "b=2"] });
  for (const index of [0, 1, 2]) await due.start({ index, dueUs: micros(realClock() - 700_000) }, signal);
  expect(cookies).toEqual(["a=1", "b=2", "a=1"]);
  for (const { latencyUs, fromSendUs, bytes, status } of mounts) {
    // Rounding and the step between the due time and the start are microseconds.
    expect(Math.abs(latencyUs - (fromSendUs ?? 0) - 700_000)).toBeLessThan(50_000);
    expect([bytes, status]).toEqual([page.size, 200]);
  }
  expect(mounts.length).toBe(3);
});

test("connections are used again, and as many as are needed at once", async () => {
  const sockets = new Set<unknown>();
  const waiting: (() => void)[] = [];
  const { url } = await pageServer(({ socket }, response) => {
    sockets.add(socket);
    waiting.push(() => response.end("page"));
    if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
  });
  const { due, mounts } = dueMounts(url);
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([0, 1].map((index) => due.start({ index, dueUs: realClock() }, signal)));
  }
  expect([sockets.size, mounts.length]).toEqual([2, 6]);
});

test("no answer in time, a connection that is lost and an abort are rejections, and no mounts", async () => {
  const { url } = await pageServer(({ socket, url: path }) => {
    if (path === "/lost") socket.destroy();
  });
  const { due, mounts } = dueMounts(url, { timeoutMs: 50 });
  const at = () => ({ index: 0, dueUs: realClock() });
  await expect(due.start(at(), signal)).rejects.toThrow("within 50 ms");
  const lost = dueMounts(new URL("/lost", url).href);
  await expect(lost.due.start(at(), signal)).rejects.toThrow("socket hang up");
  const abort = new AbortController();
  const running = dueMounts(url).due.start(at(), abort.signal);
  abort.abort();
  await expect(running).rejects.toThrow("aborted");
  expect([mounts, lost.mounts]).toEqual([[], []]);
});
