import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { accountSite, PASSWORD } from "./account-site.ts";
import { logInForm } from "./log-in-form.ts";
import { startTestChrome } from "./test-chrome.ts";

const NEXT = "another password altogether";
const ROOM = "/stream/rooms/2";

let chrome: Chrome;
beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

async function openPage(name: string): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  onTestFinished(() => page.close());
  return page;
}

/** Fills in a form of the page that is open, and sends it. */
async function send(page: ChromePage, form: string, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = `document.querySelector(${JSON.stringify(`${form} [name="${name}"]`)})`;
    await page.evaluate(`${field}.value = ${JSON.stringify(value)}`);
  }
  await page.click(`${form} [type=submit]`);
}

const pathOf = (page: ChromePage) => page.evaluate("location.pathname + location.search");
const textOf = (page: ChromePage, selector: string) =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent`);

test("a person registers, writes, changes his settings, logs out and comes back", async () => {
  const { origin, log } = await accountSite();
  const page = await openPage("Zoe");
  await page.goto(`${origin}${ROOM}`);
  await page.click(".account a");
  await page.waitFor("#register-form");
  await send(page, "#register-form", {
    "user[name]": "zoe",
    "user[email]": "zoe@people.example",
    "user[password]": PASSWORD,
  });
  await page.waitUntilConnected();
  expect([await pathOf(page), await textOf(page, ".me strong")]).toEqual([ROOM, "zoe"]);
  await page.submitMessage("#message-form", "#message_content", "I am new here");
  const mine = (sender: string) => `show what ${sender} wrote`;
  await page.waitForList(referenceSite.list, (items) => items.at(-1)?.fields.sender === "zoe", mine("zoe"));

  await page.click(`.site a[href="/settings"]`);
  await page.waitFor("#name-form");
  await send(page, "#name-form", { "user[name]": "alice" });
  await page.waitFor("#name-problem");
  await page.waitFor("#name:focus");
  expect([await textOf(page, "#name-problem"), await page.evaluate("document.activeElement.id")]).toEqual([
    "this nickname is taken",
    "name",
  ]);
  await send(page, "#name-form", { "user[name]": "zora" });
  await page.waitFor(".saved");
  expect(await textOf(page, ".saved")).toBe("Your nickname is changed.");
  await page.click("#log-out button");
  await page.waitFor("#log-in-form");
  expect(await pathOf(page)).toBe("/log_in");

  await page.logIn({
    url: `${origin}${ROOM}`,
    ...logInForm("zora", PASSWORD),
  });
  await page.waitUntilConnected();
  const items = await page.readList(referenceSite.list);
  expect([await pathOf(page), items.at(-1)?.fields]).toEqual([
    ROOM,
    { sender: "zora", time: "2026-01-02 03:04", content: "I am new here" },
  ]);
  const refused = `POST ${origin}/settings/name: 422`;
  expect(page.problems().filter(({ kind }) => kind === "response")).toEqual([
    { kind: "response", text: refused },
  ]);
  expect([page.problemCount(), log]).toEqual([2, []]);
});

test("who deletes his account is asked to log in, cannot, and leaves his messages to nobody's name", async () => {
  const { origin } = await accountSite();
  const page = await openPage("Zoe");
  await page.goto(`${origin}/register`);
  await send(page, "#register-form", {
    "user[name]": "zoe",
    "user[email]": "zoe@people.example",
    "user[password]": PASSWORD,
  });
  await page.waitFor(".site");
  await page.openView(`${origin}${ROOM}`);
  await page.submitMessage("#message-form", "#message_content", "I was here");
  await page.waitForList(referenceSite.list, (items) => items.at(-1)?.fields.sender === "zoe", "show it");
  await page.goto(`${origin}/settings`);
  await send(page, "#delete-form", { current_password: PASSWORD });
  await page.waitFor("#log-in-form");
  await send(page, "#log-in-form", { "user[name]": "zoe", "user[password]": PASSWORD });
  await page.waitFor(".problem");
  const bob = await openPage("Bob");
  await bob.logIn({ url: `${origin}${ROOM}`, ...logInForm("bob") });
  await bob.waitUntilConnected();
  expect((await bob.readList(referenceSite.list)).at(-1)?.fields).toMatchObject({
    sender: expect.stringMatching(/^deleted user \d+$/),
    content: "I was here",
  });
});

test("a page that is open on another device is led to the log-in when the password is changed, and back", async () => {
  const { origin } = await accountSite();
  const [here, there] = [await openPage("here"), await openPage("there")];
  for (const page of [here, there]) {
    await page.logIn({ url: `${origin}${ROOM}`, ...logInForm("alice") });
    await page.waitUntilConnected();
  }
  await here.goto(`${origin}/settings`);
  await send(here, "#password-form", {
    current_password: "a password for the bench",
    "user[password]": NEXT,
  });
  await here.waitFor(".saved");
  await there.waitFor("#log-in-form");
  expect(await pathOf(there)).toBe(`/log_in?return_to=${encodeURIComponent(ROOM)}`);
  await send(there, "#log-in-form", { "user[name]": "alice", "user[password]": NEXT });
  await there.waitUntilConnected();
  expect([await pathOf(there), await textOf(there, ".me strong")]).toEqual([ROOM, "alice"]);
});
