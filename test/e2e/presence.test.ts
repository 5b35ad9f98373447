import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { logInForm } from "../../harness/core/site.ts";
import { createServer } from "../../reference-server/server.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { type CuttableProxy, startCuttableProxy } from "./cuttable-proxy.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

const DRAFT = `document.querySelector("#message_content")`;
/** The members as the page shows them: `alice you`, `bob ...`. */
const MEMBERS = `[...document.querySelectorAll("#members li")].map((member) =>
  [...member.children].slice(1).map(({ textContent }) => textContent).join(" "))`;
const IDLE_TIMEOUT_MS = 1000;

let chrome: Chrome;
let server: Awaited<ReturnType<typeof createServer>>;
let origin: string;
let pages: Set<ChromePage>;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

const start = async (options: { readonly idleTimeoutMs?: number } = {}) => {
  server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 15,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: false,
    log: (line) => expect.unreachable(line),
    nowMs: Date.now,
    ...options,
  });
  origin = await server.listen({ port: 0, host: "127.0.0.1" });
};

beforeEach(() => {
  pages = new Set();
});
afterEach(async () => {
  const problems = [...pages].flatMap((page) => page.problems());
  for (const page of pages) await page.close();
  await server.close();
  expect(problems).toEqual([]);
});

async function visit(name: string, { mode = "stream", query = "", at = origin } = {}): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  pages.add(page);
  await page.logIn({ url: `${at}/${mode}/rooms/1${query}`, ...logInForm(referenceSite, name) });
  await page.waitUntilConnected();
  return page;
}

async function leave(page: ChromePage): Promise<void> {
  pages.delete(page);
  await page.close();
}

const shows = (page: ChromePage, ...members: readonly string[]) =>
  until(page, `JSON.stringify(${MEMBERS}) === ${JSON.stringify(JSON.stringify(members))}`);

/** Puts a text into the field, as typing does it, and the caret somewhere in it. */
const write = (page: ChromePage, text: string, caret = text.length) =>
  page.evaluate(`(() => {
    const draft = ${DRAFT};
    draft.focus();
    draft.value = ${JSON.stringify(text)};
    draft.setSelectionRange(${caret}, ${caret});
    draft.dispatchEvent(new Event("input", { bubbles: true }));
  })()`);
const blur = (page: ChromePage) => page.evaluate(`${DRAFT}.blur()`);
const draftOf = (page: ChromePage) =>
  page.evaluate(
    `(({ value, selectionStart }) => ({ value, caret: selectionStart, focused: document.activeElement === ${DRAFT} }))(${DRAFT})`,
  );
const last = (page: ChromePage, text: string) =>
  until(
    page,
    `document.querySelector("#messages > :last-child .content")?.textContent === ${JSON.stringify(text)}`,
  );

describe.each(Object.keys(MODES))("in %s,", (mode) => {
  test("who comes sees who is there, and is seen by them, until he closes his page", async () => {
    await start();
    const alice = await visit("alice", { mode });
    await shows(alice, "alice you");
    const bob = await visit("bob", { mode });
    await shows(bob, "alice", "bob you");
    await shows(alice, "alice you", "bob");
    await leave(bob);
    await shows(alice, "alice you");
  });

  test("whoever comes, writes and goes, a draft, its caret and the focus stay; leaving the field keeps the text", async () => {
    await start();
    const alice = await visit("alice", { mode });
    await write(alice, "half a thought", 4);
    const draft = { value: "half a thought", caret: 4, focused: true };
    const bob = await visit("bob", { mode });
    await shows(alice, "alice you ...", "bob");
    await write(bob, "hello");
    await shows(alice, "alice you ...", "bob ...");
    expect(await draftOf(alice)).toEqual(draft);
    await bob.click("#message-form button");
    await last(alice, "hello");
    await shows(alice, "alice you ...", "bob");
    expect(await draftOf(alice)).toEqual(draft);
    await blur(alice);
    await shows(bob, "alice", "bob you");
    await write(bob, "still there?");
    await bob.click("#message-form button");
    await last(alice, "still there?");
    await leave(bob);
    await shows(alice, "alice you");
    expect(await draftOf(alice)).toEqual({ ...draft, focused: false });
  });

  test("who goes to another room leaves the one and enters the other", async () => {
    await start();
    const [alice, bob] = [await visit("alice", { mode }), await visit("bob", { mode })];
    await shows(alice, "alice you", "bob");
    const goTo = `.rooms li:nth-child(2) a`;
    await bob.click(goTo);
    await shows(alice, "alice you");
    await shows(bob, "bob you");
    await alice.click(goTo);
    for (const [page, ...members] of [
      [alice, "alice you", "bob"],
      [bob, "alice", "bob you"],
    ] as const)
      await shows(page, ...members);
  });
});

