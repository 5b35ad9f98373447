import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startNotesSite } from "../live-site/notes-site.ts";
import { accountSite } from "./account-site.ts";
import { startBench, temporaryFolder } from "./bench.ts";

const doctor = (...argv: readonly string[]) => startBench("doctor", ...argv).ended;

/** The lines of a report that begin so, without what is around the words. */
const lines = (stdout: string, ...subjects: readonly string[]) =>
  stdout.split("\n").flatMap((line) => {
    const words = line.replace(/\s+/gu, " ");
    return subjects.some((subject) => / (?:ok|warn|fail)? ?/u.test(words) && words.includes(` ${subject} `))
      ? [words]
      : [];
  });

test("of our own chat it tells what a run finds, and what cannot be known there", async () => {
  const { origin } = await accountSite({ users: 1, messagesPerRoom: 30 });
  const { stdout, stderr, exitCode } = await doctor("--target", `${origin}/rooms/1`, "--write");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(
    lines(stdout, "LiveView", "Log-in", "Socket", "List", "Edit: form", "Delete: button", "Stream"),
  ).toEqual([
    "ok LiveView 1.2.10",
    "ok Log-in /log_in, #log-in-form (certain: a form with a name and a password, and it lets in)",
    "ok Socket /live (certain: it answers)",
    "ok List #messages (certain: what was written came back in it)",
    "ok Delete: button .delete (certain: it has deleted what was written)",
    'ok Edit: form #edit-message-form (likely: its name or button says "edit")',
    "ok Stream #messages: a stream, 10 items, ref 0, no limit seen",
  ]);
  expect(stdout.split("\n\n").at(-1)).toBe("Ready, with 4 remarks.\n");
});

test("as JSON it is all that was found; nothing is written unless it is asked for", async () => {
  const { origin, close } = await startNotesSite();
  onTestFinished(close);
  const { stdout, exitCode } = await doctor("--target", `${origin}/wall`, "--json");
  const said = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(said).toMatchObject({
    page: `${origin}/wall`,
    problem: null,
    version: "1.2.10",
    logIn: null,
    items: 1,
    lists: [{ selector: "#the-wall", kind: "stream", items: 1, stream: { ref: "0", limit: null } }],
    forms: [{ selector: ".sticker", sends: { kind: "event", event: "stick" }, fields: [{ name: "note" }] }],
    bindings: [{ binding: "phx-submit", count: 1, events: ["stick"] }],
  });
  expect(said.remarks.map(({ subject }: { subject: string }) => subject)).toEqual([
    "Edit: button",
    "Delete: button",
    "Edit: form",
    "Edit: field",
    "Scrollback",
    "Not checked",
    "Not measured",
    "Not compared",
    "Not put back",
  ]);
  const page = await (await fetch(`${origin}/wall`)).text();
  expect(page.match(/<article/gu)).toHaveLength(1);
});

test("a socket at another place is told apart from a page that cannot be used: exit code 104, with the remedy", async () => {
  const { origin, close } = await startNotesSite();
  onTestFinished(close);
  const config = join(temporaryFolder(), "wall.json");
  writeFileSync(config, JSON.stringify({ url: `${origin}/wall`, socketPath: "/elsewhere" }));
  const { stdout, exitCode } = await doctor("--config", config);
  expect(exitCode).toBe(104);
  expect(lines(stdout, "Socket")).toEqual([
    "fail Socket not found: /elsewhere does not answer: user-0001 was cut off: Unexpected server response: 404",
  ]);
  expect(stdout).toContain("-> socketPath in the file of --config");
});

test("a page that is no LiveView's, and a server that is not there, are no targets", async () => {
  const { origin } = await accountSite({ users: 1 });
  const { stdout, exitCode } = await doctor("--target", `${origin}/vendor/phoenix.min.js`);
  expect(exitCode).toBe(104);
  expect(lines(stdout, "Page")).toEqual([
    `fail Page ${origin}/vendor/phoenix.min.js is not a LiveView page: it lacks an element with data-phx-main`,
  ]);
  const gone = await doctor("--target", "http://127.0.0.1:9/rooms/1");
  expect(gone.exitCode).toBe(104);
  expect(lines(gone.stdout, "Page")).toEqual([
    "fail Page GET http://127.0.0.1:9/rooms/1 got no answer: connect ECONNREFUSED 127.0.0.1:9",
  ]);
});
