import { expect, test } from "vitest";
import { chromeCacheDir, failureLine, shortVersion } from "../../../harness/browser/node-chrome-host.ts";

test.each([
  ["Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n", "Chromium 156.0.8078.79"],
  ["Google Chrome 148.0.7778.97 \n", "Google Chrome 148.0.7778.97"],
  ["Google Chrome for Testing 148.0.7778.97", "Google Chrome for Testing 148.0.7778.97"],
  ["something else\n", "something else"],
])("%j is the version %j", (output, expected) => {
  expect(shortVersion(output)).toBe(expected);
});

test.each([
  ["W: old\nE: Unable to locate package chromium\nmore\n", "E: Unable to locate package chromium"],
  ["first\nlast\n\n", "last"],
  ["", undefined],
])("%j failed for %j", (stderr, expected) => {
  expect(failureLine(stderr)).toBe(expected);
});

test.each([
  [{ PUPPETEER_CACHE_DIR: "/cache", HOME: "/home/ada" }, "/cache"],
  [{ HOME: "/home/ada" }, "/home/ada/.cache/puppeteer"],
])("with %j puppeteer's cache is %s", (env, expected) => {
  expect(chromeCacheDir(env)).toBe(expected);
});
