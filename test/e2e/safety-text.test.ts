import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { FLASH_COOKIE, signFlash } from "../../reference-server/live/flash.ts";
import { TokenSigner } from "../../reference-server/live/token.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { type AccountSite, accountSite } from "./account-site.ts";
import { temporaryFolder } from "./bench.ts";
import { logInForm } from "./log-in-form.ts";
import { visitRoom } from "./room-visitor.ts";
import { startTestChrome } from "./test-chrome.ts";

const LIST = referenceSite.list;
const SECRET = "a secret of the tests that is long enough";

/** Texts that set `ran` where they are taken for more than text. */
const PAYLOADS: readonly string[] = [
  "<img src=x onerror=window.ran=1>",
  '"><script>window.ran=1</script>',
  "' onmouseover='window.ran=1' autofocus onfocus='window.ran=1",
  "javascript:window.ran=1",
  `\${window.ran=1} {{window.ran=1}} #{window.ran=1} <%= window.ran=1 %>`,
  "</title><script>window.ran=1</script>",
  "</textarea><svg onload=window.ran=1>",
  "</style><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
  "<!-- --><a href=javascript:window.ran=1 autofocus>",
  '<p phx-click="delete" phx-value-id="1" phx-mounted=\'[["exec",{"attr":"onclick"}]]\'>',
  "&lt;b&gt; &amp;amp; &#39; &quot;",
  '@c1 {"s":["<b>"]} \\u003cb\\u003e \\" \\',
  "]]> --> */ //",
];
/** Each in a text of its own where there is room for but one: what ends a context opens it for the next. */
const ALL = PAYLOADS.join(" ");

let chrome: Chrome;
beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

async function open(name: string): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  onTestFinished(() => page.close());
  return page;
}

/** Expects that nothing has run, and that there is no element but those of the page's own templates. */
async function expectTextOnly(page: ChromePage): Promise<void> {
  const state = `({
    ran: window.ran ?? null,
    strange: [...document.querySelectorAll("img, svg, iframe, style, body script, title *, textarea *, #messages a, #messages b")]
      .map(({ outerHTML }) => outerHTML),
    handlers: [...document.querySelectorAll("*")]
      .flatMap(({ attributes }) => [...attributes])
      .filter(({ name, value }) => name.startsWith("on") || value.startsWith("javascript:") && name !== "value")
      .map(({ name }) => name),
  })`;
  expect(await page.evaluate(state)).toEqual({ ran: null, strange: [], handlers: [] });
}

const read = (page: ChromePage, expression: string) => page.evaluate(expression);
const textOf = (page: ChromePage, selector: string) =>
  read(page, `document.querySelector(${JSON.stringify(selector)}).textContent`);
const attributeOf = (page: ChromePage, selector: string, name: string) =>
  read(page, `document.querySelector(${JSON.stringify(selector)}).getAttribute("${name}")`);

async function inRoom(site: AccountSite, name: string, mode = "stream"): Promise<ChromePage> {
  const page = await open(name);
  await page.logIn({ url: `${site.origin}/${mode}/rooms/1`, ...logInForm(name) });
  await page.waitUntilConnected();
  return page;
}

/** Writes a text into a field as a person does who pastes it, and sends its form. */
const send = (page: ChromePage, field: string, text: string) =>
  page.evaluate(`(() => {
    const field = document.querySelector("${field}");
    field.value = ${JSON.stringify(text)};
    field.form.requestSubmit();
  })()`);

