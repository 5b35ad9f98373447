import { describe, expect, it } from "vitest";
import {
  adds,
  container,
  HEAD,
  listTree,
  mainElement,
  renders,
  type Site,
  until,
  visit,
} from "./scripted-site.ts";

const FOLLOW = { redirects: "follow" } as const;

const link = (id: string, kind: string, href: string) =>
  `<a id="${id}" href="${href}" data-phx-link="${kind}" data-phx-link-state="push"><b>go</b></a>`;

const LINKS = [
  link("patch", "patch", "/?page=2"),
  link("away", "redirect", "/rooms/2"),
  '<a id="plain" href="/plain">out</a>',
  '<button phx-click="go">go</button>',
  container("player", null),
].join("");

const site: Site = {
  pages: {
    "/": mainElement(
      '<div id="player" data-phx-session="s-player" data-phx-static="" data-phx-sticky></div>',
    ),
    "/plain": mainElement("", "s-plain"),
    "/rooms/2": mainElement("", "s-room"),
  },
  manners: {
    "lv:main phx_join": ({ payload }) =>
      renders(listTree([payload.redirect === undefined ? `${payload.session}` : "redirected"], LINKS)),
    "lv:player phx_join": () => renders({ s: ["playing"] }),
    "lv:main live_patch": () => ({ ok: { diff: adds("patched") } }),
  },
};

const pages = (requests: readonly string[]) => requests.filter((request) => request.startsWith("GET"));

describe("a link that stays in the view", () => {
  it("asks the view for the URL, and merges what it answers", async () => {
    const { user, sent, connect, ids, baseUrl } = await visit(site);
    await connect();
    const { sentAt, repliedAt } = await user.follow("#patch b");
    expect(sent().at(-1)).toMatchObject({
      topic: "lv:main",
      event: "live_patch",
      payload: { url: `${baseUrl}/?page=2` },
    });
    expect([ids(), user.url, repliedAt > sentAt]).toEqual(["s-main patched", `${baseUrl}/?page=2`, true]);
  });

  it("is what the view joins again with", async () => {
    const { user, server, sent, connect, ring, baseUrl } = await visit(site, { reconnect: "backoff" });
    await connect();
    await user.follow("#patch");
    server.drop();
    await ring();
    await until(() => user.isJoined);
    expect(sent().at(-2)?.payload.url).toBe(`${baseUrl}/?page=2`);
  });

  it("takes another view where it leads out of this one", async () => {
    const manners = { ...site.manners, "lv:main live_patch": () => ({ ok: { link_redirect: true } }) };
    const { user, sent, connect, ids, baseUrl } = await visit({ ...site, manners });
    await connect();
    await user.follow("#patch");
    expect(sent().at(-1)?.payload.redirect).toBe(`${baseUrl}/?page=2`);
    expect([ids(), user.url]).toEqual(["redirected", `${baseUrl}/?page=2`]);
  });

  it("is undone by loading the page where the view refuses it", async () => {
    const manners = { ...site.manners, "lv:main live_patch": () => ({ error: { reason: "no" } }) };
    const { user, server, connect, baseUrl } = await visit({ ...site, manners });
    await connect();
    await user.follow("#patch");
    expect(pages(server.requests)).toEqual(["GET /", "GET / _chat_key=abc"]);
    expect([user.isJoined, user.url]).toEqual([true, `${baseUrl}/`]);
  });
});

describe("a link to another view", () => {
  it("joins it on the same socket, with session and static of the page", async () => {
    const { user, server, sent, connect, ids, baseUrl } = await visit(site);
    await connect();
    await user.follow("#away");
    expect(sent().slice(2)).toEqual([
      { joinRef: "1", ref: "3", topic: "lv:main", event: "phx_leave", payload: {} },
      {
        joinRef: "4",
        ref: "4",
        topic: "lv:main",
        event: "phx_join",
        payload: {
          redirect: `${baseUrl}/rooms/2`,
          params: { _csrf_token: "token", _mounts: 0, _mount_attempts: 0, _live_referer: `${baseUrl}/` },
          session: "s-main",
          static: "f-main",
          sticky: false,
        },
      },
    ]);
    expect([ids(), user.url, pages(server.requests)]).toEqual([
      "redirected",
      `${baseUrl}/rooms/2`,
      ["GET /"],
    ]);
  });

  it("keeps a sticky view that is there too, and leaves one that is not", async () => {
    const { user, said, connect } = await visit(site);
    await connect();
    await user.follow("#away");
    expect(user.page?.html()).toContain('id="player"');
    expect(said().includes("lv:player phx_leave")).toBe(false);
    const bare = {
      ...site.manners,
      "lv:main phx_join": (_: unknown, nth: number) => renders(listTree([], nth === 1 ? LINKS : "")),
    };
    const other = await visit({ ...site, manners: bare });
    await other.connect();
    await other.user.follow("#away");
    await until(() => other.said().at(-1) === "lv:player phx_leave");
  });

  it("loads its page over HTTP where the socket does not give it", async () => {
    const manners: Site["manners"] = {
      ...site.manners,
      "lv:main phx_join": ({ payload }) =>
        payload.redirect === undefined
          ? renders(listTree([`${payload.session}`], LINKS))
          : { error: { reason: "unauthorized" } },
    };
    const { user, server, connect, ids, said, downs } = await visit({ ...site, manners });
    await connect();
    await user.follow("#away");
    expect(pages(server.requests)).toEqual(["GET /", "GET /rooms/2 _chat_key=abc"]);
    expect([ids(), user.isJoined, downs]).toEqual(["s-room", true, []]);
    expect(said().includes("lv:player phx_leave")).toBe(true);
  });

  it("may lead to a page that has no list", async () => {
    const manners = {
      ...site.manners,
      "lv:main phx_join": (_: unknown, nth: number) =>
        renders(nth === 1 ? listTree(["a"], LINKS) : { s: ["lobby"] }),
    };
    const { user, connect } = await visit({ ...site, manners });
    await connect();
    await user.follow("#away");
    expect([user.items, user.page?.html(), user.isJoined]).toEqual([[], "lobby", true]);
  });

  it("says again where it came by when it joins again", async () => {
    const { user, server, sent, connect, ring, baseUrl } = await visit(site, { reconnect: "backoff" });
    await connect();
    await user.follow("#away");
    server.drop();
    await ring();
    await until(() => user.isJoined);
    const { payload } =
      sent()
        .filter(({ topic }) => topic === "lv:main")
        .at(-1) ?? {};
    expect(payload).toMatchObject({ redirect: `${baseUrl}/rooms/2`, params: { _mounts: 1 } });
    expect(payload?.url).toBe(undefined);
  });
});

