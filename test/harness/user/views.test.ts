import { describe, expect, it } from "vitest";
import { container, HEAD, listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const button = (id: string) => `<button id="${id}" phx-click="press-${id}">x</button>`;

/** The payload of a view's join without what all have in common. */
const own = ({ params, ...payload }: object & { params?: object }) => payload;

describe("a page that is not live itself, with live views in it", () => {
  const site: Site = {
    pages: {
      "/": `${HEAD}<div id="a" data-phx-session="s-a" data-phx-static="f-a"></div><hr>
        <div id="b" data-phx-session="s-b" data-phx-static=""></div>`,
    },
    manners: {
      "lv:a phx_join": () => renders({ s: [button("in-a")] }),
      "lv:b phx_join": () => renders(listTree(["one"], button("in-b"))),
    },
  };

  it("has each joined with the page's URL, on one socket", async () => {
    const { user, server, sent, connect, ids, baseUrl } = await visit(site);
    await connect();
    expect(sent().map(({ topic, event, payload }) => [topic, event, own(payload)])).toEqual([
      ["lv:a", "phx_join", { url: `${baseUrl}/`, session: "s-a", static: "f-a", sticky: false }],
      ["lv:b", "phx_join", { url: `${baseUrl}/`, session: "s-b", static: null, sticky: false }],
    ]);
    expect(server.requests.filter((request) => request.startsWith("UPGRADE")).length).toBe(1);
    expect([user.isJoined, ids()]).toEqual([true, "one"]);
  });

  it("has each act on its own topic", async () => {
    const { user, sent, connect } = await visit(site);
    await connect();
    await user.click("#in-a");
    await user.click("#in-b");
    expect(sent().slice(2)).toMatchObject([
      { joinRef: "1", topic: "lv:a", event: "event", payload: { event: "press-in-a" } },
      { joinRef: "2", topic: "lv:b", event: "event", payload: { event: "press-in-b" } },
    ]);
  });

  it("is not joined before all of them are", async () => {
    const manners = { ...site.manners, "lv:b phx_join": () => null };
    const { user, connect, said, reports, passSeconds } = await visit({ ...site, manners });
    const connecting = expect(connect()).rejects.toMatchObject({ code: "join-timeout" });
    await until(() => reports.length === 1 && said().length === 2);
    expect(user.isJoined).toBe(false);
    passSeconds(30);
    await connecting;
  });
});

describe("views within views", () => {
  const main = (...parts: readonly string[]) => ({ s: ["<header>", "</header>"], 0: parts.join("") });
  const site: Site = {
    pages: {
      "/": mainElement(
        '<div id="child" data-phx-session="" data-phx-static="f-child" data-phx-parent-id="main">',
      ),
    },
    manners: {
      "lv:main phx_join": () => renders(main(button("in-main"), container("child", "main"))),
      "lv:main event": ({ payload }) => ({
        ok: { diff: { 0: payload.event === "press-in-main" ? container("other", "main") : "gone" } },
      }),
      "lv:child phx_join": () => renders(listTree(["one"], button("in-child") + container("inner", "child"))),
      "lv:inner phx_join": () => renders({ s: [button("in-inner")] }),
      "lv:other phx_join": () => renders({ s: [button("in-other")] }),
    },
  };

  it("are joined after the one that renders them, with the session from there", async () => {
    const { sent, connect, ids } = await visit(site);
    await connect();
    expect(
      sent()
        .map(({ topic, payload }) => [topic, own(payload)])
        .slice(1),
    ).toEqual([
      ["lv:child", { session: "s-child", static: "f-child", sticky: false }],
      ["lv:inner", { session: "s-inner", static: null, sticky: false }],
    ]);
    expect(sent().map(({ payload }) => payload.params)).toEqual(
      [1, 2, 3].map(() => ({ _csrf_token: "token", _mounts: 0, _mount_attempts: 0 })),
    );
    expect(ids()).toBe("one");
  });

  it("are one page to act on, each on its own topic", async () => {
    const { user, sent, connect } = await visit(site);
    await connect();
    await user.click("#main #child #in-inner");
    await user.click("header #in-child");
    expect(sent().slice(3)).toMatchObject([
      { topic: "lv:inner", payload: { event: "press-in-inner" } },
      { topic: "lv:child", payload: { event: "press-in-child" } },
    ]);
  });

  it("are left where they vanish, children first, and joined where they appear", async () => {
    const { user, said, connect, ids } = await visit(site);
    await connect();
    await user.click("#in-main");
    await until(() => said().length === 7);
    expect(said().slice(3)).toEqual([
      "lv:main event",
      "lv:inner phx_leave",
      "lv:child phx_leave",
      "lv:other phx_join",
    ]);
    expect(ids()).toBe("");
    await until(() => user.page?.html().includes("other") === true);
    await expect.poll(() => user.click("#in-other").then(() => said().at(-1))).toBe("lv:other event");
  });

  it("have their frames told of as all others", async () => {
    const { reports, server, connect, ids } = await visit(site);
    await connect();
    const insert = {
      1: {
        s: ['<p id="', '">', "</p>"],
        k: { 0: { 0: "two", 1: "x" }, kc: 1 },
        stream: ["0", [["two", -1, null, false]], []],
      },
    };
    server.push(JSON.stringify(["2", null, "lv:child", "diff", insert]));
    server.push('["1",null,"lv:main","diff",{"0":"gone"}]');
    await until(() => reports.length >= 5);
    expect(reports.slice(3, 5).map(({ operation, change }) => [operation, change.inserted])).toEqual([
      ["insert", ["two"]],
      ["other", []],
    ]);
    expect(ids()).toBe("");
  });

  it("keep the page from being joined where one is refused", async () => {
    const manners = { ...site.manners, "lv:inner phx_join": () => ({ error: { reason: "join crashed" } }) };
    const { user, connect } = await visit({ ...site, manners });
    await expect(connect()).rejects.toMatchObject({
      code: "join-refused",
      message: "ann was cut off: the server refused the join: join crashed",
    });
    expect(user.isJoined).toBe(false);
  });

  it("are given up after three tries with back-off", async () => {
    const manners = { ...site.manners, "lv:inner phx_join": () => ({ error: { reason: "join crashed" } }) };
    const { sent, connect, ring, waited } = await visit({ ...site, manners }, { reconnect: "backoff" });
    const connecting = expect(connect()).rejects.toMatchObject({ code: "join-refused" });
    await ring();
    await ring();
    await connecting;
    expect(waited).toEqual([1000, 2000]);
    expect(
      sent()
        .slice(2)
        .map(({ payload }) => payload.params?._mount_attempts),
    ).toEqual([0, 1, 2]);
  });
});

describe("a sticky view", () => {
  const sticky =
    '<div id="player" data-phx-session="s-player" data-phx-static="f-player" data-phx-sticky></div>';
  const site = (rendered: string): Site => ({
    pages: { "/": mainElement(sticky) },
    manners: {
      "lv:main phx_join": () => renders(listTree(["one"], rendered)),
      "lv:player phx_join": () => renders({ s: [button("play")] }),
    },
  });

  it("is joined with the page, without a URL", async () => {
    const { sent, connect, user } = await visit(site(container("player", null)));
    await connect();
    expect(sent().map(({ topic, payload }) => [topic, own(payload)])[1]).toEqual([
      "lv:player",
      { session: "s-player", static: "f-player", sticky: true },
    ]);
    await user.click("#main #play");
    expect(sent().at(-1)).toMatchObject({ topic: "lv:player", payload: { event: "press-play" } });
  });

  it("is left when the view around it does not render it", async () => {
    const { said, connect } = await visit(site(""));
    await connect();
    await until(() => said().length === 3);
    expect(said()).toEqual(["lv:main phx_join", "lv:player phx_join", "lv:player phx_leave"]);
  });

  it("is joined when it is rendered later", async () => {
    const later: Site = { ...site("later"), pages: { "/": mainElement() } };
    const { server, sent, connect } = await visit(later);
    await connect();
    server.push(JSON.stringify(["1", null, "lv:main", "diff", { 0: container("player", null) }]));
    await until(() => sent().length === 2);
    expect(own(sent()[1]?.payload ?? {})).toEqual({ session: "s-player", static: null, sticky: true });
  });
});
