import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { counter, LIFE_ROUTES } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { startTestChrome } from "./test-chrome.ts";
import { until } from "./until.ts";

let chrome: Chrome;
let site: LiveSite;
let page: ChromePage;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());

beforeEach(async () => {
  site = await startLiveSite({
    routes: LIFE_ROUTES,
    views: [counter],
    otherPaths: ["/dead"],
    compress: true,
    pages: ({ server, pages }) => {
      server.get("/dead", async (request, reply) => {
        const views = await Promise.all(
          ["left", "right"].map((label) => pages.render(request, counter, { label })),
        );
        const body = views.map((view) => (view.kind === "page" ? view.html : "")).join("");
        return pages.send(reply, { title: "dead", body: `<main id="dead">${body}</main>` });
      });
    },
  });
  page = await chrome.openPage({ name: "life" });
});
afterEach(async () => {
  const problems = page.problems();
  await page.close();
  await site.close();
  expect(problems).toEqual([]);
});

const text = (selector: string) => `document.querySelector(${JSON.stringify(selector)})?.textContent`;
const untilText = (selector: string, wanted: string) =>
  until(page, `${text(selector)} === ${JSON.stringify(wanted)}`);
const at = () => page.evaluate("location.pathname + location.search");
const connected = (selector: string) => page.waitFor(`${selector}.phx-connected`);

test("two views in a page that is not live live side by side", async () => {
  await page.goto(`${site.origin}/dead`);
  await until(page, `document.querySelectorAll("#dead > .phx-connected").length === 2`);
  const [left, right] = ["#dead > :nth-child(1)", "#dead > :nth-child(2)"];
  await page.click(`${left} button`);
  await untilText(`${left} i`, "1");
  await page.click(`${left} button`);
  await page.click(`${right} button`);
  await untilText(`${left} i`, "2");
  await untilText(`${right} i`, "1");
  site.pubsub.broadcast("counts", 40);
  await untilText(`${left} i`, "40");
  await untilText(`${right} i`, "40");
  expect(site.endpoint.connections).toBe(1);
  expect(await page.evaluate("liveSocket.socket.conn.extensions")).toBe("permessage-deflate");
});

test("a child and a sticky view are joined beside their page, and count for themselves", async () => {
  await page.openView(`${site.origin}/`);
  await connected("#child");
  await connected("#sticky");
  await page.click("#child button");
  await untilText("#child i", "1");
  await page.click("#sticky button");
  // The client takes no click on a button whose last one is not answered yet.
  await untilText("#sticky i", "1");
  await page.click("#sticky button");
  await untilText("#sticky i", "2");
  expect(await page.evaluate(text("#child b"))).toBe("child");
  site.pubsub.broadcast("news", "changed");
  await untilText("#heard", "changed");
  expect(await page.evaluate(text("#child i")), "the page's own change leaves it alone").toBe("1");
});

test("a patch changes the address, by a link, by an event and by going back", async () => {
  await page.openView(`${site.origin}/`);
  await page.evaluate("window.same = true");
  await page.click("#patch");
  await untilText("#address", "/?step=1");
  expect(await at()).toBe("/?step=1");
  await page.click("#push-patch");
  await untilText("#address", "/?step=2");
  expect(await at()).toBe("/?step=2");
  site.pubsub.broadcast("news", "patch");
  await untilText("#address", "/?told=1");
  await page.evaluate("history.back()");
  await untilText("#address", "/?step=2");
  expect([await at(), await page.evaluate("window.same")]).toEqual(["/?step=2", true]);
});

test("a navigation within the live session loads no page, and the sticky view stays as it is", async () => {
  await page.openView(`${site.origin}/`);
  await connected("#sticky");
  await page.evaluate("window.same = true");
  await page.click("#sticky button");
  await untilText("#sticky i", "1");
  await page.click("#navigate");
  await untilText("h1", "other");
  expect([await at(), await page.evaluate(text("#sticky b"))]).toEqual(["/other", "sticky"]);
  await page.click("#sticky button");
  await untilText("#sticky i", "2");
  expect(await page.evaluate(`document.querySelector("[data-phx-main]").className`)).toBe(
    "other phx-connected",
  );
  await page.click("#home");
  await untilText("h1", "home");
  await connected("#child");
  expect([await page.evaluate(text("#sticky i")), await page.evaluate("window.same")]).toEqual(["2", true]);
});

test("an event may navigate, and leave a message on the page that it leads to", async () => {
  await page.openView(`${site.origin}/`);
  await page.evaluate("window.addEventListener('phx:leaving', () => { window.left = true })");
  await page.click("#push-navigate");
  await untilText("#flash", "come from home");
  expect([await at(), await page.evaluate("window.left")]).toEqual(["/other", true]);
});

test("a navigation to another live session loads the page", async () => {
  await page.openView(`${site.origin}/`);
  await page.evaluate(`window.same = true; document.querySelector("#navigate").href = "/admin"`);
  await page.click("#navigate");
  await page.waitFor(".phx-connected > #admin");
  expect([await at(), await page.evaluate("window.same")]).toEqual(["/admin", undefined]);
});

test("a view that crashes is joined again, with its child, and the sticky view has noticed nothing", async () => {
  await page.openView(`${site.origin}/`);
  await connected("#child");
  await connected("#sticky");
  await page.click("#sticky button");
  await untilText("#sticky i", "1");
  await page.click("#child button");
  await untilText("#child i", "1");
  await page.click("#crash");
  await untilText("#child i", "0");
  await page.waitUntilConnected();
  await connected("#child");
  expect(await page.evaluate(text("#sticky i"))).toBe("1");
  await page.click("#child button");
  await untilText("#child i", "1");
  expect(site.log.map((line) => line.split("\n")[0])).toEqual([
    expect.stringMatching(/^"lv:phx-[\w-]+" crashed: Error: the page broke$/),
  ]);
});
