import { describe, expect, it } from "vitest";
import { adds, listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const site: Site = {
  pages: { "/": mainElement() },
  manners: { "lv:main phx_join": (_sent, nth) => renders(listTree([`one-${nth}`])) },
};

const pushed = (word: string) => JSON.stringify(["1", null, "lv:main", "diff", adds(word)]);

describe("a user who reads nothing", () => {
  it("gets what was sent meanwhile, in order, once he reads on", async () => {
    const { server, user, ids, connect, passSeconds } = await visit(site);
    await connect();
    user.pauseReading();
    const words = Array.from({ length: 3 }, (_, i) => `word-${i}`);
    for (const word of words) server.push(pushed(word));
    // What another user of the server has got by then, this one would have got too.
    const other = await visit(site);
    await other.connect();
    expect(ids()).toBe("one-1");
    passSeconds(90);
    user.resumeReading();
    await until(() => user.items.length === 4);
    expect(ids()).toBe("one-1 word-0 word-1 word-2");
  });

  it("sends no heartbeats, and is not cut off for an answer that he has not read", async () => {
    const { user, server, downs, connect, passSeconds } = await visit(site);
    await connect();
    const beats = () => server.frames.filter((frame) => frame.includes('"heartbeat"')).length;
    passSeconds(30);
    user.pauseReading();
    passSeconds(120);
    user.resumeReading();
    passSeconds(30);
    await until(() => beats() === 1);
    expect(downs).toEqual([]);
  });

  it("holds the server back, whose buffer keeps what the system has no room for", async () => {
    const { server, user, connect } = await visit(site);
    await connect();
    user.pauseReading();
    const large = "x".repeat(1_000_000);
    for (let i = 0; i < 16; i++) server.push(pushed(large));
    expect(server.buffered()).toBeGreaterThan(1_000_000);
    user.resumeReading();
    await until(() => server.buffered() === 0);
  });

  it("can still close his socket", async () => {
    const { server, user, connect } = await visit(site);
    await connect();
    user.pauseReading();
    const code = server.closeCode();
    await user.close();
    expect(await code).toBe(1000);
  });

  it("is no more than nobody before he has a socket", async () => {
    const { user, downs } = await visit(site);
    user.pauseReading();
    user.resumeReading();
    user.drop();
    expect(downs).toEqual([]);
  });
});

describe("a connection that is cut by the user himself", () => {
  it("ends without a close frame, and he is told that he was cut off", async () => {
    const { server, user, downs, connect } = await visit(site);
    await connect();
    const code = server.closeCode();
    user.drop();
    expect(downs).toEqual([{ user: "ann", code: "socket-closed", message: "the connection was dropped" }]);
    // Of no close frame: RFC 6455, 7.1.5.
    expect(await code).toBe(1006);
  });

  it("comes up again if he recovers from losses", async () => {
    const { user, ids, downs, connect, ring } = await visit(site, { reconnect: "backoff" });
    await connect();
    user.drop();
    expect(user.isJoined).toBe(false);
    await ring();
    await until(() => user.isJoined);
    expect([ids(), downs]).toEqual(["one-2", []]);
  });
});
