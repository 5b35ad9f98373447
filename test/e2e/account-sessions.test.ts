import { createHash } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { SEED_PASSWORD } from "../../reference-server/chat/seed-accounts.ts";
import { type AccountSite, accountSite, answerOf, PASSWORD, Person } from "./account-site.ts";
import { temporaryFolder } from "./bench.ts";
import { DeafClient } from "./deaf-client.ts";
import { RawSocket } from "./raw-client.ts";

const NEXT = "another password altogether";
const ROOM = "/stream/rooms/1?members=off";

const cookiesOf = ({ browser }: Person) =>
  Object.fromEntries(browser.cookie.split("; ").map((pair) => pair.split("=") as [string, string]));

async function loggedIn(site: AccountSite, name = "alice"): Promise<Person> {
  const person = new Person(site);
  expect((await person.logIn(name, SEED_PASSWORD)).status).toBe(303);
  return person;
}

/** Somebody's browser as it was: the cookies that it had, whatever they are worth now. */
function withCookies(site: AccountSite, cookies: Record<string, string>): Person {
  const person = new Person(site);
  for (const [name, value] of Object.entries(cookies)) person.browser.setCookie(name, value);
  return person;
}

/** Joins the room page, and gives what its socket is closed with. */
async function inRoom(site: AccountSite, person: Person) {
  const page = await person.browser.get(ROOM);
  const socket = await RawSocket.open(site.origin, {
    cookie: person.browser.cookie,
    csrfToken: page.csrfToken,
  });
  onTestFinished(() => socket.close());
  const closed = once(socket.socket, "close").then(([code]) => code as number);
  const answer = await socket.join(page, `${site.origin}${ROOM}`);
  expect(answer[4]).toMatchObject({ status: "ok" });
  return { page, socket, closed };
}

test("a log-in gives another session and another secret for forms than the browser had, whoever gave it those", async () => {
  const site = await accountSite();
  const mallory = await loggedIn(site, "bob");
  const planted = cookiesOf(mallory);
  const { csrfToken: known } = await mallory.browser.get("/settings");
  const alice = withCookies(site, planted);
  const entered = await alice.browser.post("/log_in", {
    _csrf_token: known,
    "user[name]": "alice",
    "user[password]": SEED_PASSWORD,
  });
  expect(answerOf(entered)).toEqual([303, "/"]);
  const own = cookiesOf(alice);
  expect([own._chat_key === planted._chat_key, own._csrf === planted._csrf]).toEqual([false, false]);
  expect(await alice.name()).toBe("alice");
  // What was planted is worth nothing, and neither is a token of the planted secret.
  expect(await withCookies(site, planted).name()).toBeNull();
  expect((await alice.browser.post("/log_out", { _csrf_token: known })).status).toBe(403);
});

test("a log-out ends the session for good, and gives another secret for forms", async () => {
  const site = await accountSite();
  const alice = await loggedIn(site);
  const before = cookiesOf(alice);
  const out = await alice.send("/settings", "/log_out");
  expect([answerOf(out), await alice.name()]).toEqual([[303, "/log_in"], null]);
  const after = cookiesOf(alice);
  expect(["_chat_key" in after, after._csrf === before._csrf]).toEqual([false, false]);
  expect(await withCookies(site, before).name()).toBeNull();
});

test("a cookie is not read by scripts, not sent by other sites' forms, and refused where it was changed", async () => {
  const site = await accountSite();
  const alice = new Person(site);
  const page = await alice.browser.get("/log_in");
  const response = await fetch(`${site.origin}/log_in`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: alice.browser.cookie },
    body: new URLSearchParams({
      _csrf_token: page.csrfToken,
      "user[name]": "alice",
      "user[password]": SEED_PASSWORD,
    }),
  });
  const lines = response.headers.getSetCookie();
  expect(lines.map((line) => line.replace(/=[^;]*/, ""))).toEqual([
    "_csrf; Path=/; HttpOnly; SameSite=Lax",
    "_chat_key; Path=/; HttpOnly; SameSite=Lax",
  ]);
  const value = /^_chat_key=([^;]*)/.exec(lines[1] ?? "")?.[1] ?? "";
  expect(await withCookies(site, { _chat_key: value }).name()).toBe("alice");
  expect(
    await withCookies(site, { _chat_key: value.replace(/.$/, (last) => (last === "A" ? "B" : "A")) }).name(),
  ).toBeNull();
  const unsigned = encodeURIComponent(decodeURIComponent(value).split(".")[0] ?? "");
  expect(await withCookies(site, { _chat_key: unsigned }).name()).toBeNull();
});

test("the database holds no token, but its hash", async () => {
  const file = join(temporaryFolder(), "chat.db");
  const site = await accountSite({ database: file });
  const alice = await loggedIn(site);
  const token = /"token":"([^"]{43})"/.exec(decodeURIComponent(cookiesOf(alice)._chat_key ?? ""))?.[1];
  const sqlite = new DatabaseSync(file, { readOnly: true });
  expect(sqlite.prepare("SELECT id, user_id FROM sessions").all()).toEqual([
    {
      id: createHash("sha256")
        .update(token ?? "")
        .digest("hex"),
      user_id: 1,
    },
  ]);
  sqlite.close();
});