test.each(["stream", "keyed", "append"])(
  "in %s a message is its text, byte for byte, as it comes, as it is changed, and on a page that is loaded later",
  async (mode) => {
    const site = await accountSite({ messagesPerRoom: 0 });
    const [alice, bob] = [await inRoom(site, "alice", mode), await inRoom(site, "bob", mode)];
    for (const [index, payload] of PAYLOADS.slice(0, 9).entries()) {
      await send(alice, "#message_content", payload);
      for (const page of [alice, bob])
        await page.waitForList(
          LIST,
          (items) => items.length === index + 1 && items.at(-1)?.fields.content === payload,
          `show ${payload}`,
        );
    }
    await alice.click("#messages > :last-child .edit");
    await alice.waitFor("#edit_content");
    expect(await read(alice, `document.querySelector("#edit_content").value`)).toBe(PAYLOADS[8]);
    await send(alice, "#edit_content", ALL);
    for (const page of [alice, bob]) {
      await page.waitForList(LIST, (items) => items.at(-1)?.fields.content === ALL, "show what was changed");
      await expectTextOnly(page);
    }
    await bob.openView(`${site.origin}/${mode}/rooms/1`);
    const contents = (await bob.readList(LIST)).map(({ fields }) => fields.content);
    expect(contents).toEqual([...PAYLOADS.slice(0, 8), ALL]);
    await expectTextOnly(bob);
    expect([alice.problems(), bob.problems(), site.log]).toEqual([[], [], []]);
  },
);

test("the names of a room and of a person are text in content, attributes, options and the title", async () => {
  const database = join(temporaryFolder(), "chat.db");
  const site = await accountSite({ database });
  const page = await inRoom(site, "alice");
  // Nobody can be called so by the forms; a file may hold what no form has let in.
  const sqlite = new DatabaseSync(database);
  sqlite.prepare("UPDATE rooms SET name = ? WHERE id = 1").run(ALL);
  sqlite.prepare("UPDATE users SET name = ? WHERE name = 'alice'").run(ALL);
  sqlite.close();
  await page.openView(`${site.origin}/stream/rooms/1`);
  await send(page, "#message_content", "by whom?");
  await page.waitForList(LIST, (items) => items.at(-1)?.fields.sender === ALL, "show who wrote it");
  expect(await read(page, "document.title")).toBe(`${ALL} · Chat`);
  expect(await textOf(page, "header.room h2")).toBe(ALL);
  expect(await textOf(page, ".me strong")).toBe(ALL);
  expect(await textOf(page, ".rooms [aria-current] ")).toBe(ALL);
  expect(await textOf(page, "#history p")).toBe(`This is where ${ALL} begins`);
  expect(await attributeOf(page, "#message_content", "placeholder")).toBe(`Message ${ALL}`);
  expect(await attributeOf(page, "#search", "aria-label")).toBe(`Search ${ALL}`);
  // Another room and back, by patches: the title comes over the socket.
  await page.evaluate(`document.querySelector(".rooms li:nth-child(2) a").click()`);
  await page.waitFor("#room-2");
  await page.evaluate(`document.querySelector(".rooms li:nth-child(1) a").click()`);
  await page.waitFor("#room-1");
  expect(await read(page, "document.title")).toBe(`${ALL} · Chat`);
  await expectTextOnly(page);
  await page.goto(`${site.origin}/settings`);
  expect(await textOf(page, "main strong")).toBe(ALL);
  expect(await read(page, `document.querySelector("#name").value`)).toBe(ALL);
  await expectTextOnly(page);
  expect([page.problems(), site.log]).toEqual([[], []]);
});

test("what is looked for is text, in its field and beside what was found", async () => {
  const site = await accountSite();
  const page = await inRoom(site, "alice");
  for (const payload of PAYLOADS) {
    await send(page, "#search", payload);
    await expect.poll(() => textOf(page, "#history p")).toBe(`Nothing was found for “${payload}”`);
    expect(await attributeOf(page, "#search", "value")).toBe(payload);
    await expectTextOnly(page);
  }
  expect([page.problems(), site.log]).toEqual([[], []]);
});

