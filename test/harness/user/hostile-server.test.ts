import { describe, expect, it } from "vitest";
import { HEAD, listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const NOWHERE = "http://[";

const site: Site = {
  pages: { "/": mainElement() },
  manners: { "lv:main phx_join": () => renders(listTree(["a"])) },
};

describe("a server that says what nobody can follow cuts the user off", () => {
  it.each([
    ["a redirect", "redirect", { to: NOWHERE }],
    ["a live redirect", "live_redirect", { to: NOWHERE, kind: "push" }],
    ["a patch", "live_patch", { to: NOWHERE, kind: "push" }],
  ])("%s to no URL", async (_what, event, payload) => {
    const { server, connect, downs } = await visit(site, { redirects: "follow" });
    await connect();
    server.push(JSON.stringify(["1", null, "lv:main", event, payload]));
    await until(() => downs.length === 1);
    expect(downs).toMatchObject([{ code: "protocol", message: `${event} at to: is no URL` }]);
  });

  it("a redirect to what is not on the web", async () => {
    const { server, connect, downs } = await visit(site, { redirects: "follow" });
    await connect();
    server.push('["1",null,"lv:main","redirect",{"to":"mailto:ann@example.org"}]');
    await until(() => downs.length === 1);
    expect(downs).toMatchObject([{ code: "unreachable" }]);
  });

  it("a flash that no cookie can hold", async () => {
    const { server, connect, downs } = await visit(site, { redirects: "follow" });
    await connect();
    server.push('["1",null,"lv:main","redirect",{"to":"/","flash":"a\\nb"}]');
    await until(() => downs.length === 1);
    expect(downs).toMatchObject([{ code: "unreachable" }]);
  });

  it("a frame whose envelope is no JSON", async () => {
    const { server, connect, downs } = await visit(site);
    await connect();
    server.push('["1",null,"lv:main\\q","diff",{}]');
    await until(() => downs.length === 1);
    expect(downs).toMatchObject([{ code: "protocol" }]);
  });
});

describe("a page over HTTP", () => {
  it("may lead to no URL: it cannot be reached", async () => {
    const { user } = await visit({ ...site, redirects: { "/away": [302, NOWHERE] } }, {});
    await expect(user.get("/away")).rejects.toMatchObject({ code: "unreachable" });
  });

  it("may track an asset whose URL is none: the server is told of it as it stands", async () => {
    const script = `<script phx-track-static src="${NOWHERE}"></script>`;
    const { sent, connect } = await visit({ ...site, pages: { "/": script + mainElement() } }, {});
    await connect();
    expect(sent()[0]?.payload.params?._track_static).toEqual([NOWHERE]);
  });

  it("may have a form and a link that lead to no URL: nobody can follow them", async () => {
    const html = `${HEAD}<form action="${NOWHERE}"></form><div id="main" data-phx-main data-phx-session="s"></div>`;
    const manners: Site["manners"] = {
      "lv:main phx_join": () => renders(listTree(["a"], `<a href="${NOWHERE}">x</a>`)),
    };
    const { user, connect } = await visit({ pages: { "/": html }, manners }, {});
    const page = await user.get("/");
    await expect(user.submitHtmlForm({ page, form: "form", fields: {} })).rejects.toMatchObject({
      code: "bad-url",
    });
    await connect();
    await expect(user.follow("a")).rejects.toMatchObject({ code: "bad-url" });
  });
});
