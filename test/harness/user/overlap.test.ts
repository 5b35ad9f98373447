import { expect, test } from "vitest";
import { listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const FOLLOW = { redirects: "follow" } as const;
const BACKOFF = { reconnect: "backoff" } as const;

const site: Site = {
  pages: {
    "/": mainElement(),
    "/a": mainElement("", "s-a"),
    "/b": mainElement("", "s-b"),
  },
  manners: {
    "lv:main phx_join": ({ payload }) =>
      renders(listTree([`${payload.session}`], '<button phx-click="x">x</button><a href="/a">a</a>')),
    "lv:main event": () => null,
  },
};

const redirect = (to: string) => JSON.stringify(["1", null, "lv:main", "redirect", { to }]);

/** How many sockets were opened. */
const upgrades = (requests: readonly string[]) =>
  requests.filter((request) => request.startsWith("UPGRADE")).length;

test("of two redirects at once the later one counts, and the user is on one page", async () => {
  const { user, server, connect, ids, downs, reports, baseUrl } = await visit(site, FOLLOW);
  await connect();
  server.push(redirect("/a"));
  server.push(redirect("/b"));
  await until(() => ids() === "s-b");
  reports.length = 0;
  server.push('[null,null,"lv:main","diff",{"t":"x"}]');
  await until(() => user.page?.title === "x");
  expect([user.url, reports.length, upgrades(server.requests), downs]).toEqual([`${baseUrl}/b`, 1, 2, []]);
});

test("of two redirects at once that lead nowhere the later one is told, once", async () => {
  const { server, connect, downs, baseUrl } = await visit(site, FOLLOW);
  await connect();
  server.push(redirect("/c"));
  server.push(redirect("/d"));
  await until(() => downs.length > 0);
  const message = `GET ${baseUrl}/d answered 404`;
  expect(downs).toEqual([{ user: "ann", code: "http-status", message }]);
});

test("who is sent on while his next page is joined has not been cut off", async () => {
  const manners: Site["manners"] = {
    "lv:main phx_join": (sent) =>
      sent.payload.session === "s-a"
        ? { frames: [["redirect", { to: "/b" }]] }
        : renders(listTree([`${sent.payload.session}`])),
  };
  const { user, server, connect, ids, downs } = await visit({ ...site, manners }, FOLLOW);
  await connect();
  server.push(redirect("/a"));
  await until(() => ids() === "s-b");
  await until(() => user.isJoined);
  expect(downs).toEqual([]);
});

test("who is sent on while he connects is connected when he is there", async () => {
  const manners: Site["manners"] = {
    "lv:main phx_join": (sent) =>
      sent.payload.session === "s-main"
        ? { frames: [["redirect", { to: "/b" }]] }
        : renders(listTree([`${sent.payload.session}`])),
  };
  const { user, connect, ids, downs } = await visit({ ...site, manners }, FOLLOW);
  await connect();
  expect([user.isJoined, ids(), downs]).toEqual([true, "s-b", []]);
});

test("who closes while he joins again on his next socket has not been cut off, and can connect at once", async () => {
  const manners: Site["manners"] = {
    "lv:main phx_join": (_sent, nth) => (nth === 2 ? null : renders(listTree([`one-${nth}`]))),
  };
  const { user, server, sent, connect, ring, ids, downs } = await visit({ ...site, manners }, BACKOFF);
  await connect();
  server.drop();
  await ring();
  await until(() => sent().length === 2);
  await user.close();
  await user.connect();
  expect([downs, ids()]).toEqual([[], "one-3"]);
});

test("who closes while he waits for his next socket can connect at once", async () => {
  const { user, server, connect, alarms, downs } = await visit(site, BACKOFF);
  await connect();
  server.drop();
  await until(() => alarms.size === 1);
  await user.close();
  await user.connect();
  expect([downs, user.isJoined, alarms.size]).toEqual([[], true, 0]);
});

test("who closes while his socket is closed for a reload waits for nothing, and requests nothing", async () => {
  const { user, server, sent, connect, alarms, passSeconds } = await visit(site, BACKOFF);
  await connect();
  const clicking = expect(user.click("button")).rejects.toMatchObject({ code: "push-timeout" });
  await until(() => sent().length === 2);
  passSeconds(30);
  await clicking;
  await user.close();
  await until(() => !user.isJoined);
  expect([alarms.size, server.requests.length]).toEqual([0, 2]);
});

test("who connects while he waits to load his page anew does not load it", async () => {
  const { user, server, sent, connect, alarms, passSeconds } = await visit(site, BACKOFF);
  await connect();
  const clicking = expect(user.click("button")).rejects.toMatchObject({ code: "push-timeout" });
  await until(() => sent().length === 2);
  passSeconds(30);
  await clicking;
  await until(() => alarms.size === 1);
  await user.connect();
  expect([user.isJoined, alarms.size, upgrades(server.requests)]).toEqual([true, 0, 2]);
});

test("who mounts another page while he waits to load his page anew stays there", async () => {
  const { user, server, sent, connect, alarms, passSeconds, ids } = await visit(site, BACKOFF);
  await connect();
  const clicking = expect(user.click("button")).rejects.toMatchObject({ code: "push-timeout" });
  await until(() => sent().length === 2);
  passSeconds(30);
  await clicking;
  await until(() => alarms.size === 1);
  await connect("/a");
  expect([ids(), alarms.size, upgrades(server.requests)]).toEqual(["s-a", 0, 2]);
});

test("who connects while his next page is requested stays on the one that he has", async () => {
  const { user, server, connect, ids } = await visit(site);
  await connect();
  const following = user.follow("a");
  await until(() => server.requests.some((request) => request.startsWith("GET /a")));
  await user.connect();
  await following;
  // Had the page that came late been gone on with, that would be over by the end of another request.
  await user.get("/");
  expect([ids(), user.isJoined, upgrades(server.requests)]).toEqual(["s-main", true, 2]);
});