describe("any other link", () => {
  it("leaves the page for one over HTTP", async () => {
    const { user, server, said, connect, ids } = await visit(site);
    await connect();
    await user.follow("#plain");
    expect(said().slice(2, 4).sort()).toEqual(["lv:main phx_leave", "lv:player phx_leave"]);
    expect([pages(server.requests), ids()]).toEqual([["GET /", "GET /plain _chat_key=abc"], "s-plain"]);
  });

  it("unless the user is closed meanwhile", async () => {
    const { user, server, connect } = await visit(site);
    await connect();
    const following = expect(user.follow("#plain")).rejects.toMatchObject({ code: "closed" });
    await user.close();
    await following;
    expect(server.requests.filter((request) => request.startsWith("UPGRADE")).length).toBe(1);
  });

  it("even a live one, on a page that is not live itself", async () => {
    const roots = `${HEAD}<div id="main" data-phx-session="s-root"></div>`;
    const { user, server, connect } = await visit({ ...site, pages: { ...site.pages, "/": roots } });
    await connect();
    await user.follow("#away");
    expect(pages(server.requests)).toEqual(["GET /", "GET /rooms/2 _chat_key=abc"]);
  });
});

describe("a server that sends the user elsewhere", () => {
  const saying = (answer: object): Site => ({
    ...site,
    manners: { ...site.manners, "lv:main event": () => ({ ok: answer }) },
  });

  it("by a patch: the URL changes, and nothing else", async () => {
    const { user, connect, said, ids, baseUrl } = await visit(
      saying({ live_patch: { to: "/?x", kind: "push" } }),
    );
    await connect();
    await user.click("button");
    expect([user.url, ids(), said().length]).toEqual([`${baseUrl}/?x`, "s-main", 3]);
  });

  it("by a patch in the answer to its join: the browser's URL changes, the view's does not", async () => {
    const manners: Site["manners"] = {
      "lv:main phx_join": () => ({
        ok: { rendered: listTree(["a"]), live_patch: { to: "/?at=join", kind: "replace" } },
      }),
    };
    const { user, server, sent, connect, ring, baseUrl } = await visit(
      { ...site, manners },
      { reconnect: "backoff" },
    );
    await connect();
    expect(user.url).toBe(`${baseUrl}/?at=join`);
    server.drop();
    await ring();
    await until(() => user.isJoined);
    expect(
      sent()
        .filter(({ topic }) => topic === "lv:main")
        .map(({ payload }) => payload.url),
    ).toEqual([`${baseUrl}/`, `${baseUrl}/`]);
  });

  it("by a live redirect in a reply: the view there is joined", async () => {
    const { user, sent, connect, ids, baseUrl } = await visit(
      saying({ live_redirect: { to: "/rooms/2", kind: "replace", flash: "hi" } }),
      FOLLOW,
    );
    await connect();
    await user.click("button");
    await until(() => ids() === "redirected");
    expect(sent().at(-1)?.payload).toMatchObject({ redirect: `${baseUrl}/rooms/2`, flash: "hi" });
    await until(() => user.url === `${baseUrl}/rooms/2`);
  });

  it("by a redirect in a reply: the page there is loaded", async () => {
    const { user, server, connect, ids } = await visit(
      saying({ redirect: { to: "/rooms/2", flash: "hi" } }),
      FOLLOW,
    );
    await connect();
    await user.click("button");
    await until(() => ids() === "s-room");
    expect(pages(server.requests)).toEqual(["GET /", "GET /rooms/2 _chat_key=abc; __phoenix_flash__=hi"]);
  });

  it("by a redirect of its own accord: the page there is loaded", async () => {
    const { server, connect, ids, downs } = await visit(site, FOLLOW);
    await connect();
    server.push('["1",null,"lv:main","redirect",{"to":"/rooms/2"}]');
    await until(() => ids() === "s-room");
    expect(downs).toEqual([]);
  });

  it("to a page that is not there: the user is cut off", async () => {
    const { server, connect, downs, baseUrl } = await visit(site, FOLLOW);
    await connect();
    server.push('["1",null,"lv:main","redirect",{"to":"/nowhere"}]');
    await until(() => downs.length === 1);
    expect(downs).toEqual([
      { user: "ann", code: "http-status", message: `GET ${baseUrl}/nowhere answered 404` },
    ]);
  });
});
