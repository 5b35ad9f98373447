import { describe, expect, it } from "vitest";
import { listTree, mainElement, renders, type Says, type Site, until, visit } from "./scripted-site.ts";

const component = (text: string) => ({ s: [`<i>${text}</i>`], r: 1 });
const two = { s: ["", "", ""], 0: 1, 1: 2 };

/** A page with two components in the slot before its list. */
function site(destroyed: (cids: readonly number[]) => Says, willDestroy: Says = { ok: {} }): Site {
  return {
    pages: { "/": mainElement() },
    manners: {
      "lv:main phx_join": () =>
        renders({
          ...listTree(["one"], two),
          c: { 1: component("a"), 2: component("b"), 3: component("c") },
        }),
      "lv:main cids_will_destroy": () => willDestroy,
      "lv:main cids_destroyed": ({ payload }) => destroyed(payload.cids ?? []),
    },
  };
}

const diff = (body: object) => JSON.stringify(["1", null, "lv:main", "diff", body]);
const cids = (sent: readonly { event: string; payload: { cids?: readonly number[] } }[]) =>
  sent.slice(1).map(({ event, payload }) => [event, payload.cids]);

describe("components that leave the page", () => {
  it("are told of, and forgotten once the server has confirmed it", async () => {
    const { user, server, sent, connect, reports } = await visit(site((gone) => ({ ok: { cids: gone } })));
    await connect();
    server.push(diff({ 0: { 1: "" } }));
    await until(() => reports.length === 4);
    expect(cids(sent())).toEqual([
      ["cids_will_destroy", [2]],
      ["cids_destroyed", [2]],
    ]);
    expect([...(user.page?.tree.components.keys() ?? [])]).toEqual([1, 3]);
    expect(reports.map(({ operation }) => operation)).toEqual(["join", "other", "components", "components"]);
  });

  it("are kept where the server keeps them", async () => {
    const { user, server, connect, reports } = await visit(site(() => ({ ok: { cids: [] } })));
    await connect();
    server.push(diff({ 0: { 1: "" } }));
    await until(() => reports.length === 4);
    expect([...(user.page?.tree.components.keys() ?? [])]).toEqual([1, 2, 3]);
  });

  it("and are back before the server has answered are not destroyed", async () => {
    const { user, server, sent, connect, reports } = await visit(site(() => null, null));
    await connect();
    server.push(diff({ 0: { 1: "" } }));
    await until(() => sent().length === 2);
    server.push(diff({ 0: { 1: 2 } }));
    server.push(
      JSON.stringify(["1", sent()[1]?.ref, "lv:main", "phx_reply", { status: "ok", response: {} }]),
    );
    await until(() => reports.length === 4);
    server.push(diff({ 0: { 0: "" } }));
    await until(() => sent().length === 3);
    expect(cids(sent())).toEqual([
      ["cids_will_destroy", [2]],
      ["cids_will_destroy", [1]],
    ]);
    expect(user.page?.html()).toContain("<i>b</i>");
  });

  it("are let be where the server refuses to hear of it", async () => {
    const { user, server, connect, reports, downs } = await visit(site(() => null, { error: {} }));
    await connect();
    server.push(diff({ 0: { 1: "" } }));
    await until(() => reports.length === 3);
    expect([user.isJoined, downs]).toEqual([true, []]);
  });

  it.each([{}, { cids: "2" }, { cids: ["2"] }])("have to be named by the server: %j", async (response) => {
    const { server, connect, downs } = await visit(site(() => ({ ok: response })));
    await connect();
    server.push(diff({ 0: { 1: "" } }));
    await until(() => downs.length === 1);
    expect(downs).toEqual([
      {
        user: "ann",
        code: "protocol",
        message: "phx_reply at response.cids: is no array of component ids",
      },
    ]);
  });

  it("of a view that is joined anew are not told of", async () => {
    const base = site((gone) => ({ ok: { cids: gone } }));
    const manners: Site["manners"] = {
      ...base.manners,
      "lv:main phx_join": (sent, nth) =>
        nth === 1 ? (base.manners["lv:main phx_join"]?.(sent, nth) ?? null) : renders(listTree(["two"])),
    };
    const { user, server, said, connect, ring } = await visit({ ...base, manners }, { reconnect: "backoff" });
    await connect();
    server.drop();
    await ring();
    await until(() => user.isJoined);
    server.push(JSON.stringify(["1", null, "lv:main", "diff", { 0: "now" }]));
    await until(() => user.page?.html().startsWith("now") === true);
    expect(said()).toEqual(["lv:main phx_join", "lv:main phx_join"]);
  });
});
