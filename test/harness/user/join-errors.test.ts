import { describe, expect, it } from "vitest";
import {
  container,
  listTree,
  mainElement,
  renders,
  type Says,
  type Site,
  until,
  visit,
} from "./scripted-site.ts";

const FOLLOW = { redirects: "follow" } as const;

/** A page whose view is refused in this way at first, or always. */
function refusing(error: object, times = 1): Site {
  return {
    pages: { "/": mainElement(), "/other": mainElement("", "s-other") },
    manners: {
      "lv:main phx_join": ({ payload }, nth): Says =>
        nth <= times ? { error } : renders(listTree([`${payload.session}`])),
    },
  };
}

const pages = (requests: readonly string[]) => requests.filter((request) => request.startsWith("GET"));

describe("a join that is refused", () => {
  it("because the mount failed: the page is loaded again, with the token that says why", async () => {
    const { server, connect, ids } = await visit(
      refusing({ reason: "reload", status: 404, token: "why" }),
      FOLLOW,
    );
    await connect();
    expect(pages(server.requests)).toEqual(["GET /", "GET / _chat_key=abc; __phoenix_reload_status__=why"]);
    expect(server.requests.at(-1)).not.toContain("__phoenix_reload_status__");
    expect(ids()).toBe("s-main");
  });

  it.each(["stale", "unauthorized"])(
    "because the session is %s: the page is loaded again",
    async (reason) => {
      const { server, connect, user, said } = await visit(refusing({ reason }), FOLLOW);
      await connect();
      expect(pages(server.requests)).toEqual(["GET /", "GET / _chat_key=abc"]);
      expect([user.isJoined, said()]).toEqual([true, ["lv:main phx_join", "lv:main phx_join"]]);
    },
  );

  it("with a redirect: that page is loaded, with the flash in a cookie", async () => {
    const { server, connect, user, ids, baseUrl } = await visit(
      refusing({ redirect: { to: "/other", flash: "hello" } }),
      FOLLOW,
    );
    await connect();
    expect(pages(server.requests)).toEqual(["GET /", "GET /other _chat_key=abc; __phoenix_flash__=hello"]);
    expect([ids(), user.url]).toEqual(["s-other", `${baseUrl}/other`]);
  });

  it("with a live redirect: another view is joined on the same socket", async () => {
    const { server, connect, sent, user, baseUrl } = await visit(
      refusing({ live_redirect: { to: "/other", kind: "push", flash: "hello" } }),
      FOLLOW,
    );
    await connect();
    await until(() => user.isJoined);
    expect(pages(server.requests)).toEqual(["GET /"]);
    expect(sent()[1]?.payload).toEqual({
      redirect: `${baseUrl}/other`,
      params: { _csrf_token: "token", _mounts: 0, _mount_attempts: 0, _live_referer: `${baseUrl}/` },
      session: "s-main",
      static: "f-main",
      flash: "hello",
      sticky: false,
    });
  });

  it("again and again: the user gives up", async () => {
    const { server, connect } = await visit(refusing({ reason: "stale" }, 99), FOLLOW);
    await expect(connect()).rejects.toMatchObject({
      code: "too-many-redirects",
      message: "ann was sent elsewhere more than 10 times in a row",
    });
    expect(pages(server.requests).length).toBe(11);
  });

  it("by live redirects in circles: the user gives up", async () => {
    const { connect, said } = await visit(refusing({ live_redirect: { to: "/", kind: "push" } }, 99), FOLLOW);
    await expect(connect()).rejects.toMatchObject({ code: "too-many-redirects" });
    expect(said().length).toBe(11);
  });

  it("because the view crashed: the page is loaded again after a while", async () => {
    const { server, connect, ring, waited } = await visit(refusing({ reason: "join crashed" }), {
      reconnect: "backoff",
    });
    const connecting = connect();
    await ring();
    await connecting;
    expect([waited, pages(server.requests).length]).toEqual([[7500], 2]);
  });

  it("because the view crashed, with others on the page: all wait for it to be loaded again", async () => {
    const { server, connect, ring, waited, ids } = await visit(
      {
        pages: { "/": `<div id="b" data-phx-session="s-b"></div>${mainElement()}` },
        manners: {
          "lv:main phx_join": (_sent, nth) =>
            nth === 1 ? { error: { reason: "join crashed" } } : renders(listTree(["a"])),
          "lv:b phx_join": (_sent, nth) => (nth === 1 ? null : renders({ s: ["b"] })),
        },
      },
      { reconnect: "backoff" },
    );
    const connecting = connect();
    await ring();
    await connecting;
    expect([waited, pages(server.requests).length, ids()]).toEqual([[7500], 2, "a"]);
  });

  it.each<[string, object, string]>([
    ["a redirect", { redirect: { to: "/other" } }, '{"redirect":{"to":"/other"}}'],
    ["a reload", { reason: "reload" }, "reload"],
    ["a crash", { reason: "join crashed" }, "join crashed"],
  ])("by %s: cuts off who is not to do anything about it", async (_name, error, reason) => {
    const { server, connect } = await visit(refusing(error));
    await expect(connect()).rejects.toMatchObject({
      code: "join-refused",
      message: `ann was cut off: the server refused the join: ${reason}`,
    });
    expect(pages(server.requests).length).toBe(1);
  });

  it("with a redirect to a page that is not live cuts the user off", async () => {
    const site = refusing({ redirect: { to: "/plain" } });
    const { connect, baseUrl } = await visit(
      { ...site, pages: { ...site.pages, "/plain": "<p>bye</p>" } },
      FOLLOW,
    );
    await expect(connect()).rejects.toMatchObject({
      code: "not-a-liveview-page",
      message: `${baseUrl}/plain is not a LiveView page: it lacks an element with data-phx-main`,
    });
  });

  it("of a sticky view by a live redirect takes another main view, and leaves it at that", async () => {
    const sticky = '<div id="player" data-phx-session="s" data-phx-sticky></div>';
    const { connect, said, user } = await visit(
      {
        pages: { "/": mainElement() + sticky },
        manners: {
          "lv:main phx_join": () => renders(listTree(["a"])),
          "lv:player phx_join": () => ({ error: { live_redirect: { to: "/b", kind: "push" } } }),
        },
      },
      FOLLOW,
    );
    await connect();
    await until(() => user.url?.endsWith("/b") === true);
    expect(said()).toEqual([
      "lv:main phx_join",
      "lv:player phx_join",
      "lv:main phx_leave",
      "lv:main phx_join",
    ]);
  });

  it("of a view within another loads the page of the main one", async () => {
    const { server, connect } = await visit(
      {
        pages: { "/": mainElement() },
        manners: {
          "lv:main phx_join": () => renders({ s: ["", ""], 0: container("child", "main") }),
          "lv:child phx_join": (_sent, nth) =>
            nth === 1 ? { error: { reason: "stale" } } : renders(listTree(["a"])),
        },
      },
      FOLLOW,
    );
    await connect();
    expect(pages(server.requests)).toEqual(["GET /", "GET / _chat_key=abc"]);
  });
});