test("a session outlives the server where its secret is the same, and not otherwise", async () => {
  const database = join(temporaryFolder(), "chat.db");
  const first = await accountSite({ database });
  const alice = await loggedIn(first);
  const cookies = cookiesOf(alice);
  await first.close();
  const second = await accountSite({ database });
  expect(await withCookies(second, cookies).name()).toBe("alice");
  await second.close();
  const third = await accountSite({ database, secret: "another secret of the tests that is as long" });
  expect(await withCookies(third, cookies).name()).toBeNull();
});

test("a session ends by itself after sixty days", async () => {
  const site = await accountSite();
  const alice = await loggedIn(site);
  site.clock.nowMs += 60 * 24 * 3_600_000 - 1000;
  expect(await alice.name()).toBe("alice");
  site.clock.nowMs += 1000;
  expect(await alice.name()).toBeNull();
});

test("another password ends all sessions of the account, their sockets too, and none of others", async () => {
  const site = await accountSite();
  const [here, there, bob] = [await loggedIn(site), await loggedIn(site), await loggedIn(site, "bob")];
  const former = cookiesOf(here);
  const [hereRoom, thereRoom, bobsRoom] = [
    await inRoom(site, here),
    await inRoom(site, there),
    await inRoom(site, bob),
  ];
  await here.send("/settings", "/settings/password", {
    current_password: SEED_PASSWORD,
    "user[password]": NEXT,
  });
  expect(await Promise.all([hereRoom.closed, thereRoom.closed])).toEqual([1008, 1008]);
  expect([await here.name(), await there.name(), await bob.name()]).toEqual(["alice", null, "bob"]);
  expect(await withCookies(site, former).name()).toBeNull();
  bobsRoom.socket.send([null, "9", "phoenix", "heartbeat", {}]);
  expect((await bobsRoom.socket.next())[1]).toBe("9");
});

test("whoever connects again after his session has ended is asked to log in", async () => {
  const site = await accountSite();
  const [here, there] = [await loggedIn(site), await loggedIn(site)];
  const { page, closed } = await inRoom(site, there);
  await here.send("/settings", "/settings/password", {
    current_password: SEED_PASSWORD,
    "user[password]": NEXT,
  });
  await closed;
  const again = await RawSocket.open(site.origin, {
    cookie: there.browser.cookie,
    csrfToken: page.csrfToken,
  });
  onTestFinished(() => again.close());
  const answer = await again.join(page, `${site.origin}${ROOM}`);
  expect(answer[4]).toMatchObject({
    status: "error",
    response: { redirect: { to: "/log_in?return_to=%2Fstream%2Frooms%2F1%3Fmembers%3Doff" } },
  });
});

test("a log-out ends the sockets of its session, and not those of the account's other devices", async () => {
  const site = await accountSite();
  const [here, there] = [await loggedIn(site), await loggedIn(site)];
  const [hereRoom, thereRoom] = [await inRoom(site, here), await inRoom(site, there)];
  await here.send("/settings", "/log_out");
  expect(await hereRoom.closed).toBe(1008);
  expect(await there.name()).toBe("alice");
  thereRoom.socket.send([null, "9", "phoenix", "heartbeat", {}]);
  expect((await thereRoom.socket.next())[1]).toBe("9");
});

test("whoever does not let his socket be closed is not heard any more", async () => {
  const site = await accountSite();
  const [here, there] = [await loggedIn(site), await loggedIn(site)];
  const page = await there.browser.get(ROOM);
  const client = await DeafClient.open(site.origin, {
    cookie: there.browser.cookie,
    csrfToken: page.csrfToken,
  });
  const say = (event: string, payload: object) =>
    client.sendText(JSON.stringify(["1", event, `lv:${page.id}`, event, payload]));
  const write = (content: string) =>
    say("event", {
      type: "form",
      event: "send",
      value: new URLSearchParams({ "message[content]": content }).toString(),
    });
  const { session, static: fixed } = page;
  say("phx_join", { url: `${site.origin}${ROOM}`, params: {}, session, static: fixed, sticky: false });
  write("written before");
  await client.received("message_sent");
  await here.send("/settings", "/settings/password", {
    current_password: SEED_PASSWORD,
    "user[password]": NEXT,
  });
  await client.received("the session has changed");
  write("written after");
  await client.sendClose();
  const { html } = await here.browser.get(ROOM);
  expect([html.includes("written before"), html.includes("written after")]).toEqual([true, false]);
});

test("a deleted account ends everywhere", async () => {
  const site = await accountSite();
  const zoe = new Person(site);
  await zoe.register("zoe");
  const other = new Person(site);
  await other.logIn("zoe", PASSWORD);
  const rooms = [await inRoom(site, zoe), await inRoom(site, other)];
  await zoe.send("/settings", "/settings/delete", { current_password: PASSWORD });
  expect(await Promise.all(rooms.map(({ closed }) => closed))).toEqual([1008, 1008]);
  expect([await zoe.name(), await other.name()]).toEqual([null, null]);
});

test("another nickname is on the pages that are open, once they have connected again", async () => {
  const site = await accountSite();
  const [here, there] = [await loggedIn(site), await loggedIn(site)];
  const { page, closed } = await inRoom(site, there);
  await here.send("/settings", "/settings/name", { "user[name]": "alicia" });
  expect(await closed).toBe(1008);
  const again = await RawSocket.open(site.origin, {
    cookie: there.browser.cookie,
    csrfToken: page.csrfToken,
  });
  onTestFinished(() => again.close());
  const answer = JSON.stringify(await again.join(page, `${site.origin}${ROOM}`));
  expect([answer.includes('"status":"ok"'), answer.includes("alicia")]).toEqual([true, true]);
});
