import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { counter, LIFE_ROUTES, lifeLog } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { elementIn, elementInDiff, type Visit, visit } from "../live-site/live-visit.ts";

let site: LiveSite;
const visits: Visit[] = [];

beforeAll(async () => {
  site = await startLiveSite({ routes: LIFE_ROUTES, views: [counter], otherPaths: ["/dead"] });
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

async function arrive(path = "/"): Promise<Visit> {
  const arrived = await visit(site, path);
  visits.push(arrived);
  return arrived;
}

async function joined(path = "/") {
  const arrived = await arrive(path);
  const answer = await arrived.join();
  const topic = `lv:${arrived.main.id}`;
  /** The next frame, as far as it tells what the server wants: its ref only whether it is an answer. */
  const next = async () => {
    const [joinRef, ref, to, event, payload] = await arrived.socket.next();
    expect([joinRef, to]).toEqual(["1", topic]);
    return { answers: ref !== null, event, payload };
  };
  return { ...arrived, answer, topic, next };
}

const ok = (response: object) => ({ status: "ok", response });
const signed = expect.stringMatching(/^[\w-]+\.[\w-]+$/);
const answered = (response: object) => ({ answers: true, event: "phx_reply", payload: ok(response) });
const told = (event: string, payload: object) => ({ answers: false, event, payload });
const CLOSED = { answers: true, event: "phx_close", payload: {} };

/** Each way of leaving: what the event is answered with, before the view is closed. */
const LEAVING: readonly [string, readonly object[]][] = [
  [
    "navigate",
    [
      told("diff", { e: [["leaving", {}]] }),
      answered({ live_redirect: { kind: "push", to: "/other", flash: signed } }),
    ],
  ],
  ["redirect", [answered({ redirect: { status: 302, to: "/other", flash: signed } })]],
  ["external", [answered({ redirect: { status: 302, to: "https://example.com/" } })]],
];

describe("an event", () => {
  test.each(LEAVING)("may %s: the view is closed then", async (name, frames) => {
    const { event, next, join, main } = await joined();
    event(name);
    for (const frame of [...frames, CLOSED]) expect(await next()).toEqual(frame);
    expect(lifeLog).toEqual(["home ended"]);
    expect(await join(undefined, main, "2")).toMatchObject({ status: "ok" });
  });

  test("may patch the address: first the address, then the answer with what handleParams changed", async () => {
    const { event, next } = await joined();
    event("patch");
    expect(await next()).toEqual(told("live_patch", { kind: "push", to: "/?step=2" }));
    expect(await next()).toEqual(
      answered({ diff: { "1": "/?step=2", "2": "{&quot;step&quot;:&quot;2&quot;}" } }),
    );
    event("patch");
    expect(await next()).toEqual(told("live_patch", { kind: "push", to: "/?step=2" }));
    expect(await next(), "nothing has changed").toEqual(answered({}));
  });

  test("may patch the address in place, and leave a message", async () => {
    const { event, next } = await joined();
    event("patch-replace");
    expect(await next()).toEqual(told("live_patch", { kind: "replace", to: "/?step=3" }));
    expect(await next()).toMatchObject(answered({ diff: { "4": { "0": "patched" } } }));
  });

  test.each([
    ["patch-away", "pushPatch leads to a page that is not of this view"],
    ["patch-for-ever", "too many patches of the address"],
    ["unsafe", 'a path of this server was expected, not "//example.com/"'],
    ["twice", 'the view is already on its way to "/other"'],
  ])("that would %s takes the view down", async (name, message) => {
    const { event, next } = await joined();
    event(name);
    expect(await next()).toEqual({ answers: true, event: "phx_error", payload: {} });
    expect(site.log).toEqual([expect.stringContaining(message)]);
  });
});

describe("a broadcast", () => {
  test("may navigate: the view is told so, and closed", async () => {
    const { next } = await joined();
    site.pubsub.broadcast("news", "go");
    expect(await next()).toEqual(told("live_redirect", { kind: "push", to: "/other" }));
    expect(await next()).toEqual(CLOSED);
  });

  test("may patch the address", async () => {
    const { next } = await joined();
    site.pubsub.broadcast("news", "patch");
    expect(await next()).toEqual(told("live_patch", { kind: "push", to: "/?told=1" }));
    expect(await next()).toMatchObject(told("diff", { "1": "/?told=1" }));
  });
});

describe("a click on a patch link", () => {
  test("is answered with what handleParams changed, and clears the flash", async () => {
    const { send, event, next } = await joined();
    event("flash");
    expect(await next()).toMatchObject(answered({ diff: { "4": { "0": "saved" } } }));
    send("live_patch", { url: `${site.origin}/?step=7` });
    expect(await next()).toEqual(
      answered({ diff: { "1": "/?step=7", "2": "{&quot;step&quot;:&quot;7&quot;}", "4": "" } }),
    );
  });

  test.each([["/other"], ["/admin"], ["/dead"]])("to %s is a matter of another page", async (path) => {
    const { send, next } = await joined();
    send("live_patch", { url: `${site.origin}${path}` });
    expect(await next()).toEqual(answered({ link_redirect: true }));
  });

  test.each([["http://chat/nowhere"], ["no address"], [7], [undefined]])(
    "to %j takes the view down",
    async (url) => {
      const { send, next } = await joined();
      send("live_patch", { url });
      expect(await next()).toMatchObject({ event: "phx_error" });
      expect(site.log.length).toBe(1);
    },
  );

  test("takes a view down that has no handleParams", async () => {
    const { send, next } = await joined("/other");
    send("live_patch", { url: `${site.origin}/other?x` });
    expect(await next()).toMatchObject({ event: "phx_error" });
  });
});

describe("a navigation within the live session", () => {
  test("joins the same element with the other view, told its container", async () => {
    const { join, main } = await joined();
    const answer = await join({ redirect: `${site.origin}/other?x=1` }, main, "2");
    expect(answer).toMatchObject(
      ok({
        container: ["div", { class: "other" }],
        rendered: { t: "other" },
        liveview_version: "1.2.10",
      }),
    );
  });

  test("brings the flash that the view before has left, once", async () => {
    const { event, next, join, main } = await joined();
    event("navigate");
    await next();
    const { payload } = await next();
    expect(await next()).toEqual(CLOSED);
    const { flash } = (payload.response as { live_redirect: { flash: string } }).live_redirect;
    const redirect = `${site.origin}/other`;
    const answer = await join({ redirect, flash }, main, "2");
    expect(answer).toMatchObject(ok({ rendered: { "0": { "0": "come from home" } } }));
    expect(await join({ redirect, flash: `${flash}x` }, main, "3")).toMatchObject(
      ok({ rendered: { "0": "" } }),
    );
  });

  test("goes on in the address of the view that it came to", async () => {
    const { join, main, send, socket } = await joined("/other");
    expect(await join({ redirect: `${site.origin}/?a=1` }, main, "2")).toMatchObject({ status: "ok" });
    await socket.next();
    send("live_patch", { url: `${site.origin}/?a=2` }, undefined, "2");
    expect((await socket.next())[4]).toMatchObject(ok({ diff: { "1": "/?a=2" } }));
  });

  test.each([["/admin"], ["/dead"], ["/nowhere"]])("does not lead to %s", async (path) => {
    const { join, main } = await joined();
    const answer = await join({ redirect: `${site.origin}${path}` }, main, "2");
    expect(answer).toEqual({ status: "error", response: { reason: "unauthorized" } });
  });

  test("leaves the sticky view where it is", async () => {
    const { join, main, page, socket, event } = await joined();
    await join({ sticky: true }, elementIn(page.html, "sticky"), "2");
    event("count", "sticky", "2");
    expect((await socket.next())[4]).toEqual(ok({ diff: { "2": "1" } }));
    await join({ redirect: `${site.origin}/other` }, main, "3");
    await socket.next();
    event("count", "sticky", "2");
    expect((await socket.next())[4]).toEqual(ok({ diff: { "2": "2" } }));
  });
});

describe("a mount", () => {
  const events = [["sent", {}]];
  test.each([
    ["inside", { redirect: { to: "/other", status: 302, flash: signed }, events }, 302, "/other"],
    ["outside", { redirect: { to: "https://example.com/" }, events: [] }, 302, "https://example.com/"],
    ["live", { live_redirect: { kind: "replace", to: "/other" }, events: [] }, 302, "/other"],
    ["moved", { redirect: { to: "/other", status: 301 }, events: [] }, 301, "/other"],
  ])("may lead %s, from the page and from the socket", async (where, response, status, location) => {
    const { page } = await arrive(`/go/${where}`);
    expect([page.status, page.location]).toEqual([status, location]);
    const { join } = await arrive();
    expect(await join({ redirect: `${site.origin}/go/${where}` })).toEqual({ status: "error", response });
  });

  test("that led to another page of this server leaves a message there, once", async () => {
    const { browser } = await arrive("/go/inside");
    expect((await browser.get("/other")).html).toContain('<p id="flash">sent</p>');
    expect((await browser.get("/other")).html).not.toContain("flash");
  });

  test("brings the flash of the page that was sent first, the first time alone", async () => {
    const { browser } = await arrive("/go/inside");
    const page = await browser.get("/other");
    const { join } = await arrive("/other");
    const element = { id: page.id, session: page.session, static: page.static };
    const url = `${site.origin}/other`;
    expect(await join({ url }, element)).toMatchObject(ok({ rendered: { "0": { "0": "sent" } } }));
    expect(await join({ url, params: { _mounts: 1 } }, element, "2")).toMatchObject(
      ok({ rendered: { "0": "" } }),
    );
  });

  test("cannot patch the address, but handleParams can", async () => {
    const { join, main } = await arrive();
    const redirect = (path: string) => ({ redirect: `${site.origin}/go/${path}` });
    const crashed = { status: "error", response: { reason: "join crashed" } };
    expect(await join(redirect("nowhere"))).toEqual(crashed);
    expect(await join(redirect("round"), main, "2")).toMatchObject(
      ok({ live_patch: { kind: "push", to: "/go/round?step=1" }, rendered: { r: 1 } }),
    );
  });
});

describe("a child", () => {
  async function withChild() {
    const page = await joined();
    const rendered = (page.answer.response as { rendered: unknown }).rendered;
    await page.join({}, elementInDiff(rendered, "child"), "2");
    return page;
  }

  test("that patches the address patches its page's, with its flash", async () => {
    const { event, socket, topic } = await withChild();
    event("patch-page", "child", "2");
    const frames = [await socket.next(), await socket.next(), await socket.next()];
    expect(frames.filter(([joinRef]) => joinRef === "2")).toEqual([
      ["2", expect.any(String), "lv:child", "phx_reply", ok({ diff: { "2": "100" } })],
    ]);
    expect(frames.filter(([joinRef]) => joinRef === "1")).toEqual([
      ["1", null, topic, "live_patch", { kind: "push", to: "/?by=child" }],
      ["1", null, topic, "diff", expect.objectContaining({ "1": "/?by=child" })],
    ]);
    expect(JSON.stringify(frames)).toContain("from the child");
  });

  test("that navigates is closed; a sticky one stays", async () => {
    const { event, socket, page, join } = await withChild();
    await join({ sticky: true }, elementIn(page.html, "sticky"), "3");
    const gone = ok({ live_redirect: { kind: "push", to: "/other" } });
    event("go", "sticky", "3");
    expect((await socket.next())[4]).toEqual(gone);
    event("go", "child", "2");
    expect((await socket.next())[4]).toEqual(gone);
    expect(await socket.next()).toEqual(["2", "2", "lv:child", "phx_close", {}]);
    event("count", "sticky", "3");
    expect((await socket.next())[4]).toEqual(ok({ diff: { "2": "1" } }));
  });
});
