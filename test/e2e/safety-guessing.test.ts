import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { accountSite, answerOf, PASSWORD, Person } from "./account-site.ts";
import { temporaryFolder } from "./bench.ts";
import { RawSocket } from "./raw-client.ts";
import { messagesIn, visitRoom } from "./room-visitor.ts";

const NOTHING = { status: "ok", response: {} };
const NO_ROOMS = [
  "abc",
  "1e9",
  "-1",
  "0",
  "01",
  "1.0",
  "1e0",
  "0x1",
  " 1",
  "999",
  "9".repeat(30),
  "NaN",
  "__proto__",
];

describe("a room that there is not", () => {
  test.each(NO_ROOMS)("leads to the list of rooms, as a page and over a socket: %j", async (id) => {
    const site = await accountSite();
    const { browser, page, send } = await visitRoom(site, "alice");
    const path = `/stream/rooms/${encodeURIComponent(id)}`;
    expect(answerOf(await browser.get(path))).toEqual([302, "/rooms"]);
    const shown = await browser.get("/rooms");
    expect(shown.html).toContain("There is no such room.");

    const patched = await send("live_patch", { url: `${site.origin}${path}` });
    expect(patched[4]).toMatchObject({ status: "ok", response: { live_redirect: { to: "/rooms" } } });

    const again = await browser.get("/stream/rooms/1");
    const socket = await RawSocket.open(site.origin, { cookie: browser.cookie, csrfToken: again.csrfToken });
    onTestFinished(() => socket.close());
    expect((await socket.join(again, `${site.origin}${path}`))[4]).toMatchObject({
      status: "error",
      response: { live_redirect: { to: "/rooms" } },
    });
    expect([page.status, site.log]).toEqual([200, []]);
  });
});

describe("whoever is not logged in", () => {
  test("sees no room, whatever page his socket was opened from", async () => {
    const site = await accountSite();
    const alice = await visitRoom(site, "alice");
    const nobody = new Person(site);
    const { csrfToken } = await nobody.browser.get("/log_in");
    const socket = await RawSocket.open(site.origin, { cookie: nobody.browser.cookie, csrfToken });
    onTestFinished(() => socket.close());
    const answer = await socket.join(alice.page, `${site.origin}/stream/rooms/1`);
    expect(answer[4]).toEqual({
      status: "error",
      response: { events: [], redirect: { to: "/log_in?return_to=%2Fstream%2Frooms%2F1", status: 302 } },
    });
  });

  test("is nobody with the cookie of an account that was deleted", async () => {
    const site = await accountSite();
    const [here, there] = [new Person(site), new Person(site)];
    await here.register("zoe");
    await there.logIn("zoe", PASSWORD);
    const page = await there.browser.get("/stream/rooms/1");
    await here.send("/settings", "/settings/delete", { current_password: PASSWORD });
    const room = await there.browser.get("/stream/rooms/1");
    expect(answerOf(room)).toEqual([302, "/log_in?return_to=%2Fstream%2Frooms%2F1"]);
    const socket = await RawSocket.open(site.origin, {
      cookie: there.browser.cookie,
      csrfToken: page.csrfToken,
    });
    onTestFinished(() => socket.close());
    expect((await socket.join(page, `${site.origin}/stream/rooms/1`))[4]).toMatchObject({
      status: "error",
      response: { redirect: { to: "/log_in?return_to=%2Fstream%2Frooms%2F1" } },
    });
  });
});

