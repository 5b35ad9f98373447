import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { logInFields } from "../../harness/core/site.ts";
import { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { type AccountSite, accountSite } from "./account-site.ts";
import { logInForm } from "./log-in-form.ts";
import { RawBrowser, RawSocket } from "./raw-client.ts";
import { startTestChrome } from "./test-chrome.ts";

const ROOM = "/stream/rooms/1";

let chrome: Chrome;
beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

async function inRoom({ origin }: AccountSite, name: string): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  onTestFinished(() => page.close());
  await page.logIn({ url: `${origin}${ROOM}`, ...logInForm(name) });
  await page.waitUntilConnected();
  return page;
}

/** Has a script of the page push so many events at once. */
const pushMany = (page: ChromePage, count: number) =>
  page.evaluate(`(() => {
    for (let count = 0; count < ${count}; count++)
      liveSocket.main.channel.push("event", { type: "click", event: "nothing", value: {} });
  })()`);

const contents = async (page: ChromePage) =>
  (await page.readList(referenceSite.list)).map(({ fields }) => fields.content);

test("who is too fast is told so, keeps what he wrote, and can go on in a moment", async () => {
  const site = await accountSite();
  const page = await inRoom(site, "alice");
  await page.evaluate(`document.querySelector("#message_content").value = "written too fast"`);
  await pushMany(page, 550);
  await page.evaluate(`document.querySelector("#message-form").requestSubmit()`);
  await page.waitFor("#too-fast:not(:empty)");
  expect(await page.evaluate(`document.querySelector("#too-fast").textContent`)).toBe(
    "Too fast: wait a moment.",
  );
  expect(await contents(page)).not.toContain("written too fast");
  await page.waitFor("#too-fast:empty");
  await page.waitFor("#message-form:not([data-phx-ref-lock]) #message_content:not([readonly])");
  expect(await page.evaluate(`document.querySelector("#message_content").value`)).toBe("written too fast");
  await page.click("#message-form button");
  await page.waitForList(
    referenceSite.list,
    (items) => items.at(-1)?.fields.content === "written too fast",
    "show it",
  );
  expect(await page.evaluate(`document.querySelectorAll("[data-phx-ref-lock]").length`)).toBe(0);
  expect(site.log).toEqual([]);
});

test("a page that floods the server is cut off and comes back, and nobody else notices", async () => {
  const site = await accountSite();
  const [page, other] = [await inRoom(site, "alice"), await inRoom(site, "bob")];
  await page.evaluate(
    "(() => { window.cameBack = new Promise((resolve) => liveSocket.getSocket().onOpen(resolve)); })()",
  );
  await pushMany(page, 3000);
  await page.evaluate("cameBack");
  await page.waitUntilConnected();
  expect(site.log).toEqual(["a client that floods the server with messages: connection closed"]);
  await page.submitMessage("#message-form", "#message_content", "back again");
  await other.waitForList(
    referenceSite.list,
    (items) => items.at(-1)?.fields.content === "back again",
    "show it",
  );
  expect([other.problems(), await other.evaluate(`document.querySelector("#too-fast").textContent`)]).toEqual(
    [[], ""],
  );
});

test("who types as fast as a person can notices nothing", async () => {
  const site = await accountSite();
  const page = await inRoom(site, "alice");
  await page.evaluate(`(() => {
    window.refusals = [];
    const place = document.querySelector("#too-fast");
    new MutationObserver(() => refusals.push(place.textContent)).observe(place, { childList: true, characterData: true, subtree: true });
  })()`);
  // Chrome types faster than any person: what it types at once is less than the bucket holds, all of it is more.
  const text = "a sentence that is typed without a pause, and without looking up. ".repeat(3).trim();
  await page.type("#message_content", text);
  await sleep(1500);
  await page.type("#message_content", text);
  await page.press("#message_content", "Enter");
  await page.waitForList(
    referenceSite.list,
    (items) => items.at(-1)?.fields.content === `${text}${text}`,
    "show it",
  );
  expect([page.problems(), await page.evaluate("refusals"), site.log]).toEqual([[], [], []]);
});

test("a socket that floods the server is closed with 1008 and why, once, whatever else it sends", async () => {
  const site = await accountSite();
  const browser = new RawBrowser(site.origin);
  await browser.logIn("alice");
  const page = await browser.get(ROOM);
  const socket = await RawSocket.open(site.origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  await socket.join(page, `${site.origin}${ROOM}`);
  const closed = once(socket.socket, "close");
  const event = { type: "click", event: "nothing", value: {} };
  for (let ref = 2; ref < 3000; ref++) socket.send(["1", String(ref), `lv:${page.id}`, "event", event]);
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([1008, "too many messages"]);
  expect(site.log).toEqual(["a client that floods the server with messages: connection closed"]);
});

test("a simulated user whose action was refused fails with its code, and can act again", async () => {
  const site = await accountSite();
  const { container, fields } = referenceSite.list;
  const population = new Population({
    baseUrl: site.origin,
    list: container,
    fields,
    clock: realClock,
    every: everyInterval,
  });
  onTestFinished(() => population.close());
  const user = new SimulatedUser(population, { name: "alice" });
  onTestFinished(() => user.close());
  const [step] = referenceSite.logIn.steps;
  await user.submitHtmlForm({
    page: await user.get(step.path),
    form: step.form,
    fields: logInFields(step, { name: "alice", password: referenceSite.accounts.password }),
  });
  await user.mount(ROOM);
  await user.connect();
  const say = (text: string) =>
    user.submit(referenceSite.send.form, { [referenceSite.send.field]: text }).then(
      () => "sent",
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    );
  const outcomes = await Promise.all(Array.from({ length: 400 }, (_, index) => say(`message ${index}`)));
  const kinds = outcomes.map((outcome) => outcome.replace(/\d+\}$/, "N}"));
  expect([...new Set(kinds)]).toEqual([
    "sent",
    'push-refused: alice: event "send" was answered with an error: {"reason":"too_many_events","retry_after_ms":N}',
  ]);
  await expect.poll(() => say("later")).toBe("sent");
});
