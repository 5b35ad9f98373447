import { describe, expect, it } from "vitest";
import { listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const site: Site = {
  pages: { "/": mainElement() },
  manners: {
    "lv:main phx_join": () => renders(listTree(["one"])),
    "cursors:1 phx_join": ({ payload }) => ({ ok: { you: payload } }),
    "cursors:1 move": ({ payload }) => ({ ok: { moved: payload } }),
    "cursors:1 fail": () => ({ error: { reason: "no" } }),
    "cursors:2 phx_join": () => ({ error: { reason: "full" } }),
  },
};

describe("a channel beside the views", () => {
  it("is joined on their socket, and says what it likes", async () => {
    const { user, sent, connect, server, reports } = await visit(site);
    await connect();
    const events: (readonly [string, unknown])[] = [];
    const channel = await user.joinChannel("cursors:1", { as: "ann" }, (...event) => events.push(event));
    const { reply } = await channel.push("move", { x: 1 });
    expect(reply).toEqual({ moved: { x: 1 } });
    await expect(channel.push("fail", {})).rejects.toMatchObject({
      code: "push-refused",
      message: 'ann: event "fail" was answered with an error: {"reason":"no"}',
    });
    server.push('["2",null,"cursors:1","moved",{"x":2}]');
    server.push('[null,null,"cursors:1","diff",[3]]');
    await until(() => events.length === 2);
    expect(events).toEqual([
      ["moved", { x: 2 }],
      ["diff", [3]],
    ]);
    expect(sent().slice(1)).toEqual([
      { joinRef: "2", ref: "2", topic: "cursors:1", event: "phx_join", payload: { as: "ann" } },
      { joinRef: "2", ref: "3", topic: "cursors:1", event: "move", payload: { x: 1 } },
      { joinRef: "2", ref: "4", topic: "cursors:1", event: "fail", payload: {} },
    ]);
    expect(reports.slice(1).map(({ operation }) => operation)).toEqual(
      Array.from({ length: 5 }, () => "control"),
    );
  });

  it("is left, with the views as they were", async () => {
    const { user, said, connect } = await visit(site);
    await connect();
    const channel = await user.joinChannel("cursors:1", {});
    await channel.leave();
    expect([said().at(-1), channel.isJoined, user.isJoined]).toEqual(["cursors:1 phx_leave", false, true]);
    await expect(channel.push("move", {})).rejects.toMatchObject({ code: "not-joined" });
  });

  it("may be refused", async () => {
    const { user, connect } = await visit(site);
    await connect();
    await expect(user.joinChannel("cursors:2", {})).rejects.toMatchObject({
      code: "join-refused",
      message: "the server refused the join: full",
    });
    expect(user.isJoined).toBe(true);
  });

  it("is none of LiveView's, and needs a socket", async () => {
    const { user, connect } = await visit(site);
    await expect(user.joinChannel("cursors:1", {})).rejects.toMatchObject({ code: "not-joined" });
    await connect();
    await expect(user.joinChannel("lv:main", {})).rejects.toMatchObject({ code: "view-topic" });
  });

  it("that crashes is joined again by who recovers, and no other", async () => {
    const crash = (ref: string) => `["${ref}","${ref}","cursors:1","phx_error",{}]`;
    const { user, server, connect, ring, waited } = await visit(site, { reconnect: "backoff" });
    await connect();
    const channel = await user.joinChannel("cursors:1", {});
    server.push(crash("2"));
    await until(() => !channel.isJoined);
    await ring();
    await until(() => channel.isJoined);
    expect([waited, user.isJoined]).toEqual([[1000], true]);

    const other = await visit(site);
    await other.connect();
    const lost = await other.user.joinChannel("cursors:1", {});
    other.server.push(crash("2"));
    await until(() => !lost.isJoined);
    expect([other.alarms.size, other.user.isJoined, other.downs]).toEqual([0, true, []]);
  });

  it("comes back with a new socket", async () => {
    const { user, server, sent, connect, ring } = await visit(site, { reconnect: "backoff" });
    await connect();
    const channel = await user.joinChannel("cursors:1", { as: "ann" });
    server.drop();
    await until(() => !channel.isJoined);
    await ring();
    await until(() => channel.isJoined);
    expect(
      sent()
        .filter(({ topic }) => topic === "cursors:1")
        .map(({ payload }) => payload),
    ).toEqual([{ as: "ann" }, { as: "ann" }]);
  });
});
