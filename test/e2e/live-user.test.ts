import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { realClock } from "../../harness/core/real-time.ts";
import { compileSelector, findFirst, visibleText } from "../../harness/page/html.ts";
import { Population } from "../../harness/user/population.ts";
import type { RecoveryOptions } from "../../harness/user/recovery.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import type { UserDown } from "../../harness/user/user-options.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { html } from "../../reference-server/live/template.ts";
import { defineView } from "../../reference-server/live/view.ts";
import { counter, LIFE_ROUTES, lifeLog } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";

/** A page with a link that leads out of its live session. */
const gate = defineView<object, never>({
  name: "gate",
  mount: () => undefined,
  render: () =>
    html`<main id="gate"><a id="in" href="/admin" data-phx-link="redirect" data-phx-link-state="push">in</a></main>`,
});

let site: LiveSite;

beforeAll(async () => {
  site = await startLiveSite({
    routes: [...LIFE_ROUTES, { path: "/gate", view: gate }],
    views: [counter],
    otherPaths: ["/dead"],
    sessionOf: () => ({ user: "ada" }),
    pages: ({ server, pages }) => {
      server.get("/dead", async (request, reply) => {
        const page = await pages.render(request, counter, { label: "alone" });
        return pages.send(reply, { title: "dead", body: page.kind === "page" ? page.html : page.to });
      });
    },
  });
});
// Views of other files may have left something in it.
beforeEach(() => {
  lifeLog.length = 0;
});
afterEach(() => {
  site.log.length = 0;
});
afterAll(() => site.close());

/** A user of the site, whose waits take no time, but are written down. */
async function arrive(path: string, options: RecoveryOptions = {}) {
  const waited: number[] = [];
  const population = new Population({
    baseUrl: site.origin,
    list: "main, .counter",
    fields: {},
    clock: realClock,
    every: everyInterval,
    after: (ms, run) => {
      waited.push(ms);
      const timer = setImmediate(run);
      return () => clearImmediate(timer);
    },
  });
  const downs: UserDown[] = [];
  const joins: string[] = [];
  const user = new SimulatedUser(population, {
    name: "ada",
    onDown: (down) => downs.push(down),
    onFrame: ({ operation }) => joins.push(...(operation === "join" ? [operation] : [])),
    ...options,
  });
  onTestFinished(async () => {
    await user.close();
    population.close();
  });
  await user.mount(path);
  await user.connect();
  /** The text of what the selector matches on the whole page. */
  const text = (selector: string) => {
    const found = user.document === null ? null : findFirst(compileSelector(selector), user.document);
    return found === null ? null : visibleText(found);
  };
  return { user, downs, waited, joins, text };
}

describe("a simulated user of a page with views within views", () => {
  it("joins them all, and acts on each", async () => {
    const { user, joins, text } = await arrive("/");
    expect(joins.length).toBe(3);
    expect([text("#child .counter"), text("#sticky b")]).toEqual(["child of ada: 0 more", "sticky"]);
    await user.click("#child button");
    await user.click("#child button");
    await user.click("#sticky button");
    expect([text("#child i"), text("#sticky i")]).toEqual(["2", "1"]);
  });

  it("hears what is told to each", async () => {
    const { text } = await arrive("/");
    site.pubsub.broadcast("counts", 7);
    await expect.poll(() => [text("#child i"), text("#sticky i")]).toEqual(["7", "7"]);
    site.pubsub.broadcast("news", "hello");
    await expect.poll(() => text("#heard")).toBe("hello");
  });

  it("joins one in a page that is not live", async () => {
    const { user, text } = await arrive("/dead");
    await user.click("button");
    expect(text(".counter")).toBe("alone of nobody: 1 more");
  });
});

describe("a simulated user who follows links", () => {
  it("patches the view, and navigates to the next on the same socket, with the sticky view as it was", async () => {
    const { user, joins, text } = await arrive("/");
    await user.click("#sticky button");
    await user.follow("#patch");
    expect([text("#address"), user.url]).toEqual(["/?step=1", `${site.origin}/?step=1`]);
    // Views of the users before have ended by now.
    lifeLog.length = 0;
    await user.follow("#navigate");
    expect([text("h1"), text("#sticky i"), user.url, joins.length]).toEqual([
      "other",
      "1",
      `${site.origin}/other`,
      4,
    ]);
    await expect.poll(() => lifeLog).toEqual(["child ended", "home ended"]);
    await user.follow("#home");
    expect([text("h1"), text("#child i"), text("#sticky i"), joins.length]).toEqual(["home", "0", "1", 6]);
  });

  it("gets over HTTP the page of another live session", async () => {
    const { user, text, downs } = await arrive("/gate");
    await user.follow("#in");
    expect([text("main"), user.url, user.isJoined, downs]).toEqual([
      "for administrators",
      `${site.origin}/admin`,
      true,
      [],
    ]);
  });

  it("goes where a view sends him, and reads there what it was given along", async () => {
    const { user, text } = await arrive("/", { redirects: "follow" });
    await user.click("#push-patch");
    expect([text("#address"), user.url]).toEqual(["/?step=2", `${site.origin}/?step=2`]);
    await user.click("#push-navigate");
    await expect.poll(() => text("#flash")).toBe("come from home");
    expect(user.url).toBe(`${site.origin}/other`);
  });
});

describe("a simulated user whose view breaks", () => {
  it("joins it again, and the views within it, but not the sticky one", async () => {
    const { user, joins, text, waited, downs } = await arrive("/", { reconnect: "backoff" });
    await user.click("#child button");
    await user.click("#sticky button");
    await expect(user.click("#crash")).rejects.toMatchObject({ code: "channel-crashed" });
    await expect.poll(() => joins.length).toBe(5);
    await expect.poll(() => [text("#child i"), text("#sticky i")]).toEqual(["0", "1"]);
    expect([waited, downs]).toEqual([[1000], []]);
  });

  it("is told so where he is not to recover", async () => {
    const { user, downs } = await arrive("/");
    await expect(user.click("#crash")).rejects.toMatchObject({ code: "channel-crashed" });
    expect(downs).toMatchObject([{ user: "ada", code: "channel-crashed" }]);
  });

  it("loads the page again where it names a status, and gets the error there", async () => {
    await expect(arrive("/go/late-missing", { redirects: "follow" })).rejects.toMatchObject({
      code: "http-status",
      message: `GET ${site.origin}/go/late-missing answered 404`,
    });
  });

  it("loads the page again and again where its mount crashes, until he gives up", async () => {
    await expect(arrive("/go/late-crash", { reconnect: "backoff" })).rejects.toMatchObject({
      code: "too-many-redirects",
    });
  });
});
