import { beforeEach, expect, onTestFinished, test } from "vitest";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import { accountSite } from "./account-site.ts";
import { sharedDatabase } from "./messenger-site.ts";
import { RawBrowser, type RawFrame, RawSocket } from "./raw-client.ts";

const { file, change } = sharedDatabase();

let origin: string;

// Rooms 1 to 3 are public. Conversation 101 is alice's with bob; 102 is deniz's with bob. Message 1001 is in 101, by alice.
beforeEach(async () => {
  ({ origin } = await accountSite({ database: file, messagesPerRoom: 0 }));
  change(`
    delete from seen; delete from reactions; delete from messages;
    begin; delete from conversations; delete from members; delete from rooms where id > 3;
    insert into rooms values (101, 'c 101'), (102, 'c 102');
    insert into members values (101, 1), (101, 2), (102, 4), (102, 2);
    insert into conversations values (101, 'Secret', 1, null), (102, 'Other', 4, null); commit;
    insert into messages values (1001, 101, 1, 'nobody else is to read this', '2026-01-02T03:04:05Z', 0);`);
});

async function browserOf(name: string): Promise<RawBrowser> {
  const browser = new RawBrowser(origin);
  await browser.logIn(name);
  return browser;
}

/** A page of somebody's, joined; `push` sends an event and gives the answer to it. */
async function joined(name: string, path: string, joinAs = path) {
  const browser = await browserOf(name);
  const page = await browser.get(path);
  const socket = await RawSocket.open(origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  onTestFinished(() => socket.close());
  const answer = await socket.join(page, `${origin}${joinAs}`);
  let ref = 1;
  const push = async (event: string, value: unknown, type = "click"): Promise<RawFrame> => {
    ref += 1;
    socket.send(["1", String(ref), `lv:${page.id}`, "event", { type, event, value }]);
    for (;;) {
      const frame = await socket.next();
      if (frame[1] === String(ref)) return frame;
    }
  };
  return { browser, page, answer, push };
}

const responseOf = ([, , , , payload]: RawFrame) => payload.response;

test("a stranger's page of a conversation is the one that there is for a missing one, in every mode", async () => {
  const deniz = await browserOf("deniz");
  for (const prefix of ["", ...Object.keys(MODES).map((mode) => `/${mode}`)]) {
    for (const id of ["101", "999", "1", "0", "x", "1e999", "101%00", "-1"]) {
      const { status, location, html } = await deniz.get(`${prefix}/conversations/${id}`);
      expect([id, status, location, html]).toEqual([id, 302, "/", ""]);
    }
  }
  const { html } = await deniz.get("/");
  expect(html).toContain("There is no such conversation.");
  expect(html).not.toContain("Secret");
});

test("whoever is not logged in is asked to, and comes back", async () => {
  const browser = new RawBrowser(origin);
  expect((await browser.get("/conversations/101")).location).toBe("/log_in?return_to=%2Fconversations%2F101");
  expect((await browser.get("/?recover=hook")).location).toBe("/log_in?return_to=%2F%3Frecover%3Dhook");
});

test("a conversation is no room: neither listed nor entered", async () => {
  const alice = await browserOf("alice");
  expect((await alice.get("/rooms/101")).location).toBe("/rooms");
  expect((await alice.get("/rooms")).html).not.toMatch(/101|Secret/);
});

test("a socket joins no conversation of others with the tokens of one's own", async () => {
  const { answer } = await joined("deniz", "/conversations/102", "/conversations/101");
  expect(answer[4]).toEqual({
    status: "error",
    response: { redirect: { to: "/", status: 302, flash: expect.any(String) }, events: [] },
  });
});

test("a member's events touch no message of another conversation", async () => {
  const { push } = await joined("deniz", "/conversations/102");
  const before = await (await browserOf("alice")).get("/conversations/101");
  await push("react", { id: 1001, emoji: "👍" });
  await push("seen", { ids: [1001] }, "hook");
  await push("edit", { id: 1001 });
  await push("delete", { id: 1001 });
  await push("save_edit", "message[content]=changed", "form");
  await push("send", "message[content]=to+102&message[room_id]=101&message[sender_id]=1", "form");
  const after = await (await browserOf("alice")).get("/conversations/101");
  const main = ({ html }: { html: string }) => /<article[\s\S]*<\/article>/.exec(html)?.[0];
  expect(main(before)).toContain("nobody else is to read this");
  expect(main(after)).toBe(main(before));
  expect((await (await browserOf("bob")).get("/conversations/102")).html).toContain(
    '<p class="content">to 102</p>',
  );
});

test.each<[string, string, unknown]>([
  ["a reaction that is none of those", "react", { id: 1001, emoji: "<b>" }],
  ["a reaction to nothing", "react", { id: {}, emoji: "👍" }],
  ["a sight of nothing", "seen", { ids: ["x"] }],
  ["a thousand sights at once", "seen", { ids: Array.from({ length: 1000 }, () => 1001) }],
  ["no value", "seen", null],
])("nonsense changes nothing: %s", async (_, event, value) => {
  const { push } = await joined("bob", "/conversations/101");
  expect(responseOf(await push(event, value))).toEqual({});
});

test("a conversation is closed by its owner alone, and then takes no message, whatever the page shows", async () => {
  const bob = await joined("bob", "/conversations/101");
  const refusal = JSON.stringify(responseOf(await bob.push("close_conversation", {})));
  expect(refusal).toContain("Only its owner can close a conversation.");
  const alice = await joined("alice", "/conversations/101");
  await alice.push("close_conversation", {});
  const send = await bob.push("send", "message[content]=too+late", "form");
  expect(JSON.stringify(send)).toContain("This conversation is closed");
  const { html } = await (await browserOf("bob")).get("/conversations/101");
  expect(html).toContain("was closed on");
  expect(html).not.toContain("too late");
});

test("whoever is no member any more is turned away at his next event", async () => {
  const { push } = await joined("bob", "/conversations/101");
  change("delete from members where conversation_id = 101 and user_id = 2");
  expect(responseOf(await push("send", "message[content]=still+here", "form"))).toEqual({
    redirect: { to: "/", status: 302, flash: expect.any(String) },
  });
  expect((await (await browserOf("alice")).get("/conversations/101")).html).not.toContain("still here");
});

test("the owner is whoever is logged in, and members are people whom there are, whatever the form says", async () => {
  const { push } = await joined("carla", "/");
  const forged =
    "conversation[title]=Forged&conversation[owner_id]=1&conversation[member_ids][]=3&conversation[member_ids][]=2&conversation[member_ids][]=999&conversation[member_ids][]=x";
  await push("restore_form", forged, "form");
  await push("add", { id: 999 });
  await push("add", { id: 3 });
  await push("add", { id: "2" });
  await push("create", forged, "form");
  const bob = await browserOf("bob");
  const { html } = await bob.get("/");
  const path = /href="(\/conversations\/\d+)"><strong>Forged</.exec(html)?.[1] ?? "";
  expect((await bob.get(path)).html).toContain('<p class="members">bob, carla (owner)</p>');
  expect((await (await browserOf("alice")).get("/")).html).not.toContain("Forged");
});

test("titles and names are text everywhere", async () => {
  const title = `<img src=x onerror=alert(1)>"'&`;
  const { push } = await joined("alice", "/");
  await push("add", { id: 2 });
  await push("create", new URLSearchParams({ "conversation[title]": title }).toString(), "form");
  const bob = await browserOf("bob");
  const { html } = await bob.get("/");
  expect(html).not.toContain("<img");
  const path = /href="(\/conversations\/\d+)"><strong>&lt;img/.exec(html)?.[1] ?? "";
  expect((await bob.get(path)).html).not.toContain("<img");
});

test("of what is far too long a dashboard keeps no more than it takes to say so", async () => {
  const { push } = await joined("alice", "/");
  const long = "x".repeat(500_000);
  const answerTo = async (event: string, value: unknown, type?: string) =>
    JSON.stringify(responseOf(await push(event, value, type)));
  expect(await answerTo("find", `contact[name]=${long}`, "form")).toContain("Nobody is called that");
  expect((await answerTo("entitle", `conversation[title]=${long}`, "form")).length).toBeLessThan(1000);
  expect((await answerTo("restore_state", { title: long, memberIds: [2] })).length).toBeLessThan(2000);
  const refused = await answerTo("create", `conversation[title]=${long}`, "form");
  expect(refused).toContain("a title has at most 100 characters");
});
