import { expect, test } from "vitest";
import { findChrome, systemPlaces } from "../../../harness/browser/find-chrome.ts";
import { fakeHost } from "./fake-host.ts";

const NAMED = { PUPPETEER_EXECUTABLE_PATH: "/my/chrome", PATH: "/usr/local/bin:/usr/bin" };
const UNNAMED = { PATH: "/usr/local/bin:/usr/bin" };
const CACHED = "/cache/chrome/linux-148/chrome";

test.each([
  [
    "the environment's before all others",
    NAMED,
    ["/my/chrome", CACHED, "/usr/bin/chromium"],
    "/my/chrome",
    "environment",
  ],
  ["puppeteer's before the system's", UNNAMED, [CACHED, "/usr/bin/chromium"], CACHED, "cache"],
  ["the system's", UNNAMED, ["/usr/bin/chromium"], "/usr/bin/chromium", "system"],
  [
    "Google's before Chromium",
    UNNAMED,
    ["/usr/bin/google-chrome", "/usr/local/bin/chromium"],
    "/usr/bin/google-chrome",
    "system",
  ],
  [
    "a headless shell before a whole browser",
    UNNAMED,
    ["/usr/bin/google-chrome", "/usr/bin/chromium", "/usr/lib/chromium/chromium-headless-shell"],
    "/usr/lib/chromium/chromium-headless-shell",
    "system",
  ],
  [
    "an empty variable is none",
    { ...UNNAMED, PUPPETEER_EXECUTABLE_PATH: "" },
    ["/usr/bin/chromium"],
    "/usr/bin/chromium",
    "system",
  ],
])("takes %s", async (_, env, files, path, source) => {
  const { host } = fakeHost({ env, files, cached: [CACHED] });
  expect(await findChrome(host)).toEqual({ kind: "found", path, source, version: "Chrome 1.0" });
});

test("the one that the environment names is not replaced by another", async () => {
  const { host } = fakeHost({ env: NAMED, files: ["/usr/bin/chromium"] });
  expect(await findChrome(host)).toEqual({
    kind: "unusable",
    path: "/my/chrome",
    why: "there is no such file",
  });
});

test("one that does not start is passed over", async () => {
  const { host } = fakeHost({
    env: UNNAMED,
    files: [CACHED, "/usr/bin/chromium"],
    cached: [CACHED],
    broken: [CACHED],
  });
  expect(await findChrome(host)).toMatchObject({ kind: "found", path: "/usr/bin/chromium" });
});

test("where there is none, what did not start is told", async () => {
  const { host } = fakeHost({ env: UNNAMED, files: [CACHED], cached: [CACHED], broken: [CACHED] });
  expect(await findChrome(host)).toEqual({
    kind: "missing",
    tried: [`${CACHED} does not start: libnss3.so: cannot open shared object file`],
  });
});

test("the system's places are those of the platform", () => {
  expect(systemPlaces("linux", "/a::/b").slice(0, 5)).toEqual([
    "/a/chrome-headless-shell",
    "/b/chrome-headless-shell",
    "/usr/lib/chromium/chromium-headless-shell",
    "/a/google-chrome-stable",
    "/b/google-chrome-stable",
  ]);
  expect(systemPlaces("darwin", "/a")[0]).toBe(
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  );
  expect(systemPlaces("aix", "/a")).toEqual([]);
});

test("where a window is wanted, a headless shell is passed over", async () => {
  const shell = "/usr/lib/chromium/chromium-headless-shell";
  const { host } = fakeHost({ env: UNNAMED, files: [shell, "/usr/bin/chromium"] });
  expect(await findChrome(host, "whole")).toMatchObject({ kind: "found", path: "/usr/bin/chromium" });
  const { host: without } = fakeHost({ env: UNNAMED, files: [shell] });
  expect(await findChrome(without, "whole")).toEqual({ kind: "missing", tried: [] });
  const { host: named } = fakeHost({ env: { ...NAMED, PUPPETEER_EXECUTABLE_PATH: shell }, files: [shell] });
  expect(await findChrome(named, "whole")).toEqual({
    kind: "unusable",
    path: shell,
    why: "it is a headless shell, which has no window",
  });
});