test("who writes has dots behind his name, until the field is empty, left, or its text sent", async () => {
  await start();
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  const ends = [() => write(alice, ""), () => blur(alice), () => alice.click("#message-form button")];
  for (const end of ends) {
    await write(alice, "a word");
    await shows(bob, "alice ...", "bob you");
    await end();
    await shows(bob, "alice", "bob you");
  }
  await write(alice, "another one");
  await shows(bob, "alice ...", "bob you");
  await alice.evaluate(`${DRAFT}.form.requestSubmit()`);
  await last(bob, "another one");
  await shows(bob, "alice", "bob you");
  expect(await draftOf(alice), "sent by the key, so never left").toMatchObject({ value: "", focused: true });
});

test("a draft that is told to be too long stays when the field is left", async () => {
  await start();
  const alice = await visit("alice");
  const draft = "a".repeat(10_001);
  await write(alice, draft);
  await blur(alice);
  await until(alice, `document.querySelector("#message-problem").textContent.includes("10,001")`);
  expect(await draftOf(alice)).toMatchObject({ value: draft, focused: false });
});

test("each member has a colour, the same one on every page, and that of his messages", async () => {
  await start();
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  await write(bob, "mine");
  await bob.click("#message-form button");
  await last(alice, "mine");
  const colours = `[...document.querySelectorAll("#members .avatar")].map((avatar) => getComputedStyle(avatar).backgroundColor)`;
  const ofMessage = `getComputedStyle(document.querySelector("#messages > :last-child .avatar")).backgroundColor`;
  const seen = await alice.evaluate(colours);
  expect(seen).toEqual(["rgb(56, 58, 148)", "rgb(123, 56, 148)"]);
  expect(await bob.evaluate(colours)).toEqual(seen);
  expect(await alice.evaluate(ofMessage)).toBe("rgb(123, 56, 148)");
});

test("who has two pages is one member: the second sends nothing to the others, and closing one of them neither", async () => {
  await start();
  const [alice, first] = [await visit("alice"), await visit("bob")];
  await shows(alice, "alice you", "bob");
  const { framesReceived } = alice.traffic();
  const second = await visit("bob");
  await write(first, "on the first page");
  await shows(alice, "alice you", "bob ...");
  await write(second, "on the second too");
  await blur(first);
  await shows(second, "alice", "bob you ...");
  await leave(first);
  await blur(second);
  await shows(alice, "alice you", "bob");
  expect(alice.traffic().framesReceived - framesReceived, "dots come, dots go").toBe(2);
  await leave(second);
  await shows(alice, "alice you");
});

test("with ?members=off a page neither shows who is there nor is it shown, and sends nothing of it", async () => {
  await start();
  const [alice, quiet] = [await visit("alice"), await visit("bob", { query: "?members=off" })];
  const carla = await visit("carla");
  await shows(alice, "alice you", "carla");
  const { framesReceived } = quiet.traffic();
  await write(quiet, "unseen");
  await blur(quiet);
  await quiet.click(`.rooms li:nth-child(2) a`);
  await until(quiet, `location.pathname === "/stream/rooms/2"`);
  await quiet.click(`.rooms li:nth-child(1) a`);
  await until(quiet, `location.pathname === "/stream/rooms/1" && location.search === "?members=off"`);
  await leave(carla);
  await shows(alice, "alice you");
  expect(await quiet.evaluate(`document.querySelector("#members")`)).toBeNull();
  expect(quiet.traffic().framesReceived - framesReceived, "one change, two rooms").toBe(3);
});

describe("a page that is cut off", () => {
  let proxy: CuttableProxy;
  afterEach(() => proxy.close());

  test("while somebody writes on it is gone at once, and is not writing when it comes back", async () => {
    await start();
    proxy = await startCuttableProxy(origin);
    const [alice, bob] = [await visit("alice"), await visit("bob", { at: proxy.origin })];
    await write(bob, "half a thought");
    await shows(alice, "alice you", "bob ...");
    proxy.hold();
    proxy.cut();
    await shows(alice, "alice you");
    await blur(bob);
    proxy.release();
    await shows(alice, "alice you", "bob");
    await shows(bob, "alice", "bob you");
    expect(await draftOf(bob)).toMatchObject({ value: "half a thought", focused: false });
  });

  test("without a word is gone, and no longer writing, once it was silent for too long", async () => {
    await start({ idleTimeoutMs: IDLE_TIMEOUT_MS });
    proxy = await startCuttableProxy(origin);
    const [alice, bob] = [await visit("alice"), await visit("bob", { at: proxy.origin })];
    for (const page of [alice, bob])
      await page.evaluate(`(({ socket }) => {
        socket.heartbeatIntervalMs = ${IDLE_TIMEOUT_MS / 10};
        socket.resetHeartbeat();
      })(liveSocket)`);
    await write(bob, "half a thought");
    await shows(alice, "alice you", "bob ...");
    const sockets = alice.traffic().webSockets;
    proxy.freeze();
    await shows(alice, "alice you");
    expect(alice.traffic().webSockets, "whoever is not silent stays").toBe(sockets);
  });
});
