import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { launchChrome } from "../../harness/browser/launch.ts";
import { chromePath } from "./browser-site.ts";

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a Chrome that was closed is gone with its files, and can be closed again", async () => {
  const profileParent = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(profileParent, { recursive: true }));
  const own = await launchChrome({ executablePath: await chromePath(), profileParent });
  expect([readdirSync(profileParent).length, isAlive(own.pid)]).toEqual([1, true]);
  await Promise.all([own.close(), own.close()]);
  await own.exited;
  expect([readdirSync(profileParent), isAlive(own.pid)]).toEqual([[], false]);
});

test("a Chrome that dies is noticed, and closing it is no error", async () => {
  const own = await launchChrome({ executablePath: await chromePath() });
  const opened = await own.openPage({ name: "Chrome 3" });
  process.kill(own.pid, "SIGKILL");
  await own.exited;
  await expect(opened.goto("about:blank")).rejects.toMatchObject({ code: "chrome-page" });
  await opened.close();
  await own.close();
});

test("what is no Chrome is refused in a line", async () => {
  await expect(launchChrome({ executablePath: "/bin/false" })).rejects.toMatchObject({
    code: "chrome-launch",
    exitCode: 104,
  });
});
