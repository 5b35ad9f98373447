import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { SESSION_MAX_AGE_S } from "../../reference-server/live/token.ts";
import { counter, LIFE_ROUTES, lifeLog } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { elementIn, elementInDiff, type Visit, visit } from "../live-site/live-visit.ts";

let site: LiveSite;
let nowMs = Date.UTC(2026, 0, 1);
const visits: Visit[] = [];

beforeAll(async () => {
  site = await startLiveSite({
    routes: LIFE_ROUTES,
    views: [counter],
    otherPaths: ["/dead"],
    nowMs: () => nowMs,
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
afterEach(async () => {
  for (const { socket } of visits.splice(0)) await socket.close();
  site.log.length = 0;
});
afterAll(() => site.close());

async function arrive(path = "/", open = true): Promise<Visit> {
  const arrived = await visit(site, path, open);
  visits.push(arrived);
  return arrived;
}

const refused = (reason: string) => ({ status: "error", response: { reason } });
const renderedIn = (answer: Record<string, unknown>) =>
  (answer.response as { rendered: Record<string, unknown> }).rendered;

describe("the page that is sent first", () => {
  test("has its main view in its element, and the child's without a token", async () => {
    const { page, main } = await arrive();
    expect(page.html).toContain(`<div id="${main.id}" data-phx-main data-phx-session="`);
    const child = elementIn(page.html, "child");
    expect([child.session, child.static === null]).toEqual(["", false]);
    expect(child.tag).toMatch(new RegExp(` data-phx-parent-id="${main.id}">$`));
    expect(page.html).toContain(`<p class="counter"><b>child</b> of ada: <i>0</i>`);
  });

  test("has a sticky view with a token, and without a parent", async () => {
    const sticky = elementIn((await arrive()).page.html, "sticky");
    expect([sticky.session === "", sticky.static === null]).toEqual([false, false]);
    expect(sticky.tag).toMatch(/ data-phx-static="[^"]+" data-phx-sticky>$/);
  });

  test("that is not live has a view that is not main", async () => {
    const { page } = await arrive("/dead");
    expect(page.html).toMatch(
      /<body><div id="phx-[\w-]+" data-phx-session="[^"]+" data-phx-static="[^"]+"><p class="counter"><b>alone<\/b> of nobody/,
    );
  });

  test("has the container that its view names", async () => {
    expect((await arrive("/other")).page.html).toMatch(
      /<div id="phx-[\w-]+" data-phx-main data-phx-session="[^"]+" data-phx-static="[^"]+" class="other">/,
    );
  });

  test("is answered with the status of an error that its view names", async () => {
    const { page } = await arrive("/go/missing");
    expect(page.status).toBe(404);
  });
});

describe("a join", () => {
  test("of the main view renders the page, its path's params over the query's", async () => {
    const { join } = await arrive("/?a[b]=1&step=0&step=1");
    const answer = await join();
    expect(answer).toMatchObject({ status: "ok", response: { liveview_version: "1.2.10" } });
    expect(Object.keys(answer.response as object).sort()).toEqual(["liveview_version", "rendered"]);
    expect(renderedIn(answer)).toMatchObject({
      "0": ` data-action="index"`,
      "1": "/?a[b]=1&amp;step=0&amp;step=1",
      "2": "{&quot;a&quot;:{&quot;b&quot;:&quot;1&quot;},&quot;step&quot;:&quot;1&quot;}",
    });
  });

  test("of a child takes the token that its parent gave, and its parent's assigns", async () => {
    const { join, page, main } = await arrive();
    const first = elementIn(page.html, "child");
    const child = elementInDiff(renderedIn(await join()), "child");
    expect(child.tag).toMatch(new RegExp(` data-phx-static="" data-phx-parent-id="${main.id}">$`));
    const answer = await join({}, { ...child, static: first.static }, "2");
    expect(renderedIn(answer)).toMatchObject({ "0": "child", "1": "ada", "2": "0" });
  });

  test("of a child that was rendered over the socket has no static token and inherits nothing", async () => {
    const { join } = await arrive();
    const child = elementInDiff(renderedIn(await join()), "child");
    expect(renderedIn(await join({}, child, "2"))).toMatchObject({ "1": "nobody" });
  });

  test("of a sticky view needs no other", async () => {
    const { join, page } = await arrive();
    expect(renderedIn(await join({}, elementIn(page.html, "sticky")))).toMatchObject({ "0": "sticky" });
  });

  test("of a view in a page that is not live needs no address", async () => {
    const { join, page } = await arrive("/dead");
    const answer = await join({ url: `${site.origin}/dead` });
    expect(page.html).not.toContain("data-phx-main");
    expect(renderedIn(answer)).toMatchObject({ "0": "alone" });
  });

  test("of a child on another socket than its parent's is stale", async () => {
    const { join } = await arrive();
    const child = elementInDiff(renderedIn(await join()), "child");
    expect(await (await arrive()).join({}, child)).toEqual(refused("stale"));
  });

  test("of a child whose parent has left is stale", async () => {
    const { join, send, socket } = await arrive();
    const child = elementInDiff(renderedIn(await join()), "child");
    send("phx_leave", {});
    expect([(await socket.next())[3], (await socket.next())[3]]).toEqual(["phx_close", "phx_reply"]);
    expect(await join({}, child, "2")).toEqual(refused("stale"));
  });

  test.each([
    ["no session", { session: undefined }],
    ["a session that nobody signed", { session: "eyJkYXRhIjp7fX0.AAAA" }],
    ["a session that is no text", { session: { id: "x" } }],
    ["a static token that nobody signed", { static: "x" }],
    ["a static token that is no text", { static: 7 }],
  ])("with %s is stale", async (_, payload) => {
    expect(await (await arrive()).join({ url: `${site.origin}/`, ...payload })).toEqual(refused("stale"));
  });

  test("with the session of another view's element is stale", async () => {
    const { join, main } = await arrive();
    const { page } = await arrive();
    expect(await join(undefined, { ...main, session: page.session })).toEqual(refused("stale"));
    expect(await join(undefined, { ...main, static: page.static })).toEqual(refused("stale"));
    expect(await join(undefined, { ...main, session: main.static ?? "" }), "the salts differ").toEqual(
      refused("stale"),
    );
  });

  test("with a page of more than two weeks ago is stale", async () => {
    const { join } = await arrive();
    const then = nowMs;
    onTestFinished(() => {
      nowMs = then;
    });
    nowMs += SESSION_MAX_AGE_S * 1000;
    expect(await join()).toMatchObject({ status: "ok" });
    nowMs += 1;
    expect(await join()).toEqual(refused("stale"));
  });

  test("without the page's CSRF token is stale", async () => {
    expect(await (await arrive("/", false)).join()).toEqual(refused("stale"));
  });

  test.each([
    ["of another view", "/other"],
    ["that is not live", "/dead"],
    ["that is nowhere", "/nowhere"],
  ])("with an address %s is unauthorized", async (_, path) => {
    const { join } = await arrive();
    expect(await join({ url: `${site.origin}${path}` })).toEqual(refused("unauthorized"));
  });

  test.each([[7], ["/"], ["http://"], ["http://chat/%zz"]])("with the address %j crashes", async (url) => {
    const { join } = await arrive();
    expect(await join({ url })).toEqual(refused("join crashed"));
    expect(site.log.length).toBe(1);
    expect(await join()).toMatchObject({ status: "ok" });
  });

  test("of a view that crashes is said to, and logged once", async () => {
    const { join } = await arrive("/go/late-crash");
    expect(await join()).toEqual(refused("join crashed"));
    expect(site.log.map((line) => line.split("\n")[0])).toEqual([
      expect.stringMatching(/^the join of "lv:phx-[\w-]+" crashed: Error: broken$/),
    ]);
  });

  test("of a view that names a status is answered by a reload, which is answered with it", async () => {
    const { join, browser } = await arrive("/go/late-missing");
    const { status, response } = (await join()) as { status: string; response: Record<string, unknown> };
    expect([status, response]).toEqual([
      "error",
      { reason: "reload", status: 404, token: expect.any(String) },
    ]);
    const cookie = (token: unknown) => `${browser.cookie}; __phoenix_reload_status__=${String(token)}`;
    const reload = (token: unknown) =>
      fetch(`${site.origin}/go/late-missing`, { headers: { cookie: cookie(token) } });
    expect((await reload(response.token)).status).toBe(404);
    expect((await reload("x")).status).toBe(500);
    expect((await browser.get("/go/late-missing")).status).toBe(200);
  });

  test("of a topic anew ends the view before, after the answer, by its old ref", async () => {
    const { join, main, socket } = await arrive();
    await join();
    const topic = `lv:${main.id}`;
    expect(await join(undefined, main, "2")).toMatchObject({ status: "ok" });
    expect(await socket.next()).toEqual(["1", "1", topic, "phx_close", {}]);
    expect(lifeLog).toEqual(["home ended"]);
    site.pubsub.broadcast("news", "once");
    expect((await socket.next()).slice(0, 4)).toEqual(["2", null, topic, "diff"]);
    socket.send([null, "9", "phoenix", "heartbeat", {}]);
    expect((await socket.next())[2]).toBe("phoenix");
  });

  test("makes what comes behind it wait for its answer", async () => {
    const { main, socket, event, page } = await arrive();
    const payload = { url: `${site.origin}/`, session: page.session, static: page.static, params: {} };
    socket.send(["1", "1", `lv:${main.id}`, "phx_join", payload]);
    event("flash");
    expect((await socket.next())[1]).toBe("1");
    expect((await socket.next())[4]).toMatchObject({ status: "ok", response: { diff: {} } });
  });
});

describe("a leave", () => {
  test("of what was never joined is answered", async () => {
    const { socket } = await arrive();
    socket.send(["7", "8", "lv:nothing", "phx_leave", {}]);
    expect(await socket.next()).toEqual([
      "7",
      "8",
      "lv:nothing",
      "phx_reply",
      { response: {}, status: "ok" },
    ]);
  });

  test("of a join before this one does nothing", async () => {
    const { join, send, socket, event } = await arrive();
    await join();
    send("phx_leave", {}, undefined, "0");
    event("flash");
    expect((await socket.next())[4]).toMatchObject({ response: { diff: {} } });
  });
});
