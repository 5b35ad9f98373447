import { type Browser, launch, type Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureChrome } from "../../harness/browser/install-chrome.ts";
import { chromeFlags } from "../../harness/browser/launch.ts";
import { nodeChromeHost } from "../../harness/browser/node-chrome-host.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { PAGES } from "./bindings-page.ts";
import { BARRIER, ScriptedView } from "./scripted-view.ts";

const view = new ScriptedView(PAGES);
let origin: string;
let browser: Browser;

beforeAll(async () => {
  origin = await view.listen();
  const { path } = await ensureChrome(nodeChromeHost(process.env), (line) =>
    process.stderr.write(`${line}\n`),
  );
  browser = await launch({ executablePath: path, pipe: true, args: chromeFlags(process.getuid?.() === 0) });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await view[Symbol.asyncDispose]();
});

/** What the simulated user sends. */
async function byUser(path: string, act: UserAct, count: number): Promise<unknown[]> {
  const population = new Population({
    baseUrl: origin,
    list: "#messages",
    fields: {},
    clock: realClock,
    every: () => () => {},
  });
  const user = new SimulatedUser(population, { name: "ada", reconnect: "backoff" });
  try {
    await user.mount(path);
    await user.connect();
    await act(user);
    await view.arrived(count);
  } finally {
    await user.close();
    population.close();
  }
  return view.take();
}

/** A page in Chrome, joined. */
async function open(path: string): Promise<Page> {
  const context = await browser.createBrowserContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${origin}${path}`);
  await page.waitForSelector("[data-phx-main].phx-connected");
  return page;
}

/** What the official client sends in Chrome: so many events at least are waited for. */
async function byChrome(
  path: string,
  act: (page: Page) => Promise<unknown>,
  count: number,
): Promise<unknown[]> {
  const page = await open(path);
  await act(page);
  await view.arrived(count);
  await page.evaluate((event) => {
    const scope = globalThis as unknown as {
      document: { getElementById(id: string): unknown };
      liveSocket: { js(): { push(el: unknown, event: string, options: object): void } };
    };
    const element = scope.document.getElementById("barrier");
    return (
      element && new Promise<void>((callback) => scope.liveSocket.js().push(element, event, { callback }))
    );
  }, BARRIER);
  return view.take();
}

type Case = readonly [
  name: string,
  path: string,
  chrome: (page: Page) => Promise<unknown>,
  user: (user: SimulatedUser) => Promise<unknown>,
  /** How many pushes both must make: so none compares nothing. */
  count: number,
];

type ChromeAct = Case[2];
type UserAct = Case[3];

/** A click in both, on the element with this id. */
const clicks = (path: string, id: string, count: number): Case => [
  `a click on #${id}`,
  path,
  (page) => page.click(`#${id}`),
  (user) => user.click(`#${id}`),
  count,
];

/** Goes to a field and puts a text in at once, in place of what is there, as an input method does. */
const fill =
  (id: string, text: string): ChromeAct =>
  async (page) => {
    await page.focus(`#${id}`);
    await page.$eval(`#${id}`, (element) => (element as unknown as { select(): void }).select());
    await page.keyboard.sendCharacter(text);
  };

/** Puts a text into a field as a script does that tells of it, where keys would be told one by one. */
const assign =
  (id: string, text: string): ChromeAct =>
  (page) =>
    page.$eval(
      `#${id}`,
      (element, value) => {
        const field = element as unknown as { value: string; dispatchEvent(event: unknown): void };
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      },
      text,
    );

const inOrder =
  <Who>(...acts: readonly ((who: Who) => Promise<unknown>)[]) =>
  async (who: Who) => {
    for (const act of acts) await act(who);
  };

const press =
  (id: string | null, key: "Escape" | "Enter" | "x"): ChromeAct =>
  async (page) => {
    if (id !== null) await page.focus(`#${id}`);
    await page.keyboard.press(key);
  };

const presses =
  (id: string | null, key: string): UserAct =>
  async (user) => {
    const selector = id === null ? null : `#${id}`;
    await Promise.all([user.keydown(selector, key), user.keyup(selector, key)]);
  };

const changes =
  (form: string, name: string, value: string | readonly string[]): UserAct =>
  (user) =>
    user.change(`#${form}`, name, value);

