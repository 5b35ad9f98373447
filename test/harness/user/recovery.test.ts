import { describe, expect, it } from "vitest";
import { adds, container, listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const BACKOFF = { reconnect: "backoff" } as const;

const site: Site = {
  pages: { "/": mainElement() },
  manners: {
    "lv:main phx_join": (_sent, nth) => renders(listTree([`one-${nth}`, "always"])),
    "lv:main event": () => null,
  },
};

/** What the joins of a view told of themselves. */
const counts = (
  sent: readonly { topic: string; event: string; payload: { params?: object } }[],
  topic = "lv:main",
) =>
  sent
    .filter((frame) => frame.topic === topic && frame.event === "phx_join")
    .map(({ payload }) => payload.params as { _mounts: number; _mount_attempts: number })
    .map(({ _mounts, _mount_attempts }) => [_mounts, _mount_attempts]);

const upgrades = (requests: readonly string[]) =>
  requests
    .filter((request) => request.startsWith("UPGRADE"))
    .map((request) => /_mounts=(\d+)&_mount_attempts=(\d+)/u.exec(request)?.slice(1).map(Number));

const nested: Site = {
  pages: {
    "/": mainElement(
      '<div id="child" data-phx-session="" data-phx-static="f-child" data-phx-parent-id="main"></div>',
    ),
  },
  manners: {
    "lv:main phx_join": () => renders({ s: ["", ""], 0: container("child", "main") }),
    "lv:child phx_join": (_sent, nth) => renders(listTree([`one-${nth}`])),
  },
};

describe("a socket that drops", () => {
  it("is opened again, and the view joined with its mounts counted", async () => {
    const { user, server, sent, connect, ring, waited, downs } = await visit(site, BACKOFF);
    await connect();
    server.drop();
    await until(() => !user.isJoined);
    expect(user.items.map(({ id }) => id)).toEqual(["one-1", "always"]);
    await ring();
    await until(() => user.isJoined);
    expect(counts(sent())).toEqual([
      [0, 0],
      [1, 0],
    ]);
    // The socket's own URL repeats what the join before it said.
    expect(upgrades(server.requests)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect([waited, downs]).toEqual([[10], []]);
  });

  it("takes along who waits for an answer on it", async () => {
    const { user, server, connect } = await visit(
      {
        ...site,
        manners: {
          ...site.manners,
          "lv:main phx_join": () => renders({ s: ['<div id="messages"></div><form phx-submit="x"></form>'] }),
        },
      },
      BACKOFF,
    );
    await connect();
    const waiting = expect(user.submit("form", {})).rejects.toMatchObject({ code: "socket-closed" });
    server.drop(1011);
    await waiting;
    await expect(user.submit("form", {})).rejects.toMatchObject({ code: "not-joined" });
  });

  it("has the views within views joined again after the one that renders them", async () => {
    const { server, sent, connect, ring, ids } = await visit(nested, BACKOFF);
    await connect();
    server.drop();
    await ring();
    await until(() => ids() === "one-2");
    expect(
      sent()
        .slice(2)
        .map(({ topic, event, payload }) => [topic, event, payload.params?._mounts]),
    ).toEqual([
      ["lv:main", "phx_join", 1],
      ["lv:child", "phx_join", 1],
    ]);
  });

  it("leaves of the streams' elements those that the join brings again", async () => {
    const { user, server, connect, ring, ids } = await visit(site, BACKOFF);
    await connect();
    server.push(JSON.stringify(["1", null, "lv:main", "diff", adds("late")]));
    await until(() => ids() === "one-1 always late");
    server.drop();
    await ring();
    await until(() => user.isJoined);
    expect(ids()).toBe("one-2 always");
  });

  it("is tried again with the back-off of the official client, until the user gives up", async () => {
    let isUp = true;
    const { server, connect, ring, waited, downs } = await visit({ ...site, accepts: () => isUp }, BACKOFF);
    await connect();
    isUp = false;
    server.drop();
    for (let i = 0; i < 10; i++) await ring();
    await until(() => downs.length === 1);
    expect(waited).toEqual([10, 10, 50, 100, 150, 200, 250, 500, 1000, 2000]);
    expect(downs).toMatchObject([{ user: "ann", code: "socket-refused" }]);
  });

  it("is tried as often as the user is told to", async () => {
    const { connect, ring, waited } = await visit(
      { ...site, accepts: () => false },
      { ...BACKOFF, mostAttempts: 2 },
    );
    const connecting = expect(connect()).rejects.toMatchObject({ code: "socket-refused" });
    await ring();
    await connecting;
    expect(waited).toEqual([10]);
  });

  it("during the join counts as an attempt", async () => {
    const manners = {
      ...site.manners,
      "lv:main phx_join": (_sent: unknown, nth: number) =>
        nth === 1 ? { close: 1011 } : renders(listTree(["a"])),
    };
    const { user, sent, connect, ring } = await visit({ ...site, manners }, BACKOFF);
    const connecting = connect();
    await ring();
    await connecting;
    expect([user.isJoined, counts(sent())]).toEqual([
      true,
      [
        [0, 0],
        [0, 1],
      ],
    ]);
  });

  it("and is closed well is one whose page is to be loaded anew", async () => {
    const { user, server, connect, ring, waited } = await visit(site, { ...BACKOFF, random: () => 0 });
    await connect();
    server.drop(1000);
    await ring();
    await until(() => user.isJoined);
    expect(waited).toEqual([5000]);
    expect(server.requests.map((request) => request.split(" ")[0])).toEqual([
      "GET",
      "UPGRADE",
      "GET",
      "UPGRADE",
    ]);
  });

  it("whose heartbeat is not answered is one", async () => {
    const manners = { ...site.manners, "phoenix heartbeat": () => null };
    const { user, sent, connect, passSeconds, ring } = await visit({ ...site, manners }, BACKOFF);
    await connect();
    passSeconds(30);
    await until(() => sent().at(-1)?.event === "heartbeat");
    passSeconds(30);
    expect(user.isJoined).toBe(false);
    await ring();
    await until(() => user.isJoined);
    expect(counts(sent())).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it("is let be once the user is closed", async () => {
    const { user, server, connect, alarms, downs } = await visit(site, BACKOFF);
    await connect();
    server.drop();
    await until(() => alarms.size === 1);
    await user.close();
    expect([alarms.size, downs]).toEqual([0, []]);
  });

  it("is let be once the user is closed, even while he connects", async () => {
    const manners = { ...site.manners, "lv:main phx_join": () => null };
    const { user, sent, connect, alarms, server } = await visit({ ...site, manners }, BACKOFF);
    const connecting = expect(connect()).rejects.toMatchObject({ code: "socket-closed" });
    await until(() => sent().length === 1);
    await user.close();
    await connecting;
    expect([alarms.size, upgrades(server.requests)?.length]).toEqual([0, 1]);
  });

  it("is closed well where a view waits to be joined again", async () => {
    const { user, server, connect, alarms } = await visit(site, BACKOFF);
    await connect();
    const closed = server.closeCode();
    server.push('["1","1","lv:main","phx_error",{}]');
    await until(() => alarms.size === 1);
    await user.close();
    expect(await closed).toBe(1000);
  });

  it("takes its channels' frames along: what comes late is nobody's", async () => {
    const { user, server, connect, ring, downs } = await visit(site, BACKOFF);
    await connect();
    server.drop();
    await ring();
    await until(() => user.isJoined);
    server.push(JSON.stringify(["77", null, "lv:main", "diff", { 0: "late" }]));
    server.push(JSON.stringify(["1", null, "lv:main", "diff", { 0: "now" }]));
    await until(() => user.page?.html().startsWith("now") === true);
    expect(downs).toEqual([]);
  });
});

describe("a view that crashes", () => {
  const crash = (joinRef: string, topic: string) =>
    JSON.stringify([joinRef, joinRef, topic, "phx_error", {}]);

  it("is joined again on the same socket, after a second", async () => {
    const { user, server, sent, connect, ring, waited, ids } = await visit(site, BACKOFF);
    await connect();
    server.push(crash("1", "lv:main"));
    await until(() => !user.isJoined);
    await ring();
    await until(() => user.isJoined);
    expect(sent().map(({ joinRef, ref, event }) => [joinRef, ref, event])).toEqual([
      ["1", "1", "phx_join"],
      ["2", "2", "phx_join"],
    ]);
    expect([counts(sent()), waited, ids()]).toEqual([
      [
        [0, 0],
        [1, 0],
      ],
      [1000],
      "one-2 always",
    ]);
  });

  it("is joined by itself, if it is one within another", async () => {
    const { server, said, sent, connect, ring, ids } = await visit(nested, BACKOFF);
    await connect();
    server.push(crash("2", "lv:child"));
    await ring();
    await until(() => ids() === "one-2");
    expect(said().slice(2)).toEqual(["lv:child phx_join"]);
    expect(counts(sent(), "lv:child")).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it("takes the views within it along", async () => {
    const { server, said, sent, connect, ring, ids } = await visit(nested, BACKOFF);
    await connect();
    server.push(crash("1", "lv:main"));
    await until(() => said().length === 3);
    await ring();
    await until(() => ids() === "one-2");
    expect(said().slice(2)).toEqual(["lv:child phx_leave", "lv:main phx_join", "lv:child phx_join"]);
    const statics = sent().flatMap(({ topic, payload }) => (topic === "lv:child" ? [payload.static] : []));
    expect(statics).toEqual(["f-child", undefined, null]);
    // A child that comes with its parent's second join says that it was there before.
    expect(counts(sent(), "lv:child")).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it("may be left while it is joined again", async () => {
    const manners: Site["manners"] = {
      ...nested.manners,
      "lv:child phx_join": (_sent, nth) => (nth === 1 ? renders(listTree(["one"])) : null),
    };
    const { user, server, said, connect, ring, downs } = await visit({ ...nested, manners }, BACKOFF);
    await connect();
    server.push(crash("2", "lv:child"));
    await ring();
    await until(() => said().length === 3);
    await user.leave();
    expect([said().slice(3), downs]).toEqual([["lv:child phx_leave", "lv:main phx_leave"], []]);
  });

  it("is not joined again where the server has closed it", async () => {
    const { user, server, connect, downs, alarms } = await visit(site, BACKOFF);
    await connect();
    server.push('["1","1","lv:main","phx_close",{}]');
    await until(() => downs.length === 1);
    expect([downs[0]?.code, user.isJoined, alarms.size]).toEqual(["channel-closed", false, 0]);
  });

  it("within another is let be where the server has closed it", async () => {
    const { user, server, connect, downs, reports, alarms } = await visit(nested, BACKOFF);
    await connect();
    server.push('["2","2","lv:child","phx_close",{}]');
    await until(() => reports.length === 3);
    expect([downs, user.isJoined, alarms.size]).toEqual([[], true, 0]);
  });

  it("cuts off who is not to recover, whichever it is", async () => {
    const { user, server, connect, downs } = await visit(nested);
    await connect();
    server.push(crash("2", "lv:child"));
    await until(() => downs.length === 1);
    expect([downs[0]?.code, user.isJoined]).toEqual(["channel-crashed", false]);
    await user.connect();
    expect(user.isJoined).toBe(true);
  });
});

describe("an event that is not answered in time", () => {
  const clickable: Site = {
    ...site,
    manners: {
      ...site.manners,
      "lv:main phx_join": () => renders(listTree(["one"], '<button phx-click="x"></button>')),
    },
  };

  it("has the page loaded anew by who recovers", async () => {
    const { user, server, sent, connect, passSeconds, ring, waited } = await visit(clickable, BACKOFF);
    await connect();
    const clicking = expect(user.click("button")).rejects.toMatchObject({ code: "push-timeout" });
    await until(() => sent().length === 2);
    passSeconds(30);
    await clicking;
    await ring();
    await until(() => user.isJoined);
    expect(waited).toEqual([7500]);
    expect(server.requests.filter((request) => request.startsWith("GET")).length).toBe(2);
  });
});