describe("whoever has another's page", () => {
  test("is still himself: who he is comes from his cookie", async () => {
    const site = await accountSite();
    const [alice, mallory] = [await visitRoom(site, "alice"), await visitRoom(site, "mallory")];
    mallory.socket.send(["1", "50", `lv:${mallory.page.id}`, "phx_leave", {}]);
    await mallory.socket.next();
    await mallory.socket.next();
    const joined = JSON.stringify(
      await mallory.socket.join(alice.page, `${site.origin}/stream/rooms/1?members=off`),
    );
    expect([joined.includes('"mallory"'), joined.includes('"alice"')]).toEqual([true, false]);
    const form = { type: "form", event: "send", value: "message%5Bcontent%5D=whose%3F" };
    mallory.socket.send(["1", "51", `lv:${alice.page.id}`, "event", form]);
    await mallory.socket.next();
    const shown = JSON.stringify(await alice.socket.next());
    expect([shown.includes("mallory"), shown.includes("whose?")]).toEqual([true, true]);
  });

  test("cannot join one view's topic with the session of another one, nor with one that he has changed", async () => {
    const site = await accountSite();
    const alice = await visitRoom(site, "alice");
    const { browser, page } = await visitRoom(site, "mallory");
    const socket = await RawSocket.open(site.origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
    onTestFinished(() => socket.close());
    const url = `${site.origin}/stream/rooms/1`;
    const [body = "", mac] = page.session.split(".");
    const content = Buffer.from(body, "base64url").toString().replace("room:stream", "room:append");
    const changed = `${Buffer.from(content).toString("base64url")}.${mac}`;
    for (const session of [alice.page.session, changed, page.csrfToken, "", `${body}.`]) {
      expect((await socket.join({ ...page, session }, url))[4]).toEqual({
        status: "error",
        response: { reason: "stale" },
      });
    }
  });
});

describe("a message of another person or room", () => {
  test("is neither opened, changed nor deleted by its id", async () => {
    const site = await accountSite();
    const [alice, mallory] = [await visitRoom(site, "alice"), await visitRoom(site, "mallory")];
    await alice.form("send", { "message[content]": "hers" });
    const [hers] = messagesIn(await alice.socket.next());
    await mallory.socket.next();
    const elsewhere = await visitRoom(site, "alice", "/stream/rooms/2?members=off");
    // Her own as well, while she is in another room.
    for (const { event, form } of [mallory, elsewhere]) {
      expect((await event("edit", { id: hers }))[4]).toEqual(NOTHING);
      const forged = { "message[content]": "forged", "message[id]": String(hers), id: String(hers) };
      expect((await form("save_edit", forged))[4]).toEqual(NOTHING);
      expect((await event("delete", { id: hers }))[4]).toEqual(NOTHING);
    }
    const { html } = await alice.browser.get("/stream/rooms/1");
    expect([html.includes(">hers<"), html.includes("forged")]).toEqual([true, false]);
  });

  test("is not changed through an editor that is open for one's own", async () => {
    const site = await accountSite();
    const [alice, mallory] = [await visitRoom(site, "alice"), await visitRoom(site, "mallory")];
    await alice.form("send", { "message[content]": "hers" });
    const [hers] = messagesIn(await alice.socket.next());
    await mallory.socket.next();
    await mallory.form("send", { "message[content]": "mine" });
    const [mine] = messagesIn(await mallory.socket.next());
    await alice.socket.next();
    await mallory.event("edit", { id: mine });
    const forged = { "message[content]": "changed", "message[id]": String(hers), id: String(hers) };
    await mallory.form("save_edit", forged);
    const told = JSON.stringify(await alice.socket.next());
    expect([told.includes(`messages-${mine}`), told.includes(`messages-${hers}`)]).toEqual([true, false]);
  });
});

test("hidden fields that name another room and another sender are not believed", async () => {
  const file = join(temporaryFolder(), "chat.db");
  const site = await accountSite({ database: file });
  const [mallory, bob] = [
    await visitRoom(site, "mallory"),
    await visitRoom(site, "bob", "/stream/rooms/2?members=off"),
  ];
  const forged = {
    "message[room_id]": "2",
    "message[sender_id]": "1",
    "message[sender_name]": "alice",
    room_id: "2",
    sender_id: "1",
    user_id: "1",
    "message[content]": "by whom, and where?",
  };
  await mallory.form("send", forged);
  const sqlite = new DatabaseSync(file, { readOnly: true });
  const row = sqlite
    .prepare(
      "SELECT users.name, room_id FROM messages JOIN users ON users.id = sender_id WHERE content = 'by whom, and where?'",
    )
    .all();
  sqlite.close();
  expect(row).toEqual([{ name: "mallory", room_id: 1 }]);
  // Bob, who is in that room, is told nothing.
  expect((await bob.event("nothing", {}))[4]).toEqual(NOTHING);
});

test("settings are one's own, whatever form and address name another", async () => {
  const site = await accountSite();
  const mallory = new Person(site);
  await mallory.register("mallory");
  const { html } = await mallory.browser.get("/settings?user=1&id=1&user_id=1&user%5Bname%5D=alice");
  expect([html.includes("<strong>mallory</strong>"), html.includes("alice")]).toEqual([true, false]);
  const forged = { "user[id]": "1", id: "1", user_id: "1", "user[name]": "alicia" };
  expect((await mallory.send("/settings", "/settings/name", forged)).status).toBe(303);
  expect(await mallory.name()).toBe("alicia");
  const alice = new Person(site);
  await alice.logIn("alice", "a password for the bench");
  expect(await alice.name()).toBe("alice");
  for (const path of ["/settings/1", "/settings/alice", "/users/1", "/users/alice/settings"])
    expect((await mallory.browser.get(path)).status).toBe(404);
});
