import { expect, test } from "vitest";
import { ensureChrome, planInstall } from "../../../harness/browser/install-chrome.ts";
import { type FakeMachine, fakeHost } from "./fake-host.ts";

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n';
const RASPBIAN = "ID=raspbian\nID_LIKE=debian\n";
const UBUNTU = "ID=ubuntu\nID_LIKE=debian\n";
const MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n';
const ALPINE = "ID=alpine\n";

const skip = (why: string) => ({ kind: "skip", name: "apt-get", why });
const NO_DEBIAN = skip("this is no Debian");

test.each([
  ["root on Debian", "linux", true, DEBIAN, [{ kind: "download" }, { kind: "apt" }]],
  ["root on a Debian of another name", "linux", true, RASPBIAN, [{ kind: "download" }, { kind: "apt" }]],
  [
    "a user on Debian",
    "linux",
    false,
    DEBIAN,
    [{ kind: "download" }, skip("needs root: sudo apt-get install chromium-headless-shell")],
  ],
  ["root on Ubuntu, whose chromium is a snap", "linux", true, UBUNTU, [{ kind: "download" }, NO_DEBIAN]],
  ["root on a child of Ubuntu", "linux", true, MINT, [{ kind: "download" }, NO_DEBIAN]],
  ["root on another Linux", "linux", true, ALPINE, [{ kind: "download" }, NO_DEBIAN]],
  ["root on a Linux without a name", "linux", true, "", [{ kind: "download" }, NO_DEBIAN]],
  ["macOS", "darwin", false, "", [{ kind: "download" }]],
])("the ways for %s", (_, platform, isRoot, osRelease, expected) => {
  expect(planInstall({ platform, isRoot, osRelease })).toEqual(expected);
});

async function ensure(machine: FakeMachine) {
  const { host, done } = fakeHost(machine);
  const said: string[] = [];
  try {
    return { found: (await ensureChrome(host, (line) => said.push(line))).path, said, done };
  } catch (error) {
    return { error, said, done };
  }
}

const CACHED = "/cache/chrome";
const CHROMIUM = "/usr/bin/chromium";
const SHELL = "/usr/lib/chromium/chromium-headless-shell";
const FONTS = "fonts-liberation fonts-noto-color-emoji";
const NONE = "No Chrome found (PUPPETEER_EXECUTABLE_PATH, puppeteer's cache, the system); installing one.";
const APT = "apt-get -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2";
const installing = (chrome: string) => ({
  command: `noninteractive ${APT} install -y --no-install-recommends ${chrome} ${FONTS}`,
  said: `Running apt-get install ${chrome} ${FONTS} (a minute or two)`,
});
const APT_UPDATE = { command: `noninteractive ${APT} update`, said: "Running apt-get update" };
const APT_SHELL = installing("chromium-headless-shell");

test("a Chrome that is there is taken in silence", async () => {
  expect(await ensure({ files: [CHROMIUM] })).toEqual({ found: CHROMIUM, said: [], done: [] });
});

test("a download that works is enough", async () => {
  expect(await ensure({ cached: [CACHED], download: CACHED })).toEqual({
    found: CACHED,
    said: [NONE, `Installed Chrome 1.0: ${CACHED}`],
    done: ["download"],
  });
});

test("in a closed network, root on Debian gets the packaged one", async () => {
  expect(await ensure({ download: new Error("ENOTFOUND"), commands: [undefined, SHELL] })).toEqual({
    found: SHELL,
    said: [
      NONE,
      "puppeteer's download: ENOTFOUND",
      APT_UPDATE.said,
      APT_SHELL.said,
      `Installed Chrome 1.0: ${SHELL}`,
    ],
    done: ["download", APT_UPDATE.command, APT_SHELL.command],
  });
});

test("a Debian without a package of the headless shell has the whole browser", async () => {
  const { found, said, done } = await ensure({
    download: new Error("ENOTFOUND"),
    commands: [undefined, new Error("E: Unable to locate package chromium-headless-shell"), CHROMIUM],
  });
  const browser = installing("chromium");
  expect({ found, said: said.slice(2, 5), done: done.slice(1) }).toEqual({
    found: CHROMIUM,
    said: [APT_UPDATE.said, APT_SHELL.said, browser.said],
    done: [APT_UPDATE.command, APT_SHELL.command, browser.command],
  });
});

test("a download that lacks the system's libraries is no Chrome: the packaged one brings them", async () => {
  const machine = { cached: [CACHED], download: CACHED, broken: [CACHED], commands: [undefined, CHROMIUM] };
  const { found, said } = await ensure(machine);
  expect(found).toBe(CHROMIUM);
  expect(said[1]).toBe(
    `puppeteer's download: ${CACHED} does not start: libnss3.so: cannot open shared object file`,
  );
});

test("where all fails, the error has every reason and what to do", async () => {
  const { error } = await ensure({ isRoot: false, download: new Error("no answer for 20 s") });
  expect(error).toMatchObject({
    code: "no-chrome",
    exitCode: 104,
    message: [
      "no Chrome was found, and none could be installed:",
      "  puppeteer's download: no answer for 20 s",
      "  apt-get: needs root: sudo apt-get install chromium-headless-shell",
      "Install Chrome or Chromium, or set PUPPETEER_EXECUTABLE_PATH to one, or go without: --browsers 0",
    ].join("\n"),
  });
});

test("an apt-get that fails gives its reason, and nothing is run after it", async () => {
  const { error, done } = await ensure({
    download: new Error("ENOTFOUND"),
    commands: [new Error("E: Could not resolve host")],
  });
  expect(done).toEqual(["download", APT_UPDATE.command]);
  expect(String(error)).toContain("\n  apt-get: E: Could not resolve host\n");
});

test("a variable that names no Chrome is an error, and nothing is installed", async () => {
  const { error, done } = await ensure({ env: { PUPPETEER_EXECUTABLE_PATH: "/nowhere" }, files: [CHROMIUM] });
  expect(done).toEqual([]);
  expect(error).toMatchObject({
    code: "no-chrome",
    message:
      "PUPPETEER_EXECUTABLE_PATH=/nowhere cannot be used: there is no such file. Correct it, or unset it.",
  });
});