test("what is said to the reader is text, and nobody else can say it", async () => {
  const site = await accountSite();
  const page = await inRoom(site, "alice");
  const flashOf = (cookie: string) =>
    `document.cookie = ${JSON.stringify(`${FLASH_COOKIE}=${cookie}; path=/`)}`;
  const signer = new TokenSigner({ secret: SECRET, nowMs: () => site.clock.nowMs });
  await page.evaluate(flashOf(signFlash(signer, { error: ALL })));
  await page.openView(`${site.origin}/rooms`);
  expect(await textOf(page, "#flash-error")).toBe(`${ALL} ✕`);
  await expectTextOnly(page);
  const forger = new TokenSigner({ secret: "another", nowMs: () => site.clock.nowMs });
  for (const forged of [signFlash(forger, { error: "forged" }), encodeURIComponent(ALL)]) {
    await page.evaluate(flashOf(forged));
    await page.openView(`${site.origin}/rooms`);
    expect(await textOf(page, "#flash")).toBe("");
  }
  expect([page.problems(), site.log]).toEqual([[], []]);
});

test("what is given to the forms of accounts comes back as text, and leads nowhere else", async () => {
  const site = await accountSite();
  const page = await open("nobody");
  await page.goto(`${site.origin}/log_in?return_to=${encodeURIComponent(`javascript:window.ran=1//${ALL}`)}`);
  expect(await read(page, `document.querySelector("[name=return_to]").value`)).toBe("/");
  await page.evaluate(`document.querySelector("#user_password").value = "a wrong password"`);
  await send(page, "#user_name", ALL);
  await page.waitFor("#log-in-form-problem");
  expect(await read(page, `document.querySelector("#user_name").value`)).toBe(ALL);
  await expectTextOnly(page);
  const path = `/stream/rooms/1?x=${encodeURIComponent(ALL)}`;
  await page.goto(`${site.origin}/log_in?return_to=${encodeURIComponent(path)}`);
  expect(await read(page, `document.querySelector("[name=return_to]").value`)).toBe(
    new URL(path, site.origin).href.slice(site.origin.length),
  );
  await expectTextOnly(page);
});

test("an address that leads nowhere is no HTML, whatever stands in it", async () => {
  const site = await accountSite();
  for (const payload of PAYLOADS) {
    const answer = await fetch(
      `${site.origin}/${encodeURIComponent(payload)}?${encodeURIComponent(payload)}`,
    );
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      404,
      "application/json; charset=utf-8",
    ]);
  }
});

test("a name that a client has chosen begins no line of the log, and colours none", async () => {
  const site = await accountSite();
  const { page, socket } = await visitRoom(site, "alice");
  const topic = `lv:${page.id}\nforged line\u001b[31m\r`;
  socket.send(["9", "9", topic, "phx_join", { session: page.session }]);
  expect((await socket.next())[4]).toEqual({ status: "error", response: { reason: "stale" } });
  expect(site.log).toEqual([
    `the join of "lv:${page.id}\\nforged line\\u001b[31m\\r" was refused as stale: its tokens are not of this server, of this topic, or too old`,
  ]);
});

test("markup that got onto a page all the same runs nothing, and the page's own styles and scripts work", async () => {
  const site = await accountSite();
  const page = await inRoom(site, "alice");
  const hue = `getComputedStyle(document.querySelector(".me .avatar")).getPropertyValue("--hue")`;
  expect(await read(page, hue)).toBe("239");
  await page.evaluate(`(() => {
    window.blocked = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => blocked.push(effectiveDirective));
    const hole = document.createElement("div");
    hole.innerHTML = '<img src="/nowhere.png" onerror="window.ran=1"><a href="javascript:window.ran=1">x</a>';
    document.body.append(hole);
    const script = document.createElement("script");
    script.textContent = "window.ran=1";
    document.body.append(script);
    hole.querySelector("a").click();
  })()`);
  await expect
    .poll(() => read(page, "[...new Set(blocked)].sort().join()"))
    .toBe("script-src-attr,script-src-elem");
  expect(await read(page, "window.ran ?? null")).toBeNull();
});
