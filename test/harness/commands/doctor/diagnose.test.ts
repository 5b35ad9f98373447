import { expect, test } from "vitest";
import { diagnose, type MachineFacts } from "../../../../harness/commands/doctor/diagnose.ts";
import { renderFindings } from "../../../../harness/commands/doctor/render.ts";

const GIB = 2 ** 30;
const healthy: MachineFacts = {
  node: { version: "24.21.0", pinned: "24.21.0" },
  npm: "11.19.1",
  packages: { phoenix_live_view: "1.2.10" },
  chrome: { kind: "found", path: "/usr/bin/chromium", version: "Chromium 156.0.8078.79", source: "system" },
  openFiles: 1_048_576,
  cores: 4,
  availableMemoryBytes: 8 * GIB,
  ephemeralPorts: 28_232,
  servePort: { port: 4000, free: true },
};
const render = (facts: Partial<MachineFacts>) =>
  renderFindings(diagnose({ ...healthy, ...facts }), (_, text) => text);

test("a machine where all is well is ready", () => {
  expect(render({})).toMatchInlineSnapshot(`
    "ok    Chrome             Chromium 156.0.8078.79 (system: /usr/bin/chromium)
    ok    Node               24.21.0, the pinned one
    ok    npm                11.19.1
    ok    phoenix_live_view  1.2.10
    ok    Open files         1,048,576, enough for 10,000 users
    ok    Cores              4
    ok    Memory             8,192 MiB available
    ok    Outgoing ports     28,232 to one server
    ok    Port 4000          free, for bench serve

    Ready.
    "
  `);
});

test("what is wrong comes with what to do about it", () => {
  expect(
    render({
      node: { version: "20.20.2", pinned: "24.21.0" },
      npm: null,
      packages: { phoenix_live_view: null },
      chrome: { kind: "unusable", path: "/nowhere", why: "there is no such file" },
      openFiles: 256,
      cores: 1,
      availableMemoryBytes: GIB / 2,
      ephemeralPorts: 16_384,
      servePort: { port: 4000, free: false },
    }),
  ).toMatchInlineSnapshot(`
    "fail  Chrome             /nowhere cannot be used: there is no such file
                             -> correct PUPPETEER_EXECUTABLE_PATH, or unset it
    fail  Node               20.20.2; pinned is 24.21.0
                             -> start it as npx bench after npm ci, which brings 24.21.0 on Linux; elsewhere use Node 24
    ok    npm                not found; only npm ci needs it
    fail  phoenix_live_view  not installed
                             -> npm ci
    fail  Open files         256, too few
                             -> for 200 users: ulimit -n 550
    warn  Cores              1
                             -> server and users share it: expect void runs, use fewer --users
    warn  Memory             512 MiB available
                             -> a run with Chromes wants 1,024 MiB: close something
    warn  Outgoing ports     16,384 to one server
                             -> for 10,000 users: sysctl -w net.ipv4.ip_local_port_range='15000 60999'
    warn  Port 4000          in use
                             -> bench serve --port 0 takes a free one; runs do so anyway

    Not ready: 4 to be put right first.
    "
  `);
});

const only = (facts: Partial<MachineFacts>) =>
  diagnose({ ...healthy, ...facts }).filter(({ mark }) => mark !== "ok");

test.each([
  [549, "fail", "549, too few", "for 200 users: ulimit -n 550"],
  [550, "warn", "550, enough for 200 users", "for 1,000 users: ulimit -n 2150"],
  [20_000, "warn", "20,000, enough for 1,000 users", "for 10,000 users: ulimit -n 20150"],
  [null, "warn", "limit unknown", "see ulimit -n"],
])("with %j open files: %s", (openFiles, mark, found, advice) => {
  expect(only({ openFiles })).toEqual([{ mark, subject: "Open files", found, advice }]);
});

test("no limit of open files is enough", () => {
  expect(diagnose({ ...healthy, openFiles: Number.POSITIVE_INFINITY })).toContainEqual({
    mark: "ok",
    subject: "Open files",
    found: "no limit, enough for 10,000 users",
  });
});

test("no Chrome is a remark: a run installs one", () => {
  expect(
    only({ chrome: { kind: "missing", tried: ["/usr/bin/chrome does not start: libnss3.so"] } }),
  ).toEqual([
    {
      mark: "warn",
      subject: "Chrome",
      found: "none; /usr/bin/chrome does not start: libnss3.so",
      advice:
        "a run with browsers tries to install one (on Debian as root); or set PUPPETEER_EXECUTABLE_PATH",
    },
  ]);
});

test("a newer Node is a remark, since figures do not compare", () => {
  expect(only({ node: { version: "26.1.0", pinned: "24.21.0" } })[0]?.mark).toBe("warn");
});