/** Scrolls what scrolls to the bottom, then a little away from it and on to where it is told to. */
const scroll =
  (selector: string, ...tops: readonly number[]): ChromeAct =>
  async (page) => {
    for (const top of tops) {
      await page.$eval(
        selector,
        (element, to) => {
          const box = element as unknown as {
            scrollTop: number;
            addEventListener(type: string, done: () => void, options: object): void;
          };
          return new Promise<void>((done) => {
            box.addEventListener("scroll", done, { once: true });
            box.scrollTop = to;
          });
        },
        top,
      );
    }
  };

describe("the simulated user pushes what the official client pushes in Chrome", () => {
  test.each<Case>([
    ...[
      "named",
      "within",
      "link",
      "third",
      "plain",
      "checked",
      "unchecked",
      "radio",
      "text",
      "meter",
      "output",
      "executes",
      "scoped",
    ].map((id) => clicks("/clicks", id, id === "scoped" ? 2 : 2)),
    clicks("/clicks", "listed", 3),
    clicks("/clicks", "in-menu", 1),
  ])("%s", agree);

  test.each<Case>([
    clicks("/targets", "to-class", 5),
    clicks("/targets", "to-outside", 1),
    clicks("/targets", "to-cid", 1),
    clicks("/targets", "to-given", 6),
    clicks("/targets", "in-1", 1),
    clicks("/targets", "self-2", 1),
    [
      "a click that is for nobody",
      "/targets",
      (page) => page.click("#to-nobody"),
      (user) => user.click("#to-nobody").catch(() => {}),
      0,
    ],
    [
      "a click that is for no component",
      "/targets",
      (page) => page.click("#to-no-cid"),
      (user) => user.click("#to-no-cid").catch(() => {}),
      0,
    ],
  ])("%s", agree);

  test.each<Case>([
    ["a key in a field that is bound", "/keys", press("keys", "Escape"), presses("keys", "Escape"), 2],
    [
      "a key that is not asked for",
      "/keys",
      press("enter-only", "Escape"),
      presses("enter-only", "Escape"),
      1,
    ],
    [
      "a key that is asked for, in another case",
      "/keys",
      press("enter-only", "Enter"),
      presses("enter-only", "Enter"),
      2,
    ],
    ["a key in a field that is not bound", "/keys", press("deaf", "Escape"), presses("deaf", "Escape"), 3],
    ["a key on the page", "/keys", press(null, "x"), presses(null, "x"), 2],
    [
      "a key that runs another attribute's commands",
      "/keys",
      press("exec-keys", "x"),
      presses("exec-keys", "x"),
      2,
    ],
  ])("%s", agree);

  test.each<Case>([
    [
      "going to a field and to another",
      "/focus",
      inOrder(
        (page) => page.focus("#focus"),
        (page) => page.focus("#other"),
      ),
      inOrder<SimulatedUser>(
        (user) => user.focus("#focus"),
        (user) => user.focus("#other"),
      ),
      3,
    ],
    [
      "leaving a field",
      "/focus",
      inOrder(
        (page) => page.focus("#focus"),
        (page) => page.$eval("#focus", (element) => (element as unknown as { blur(): void }).blur()),
      ),
      inOrder<SimulatedUser>(
        (user) => user.focus("#focus"),
        (user) => user.blur("#focus"),
      ),
      2,
    ],
    [
      "leaving and entering the window",
      "/focus",
      (page) =>
        page.evaluate(
          `window.dispatchEvent(new FocusEvent("blur")); window.dispatchEvent(new FocusEvent("focus"));`,
        ),
      async () => {},
      0,
    ],
  ])("%s", agree);

  test.each<Case>([
    [
      "typing into a field",
      "/forms",
      fill("form-a", "hällo & \u{1f600}"),
      changes("form", "m[a]", "hällo & \u{1f600}"),
      1,
    ],
    [
      "typing into one field, then another",
      "/forms",
      inOrder(fill("form-a", "1"), fill("far", "2")),
      inOrder(changes("form", "m[a]", "1"), changes("form", "far", "2")),
      2,
    ],
    ["checking a box", "/forms", (page) => page.click("#form-c"), changes("form", "c", "true"), 1],
    ["choosing a radio button", "/forms", (page) => page.click("#form-r3"), changes("form", "r", "3"), 1],
    ["choosing an option", "/forms", (page) => page.select("#form-s", "B"), changes("form", "s", "B"), 1],
    [
      "choosing some options",
      "/forms",
      (page) => page.select("#form-m", "2", "4"),
      changes("form", "m[]", ["2", "4"]),
      1,
    ],
    ["typing two lines", "/forms", assign("form-t", "a\nb"), changes("form", "t", "a\nb"), 1],
    ["a field with a binding of its own", "/forms", fill("own-a", "2"), changes("own", "a", "2"), 4],
    [
      "a field with a binding of its own in a form for a component",
      "/forms",
      fill("own-in-a", "2"),
      changes("own-in", "a", "2"),
      1,
    ],
    ["a form whose command has a target", "/forms", fill("aimed-a", "2"), changes("aimed", "a", "2"), 4],
    [
      "a form for the component around an element",
      "/forms",
      fill("aimed-self-a", "2"),
      changes("aimed-self", "a", "2"),
      1,
    ],
    ["a form without marks", "/forms", fill("unmarked-a", "2"), changes("unmarked", "a", "2"), 1],
    [
      "sending a form with its first button",
      "/forms",
      (page) => page.click("#form-go"),
      (user) => user.submit("#form", {}, { button: "#form-go" }),
      1,
    ],
    [
      "sending a form with another button",
      "/forms",
      (page) => page.click("#form-or"),
      (user) => user.submit("#form", {}, { button: "#form-or" }),
      1,
    ],
    [
      "sending a form with Enter, then typing",
      "/forms",
      inOrder(press("form-a", "Enter"), fill("far", "2")),
      inOrder((user) => user.submit("#form", {}), changes("form", "far", "2")),
      2,
    ],
    [
      "sending a form whose command has a target",
      "/forms",
      press("aimed-a", "Enter"),
      (user) => user.submit("#aimed", {}),
      1,
    ],
    [
      "sending a form for the component around an element",
      "/forms",
      press("aimed-self-a", "Enter"),
      (user) => user.submit("#aimed-self", {}),
      1,
    ],
    [
      "sending a form out of a field that has the focus",
      "/forms",
      inOrder(fill("blurring-a", "x"), press(null, "Enter")),
      inOrder<SimulatedUser>(
        (user) => user.focus("#blurring-a"),
        (user) => user.submit("#blurring", { a: "x" }),
      ),
      4,
    ],
  ])("%s", agree);

  test.each<Case>([
    [
      "typing fast into a field that waits",
      "/limits",
      inOrder(fill("slow-a", "1"), fill("slow-a", "2")),
      (user) => Promise.all([user.change("#slow", "a", "1"), user.change("#slow", "a", "2")]),
      1,
    ],
    [
      "leaving a field that waits",
      "/limits",
      inOrder(fill("slow-a", "1"), (page) => page.focus("#slow-c")),
      async (user) => {
        await user.focus("#slow-a");
        const change = user.change("#slow", "a", "1");
        await user.focus("#slow-c");
        await change;
      },
      1,
    ],
    [
      "leaving a field that waits for it",
      "/limits",
      inOrder(fill("slow-b", "1"), fill("slow-b", "2"), (page) => page.focus("#slow-c")),
      async (user) => {
        await user.focus("#slow-b");
        const both = [user.change("#slow", "b", "1"), user.change("#slow", "b", "2")];
        await user.focus("#slow-c");
        await Promise.all(both);
      },
      2,
    ],
    [
      "sending a form while a field waits",
      "/limits",
      inOrder(fill("slow-a", "1"), press(null, "Enter")),
      async (user) => {
        await user.focus("#slow-a");
        const change = user.change("#slow", "a", "1");
        await user.submit("#slow", {});
        await change;
      },
      1,
    ],
    [
      "sending a form while a field waits to be left",
      "/limits",
      inOrder(fill("slow-b", "1"), press(null, "Enter")),
      async (user) => {
        await user.focus("#slow-b");
        const change = user.change("#slow", "b", "1");
        await user.submit("#slow", {});
        await change;
      },
      3,
    ],
    [
      "clicking twice what is throttled",
      "/limits",
      inOrder(
        (page) => page.click("#throttled"),
        (page) => page.click("#throttled"),
      ),
      inOrder<SimulatedUser>(
        (user) => user.click("#throttled"),
        (user) => user.click("#throttled"),
      ),
      1,
    ],
    [
      "pressing keys where they are throttled",
      "/limits",
      inOrder(press("throttled-keys", "Escape"), press(null, "Escape"), press(null, "Enter")),
      async (user) => {
        for (const key of ["Escape", "Escape", "Enter"]) await user.keydown("#throttled-keys", key);
      },
      2,
    ],
  ])("%s", agree);

  const hook =
    (id: string, call: string): ChromeAct =>
    (page) =>
      page.evaluate(`document.getElementById("${id}").hook.${call}`);
  test.each<Case>([
    [
      "a hook",
      "/hooks",
      hook("hook", `pushEvent("hooked", { a: [1] })`),
      (user) => user.pushHookEvent("#hook", "hooked", { a: [1] }),
      1,
    ],
    [
      "a hook without a payload",
      "/hooks",
      hook("hook", `pushEvent("hooked")`),
      (user) => user.pushHookEvent("#hook", "hooked"),
      1,
    ],
    [
      "a hook in a component",
      "/hooks",
      hook("inner-1", `pushEvent("hooked", {})`),
      (user) => user.pushHookEvent("#inner-1", "hooked"),
      1,
    ],
    [
      "a hook, to a component",
      "/hooks",
      hook("hook", `pushEventTo(2, "hooked", {})`),
      (user) => user.pushHookEvent("#hook", "hooked", {}, { target: 2 }),
      1,
    ],
    [
      "a hook, to what a selector matches",
      "/hooks",
      hook("hook", `pushEventTo(".target", "hooked", {})`),
      (user) => user.pushHookEvent("#hook", "hooked", {}, { target: ".target" }),
      4,
    ],
  ])("%s", agree);

  const loadMore: UserAct = (user) => user.loadMore();
  test.each<Case>([
    [
      "coming to the top of a list, of which an overrun is not told",
      "/aimed-list",
      scroll("#messages", 400, 0),
      loadMore,
      1,
    ],
    ["scrolling down in a list", "/boxed", scroll("#box", 300, 5000), (user) => user.loadNewer(), 1],
    [
      "jumping to the top of what a list is in",
      "/boxed",
      scroll("#box", 400, 0),
      (user) => user.loadMore({ overruns: true }),
      2,
    ],
    [
      "jumping to the top of a list that scrolls itself",
      "/list",
      scroll("#messages", 400, 0),
      (user) => user.loadMore({ overruns: true }),
      2,
    ],
    [
      "jumping to the top where what is overrun is another element",
      "/aimed-list",
      scroll("#messages", 400, 0),
      (user) => user.loadMore({ overruns: true }),
      1,
    ],
    ["jumping to the bottom of a list", "/list", scroll("#messages", 900), (user) => user.loadNewer(), 1],
  ])("%s", agree);

  test("a form is sent over HTTP once the view says so", async () => {
    view.take();
    const simulated = await byUser(
      "/hooks",
      async (user) => {
        await user.submit("#leaving", { a: "a\nb" });
        expect((await user.followTriggerAction())?.html).toBe("<h1>Landed</h1>");
        expect(user.isJoined).toBe(false);
      },
      2,
    );
    const page = await open("/hooks");
    await fill("leaving-a", "ab")(page);
    await assign("leaving-a", "a\nb")(page);
    await page.keyboard.press("Enter");
    await view.arrived(2);
    const official = view.take();
    expect(simulated).toEqual(official);
    expect(official).toEqual([
      { type: "form", event: "leave", value: "a=ab&go=1", meta: {} },
      "POST /landed?a=b a=ab&go=1",
    ]);
  });
});

describe("a page pushes by itself what it pushes in Chrome", () => {
  test.each<Case>([
    ["when its view is joined", "/mounts", async () => {}, async () => {}, 2],
    ["when elements come and go", "/mounts", (page) => page.click("#swap"), (user) => user.click("#swap"), 7],
    [
      "when its view is joined again, for its forms",
      "/recovery",
      inOrder(fill("kept-a", "typed"), (page) => page.click("#cut")),
      async (user) => {
        await user.change("#kept", "a", "typed");
        await expect(user.click("#cut")).rejects.toMatchObject({ code: "socket-closed" });
      },
      5,
    ],
  ])("%s", agree);
});

/** What both send is the same, and as much as it must be. */
async function agree(
  _name: string,
  path: string,
  chrome: Case[2],
  user: Case[3],
  count: number,
): Promise<void> {
  view.take();
  const simulated = await byUser(path, user, count);
  const official = await byChrome(path, chrome, count);
  expect(simulated).toEqual(official);
  expect(official).toHaveLength(count);
}
