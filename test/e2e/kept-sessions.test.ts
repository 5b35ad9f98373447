import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AccountSite, accountSite } from "./account-site.ts";
import { believable } from "./believable.ts";
import { onlyResult, startBench, temporaryFolder } from "./bench.ts";

const LOG_INS = ["/log_in", "/log_in", "/log_in"];

/** A server with three users, and how to run on it with a file of sessions. */
async function siteWithUsers() {
  const folder = temporaryFolder();
  const database = join(folder, "chat.db");
  const sessions = join(folder, "sessions.json");
  const site = await accountSite({ database, users: 3, messagesPerRoom: 30, instrument: true });
  return { site, sessions, run: () => believable(() => runOn(site, database, sessions)) };
}

async function runOn({ origin }: AccountSite, database: string, sessions: string) {
  const out = temporaryFolder();
  const what = ["--users", "3", "--browsers", "0", "--mode", "stream", "--rate", "2", "--duration", "1s"];
  const where = ["--target", origin, "--database", database, "--sessions", sessions, "--out", out];
  const ended = await startBench("run", "quickstart", "--quiet", ...what, ...where).ended;
  return { ...ended, result: () => onlyResult(out) };
}

const keptIn = (file: string, { origin }: AccountSite) =>
  (
    JSON.parse(readFileSync(file, "utf8")) as {
      origins: Record<string, Record<string, Record<string, string>>>;
    }
  ).origins[origin] ?? {};

/** How many heartbeats there were depends on how long the run took; the other checks do not. */
function withoutHeartbeats({ result }: Awaited<ReturnType<typeof runOn>>) {
  const { heartbeat, ...kinds } = result().checks.kinds;
  expect(heartbeat?.failed ?? 0).toBe(0);
  return kinds;
}

test("a second run logs nobody in, and makes the same checks", async () => {
  const { site, sessions, run } = await siteWithUsers();
  const first = await run();
  expect([first.exitCode, first.stderr, site.posts]).toEqual([0, "", LOG_INS]);
  expect((statSync(sessions).mode & 0o777).toString(8)).toBe("600");
  expect(Object.keys(keptIn(sessions, site)).sort()).toEqual(["user-0001", "user-0002", "user-0003"]);
  const second = await run();
  expect([second.exitCode, second.stderr, site.posts]).toEqual([0, "", LOG_INS]);
  expect(withoutHeartbeats(second)).toEqual(withoutHeartbeats(first));
});

test("a session that has ended, and one that never was, are renewed by the form, and no other", async () => {
  const { site, sessions, run } = await siteWithUsers();
  expect((await run()).exitCode).toBe(0);
  const all = JSON.parse(readFileSync(sessions, "utf8"));
  const users = all.origins[site.origin];
  const key = decodeURIComponent(users["user-0002"]._chat_key);
  users["user-0002"]._chat_key = encodeURIComponent(`${key.slice(0, -4)}AAAA`);
  delete users["user-0003"];
  writeFileSync(sessions, JSON.stringify(all));
  expect((await run()).exitCode).toBe(0);
  expect(site.posts.slice(3)).toEqual(["/log_in", "/log_in"]);
  expect((await run()).exitCode).toBe(0);
  expect(site.posts.length).toBe(5);
});

test("a broken file of sessions is said to be one, in one line, before anything is done", async () => {
  const { site, sessions, run } = await siteWithUsers();
  writeFileSync(sessions, "{");
  const { stdout, stderr, exitCode } = await run();
  expect({ stdout, stderr, exitCode }).toEqual({
    stdout: "",
    stderr: `bench: ${sessions} is no file of sessions: it is no JSON. Name another one, or delete it.\n`,
    exitCode: 104,
  });
  expect(site.posts).toEqual([]);
});
