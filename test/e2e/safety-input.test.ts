import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { type AccountSite, accountSite, PASSWORD, Person, problemsIn } from "./account-site.ts";
import { temporaryFolder } from "./bench.ts";
import { messagesIn, visitRoom } from "./room-visitor.ts";

/** What has made databases do what they should not. */
const HOSTILE: readonly string[] = [
  "' OR '1'='1",
  "'; DROP TABLE messages; --",
  '" OR ""="',
  "1 OR 1=1",
  "x') UNION SELECT password_hash FROM users --",
  "/* */ -- #",
  "%",
  "_",
  "\\",
  "\\'",
  "%' ESCAPE '\\",
  "a\0b",
  "\0",
  "$1 ? :name @p {0}",
  "\ud800",
  "\u202e\ufeff",
];
const WORDS_OF_A_DATABASE = /sqlite|syntax error|constraint/i;
const NOTHING = { status: "ok", response: {} };

/** A server on a file, which is as it was when the test ends: but for what `allowed` says. */
async function siteOnFile() {
  const file = join(temporaryFolder(), "chat.db");
  const site = await accountSite({ database: file, messagesPerRoom: 5 });
  const sqlite = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => sqlite.close());
  const rows = (sql: string) => sqlite.prepare(sql).all();
  return { site, rows };
}

describe("SQL in every field", () => {
  test("of the account pages finds and changes nothing but what it is", async () => {
    const { site, rows } = await siteOnFile();
    const users = "SELECT id, name, email, password_hash FROM users ORDER BY id";
    const before = rows(users);
    for (const [index, hostile] of HOSTILE.entries()) {
      const nobody = new Person(site);
      const login = index % 2 === 0 ? hostile : `${hostile}@chat.example`;
      const answers = [
        await nobody.logIn(login, hostile, { return_to: hostile }),
        await nobody.register(hostile, {
          "user[email]": hostile,
          "user[password]": hostile,
          return_to: hostile,
        }),
        await nobody.browser.get(`/log_in?return_to=${encodeURIComponent(hostile.toWellFormed())}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([422, 422, 200]);
      for (const { html } of answers) expect(html).not.toMatch(WORDS_OF_A_DATABASE);
      expect(await nobody.name()).toBeNull();
    }
    expect(rows(users)).toEqual(before);
    expect(site.log).toEqual([]);
  });

  test("of the settings finds and changes nothing but what it is", async () => {
    const { site, rows } = await siteOnFile();
    const zoe = new Person(site);
    await zoe.register("zoe");
    const others = "SELECT id, name, email, password_hash FROM users WHERE name <> 'zoe' ORDER BY id";
    const before = rows(others);
    for (const hostile of HOSTILE) {
      const sent = [
        await zoe.send("/settings", "/settings/name", { "user[name]": hostile }),
        await zoe.send("/settings", "/settings/email", {
          "user[email]": hostile,
          current_password: PASSWORD,
        }),
        await zoe.browser.get(`/settings?saved=${encodeURIComponent(hostile.toWellFormed())}`),
      ];
      expect(sent.map(({ status }) => status)).toEqual([422, 422, 200]);
      expect(sent[2]?.html).not.toContain('class="saved"');
    }
    // Fewer than ten of these: then the account is closed for a while.
    for (const hostile of HOSTILE.slice(0, 8)) {
      const refused = await zoe.send("/settings", "/settings/delete", { current_password: hostile });
      expect(problemsIn(refused)).toEqual({ "delete-current": "this is not your password" });
    }
    expect([await zoe.name(), rows(others)]).toEqual(["zoe", before]);
    expect(site.log).toEqual([]);
  });

  test("of a message is what it says, and nothing else", async () => {
    const { site, rows } = await siteOnFile();
    const { socket, form, event, join } = await visitRoom(site, "alice");
    const before = rows("SELECT id, room_id, sender_id, content FROM messages ORDER BY id");
    const written = HOSTILE.filter((hostile) => !hostile.includes("\0")).map((hostile) =>
      hostile.toWellFormed(),
    );
    for (const content of written) {
      expect((await form("send", { "message[content]": content }))[4]).toMatchObject({ status: "ok" });
      expect(messagesIn(await socket.next()).length).toBe(1);
    }
    expect(messagesIn(join).length).toBe(5);
    const after = rows("SELECT id, room_id, sender_id, content FROM messages ORDER BY id");
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map(({ content }) => content)).toEqual(written);

    const own = after.at(-1) as { id: number };
    for (const content of written) {
      await event("edit", { id: own.id });
      socket.send(["1", "900", join[2], "event", editOf(content)]);
      await socket.next();
      await socket.next();
      expect(rows(`SELECT content FROM messages WHERE id = ${own.id}`)).toEqual([{ content }]);
    }
    expect(site.log).toEqual([]);
  });

  test("of a message that has U+0000 is refused, and why is said", async () => {
    const { site, rows } = await siteOnFile();
    const { form } = await visitRoom(site, "alice");
    const before = rows("SELECT count(*) AS n FROM messages");
    const answer = JSON.stringify((await form("send", { "message[content]": "a\0b" }))[4]);
    expect(answer).toContain("A message cannot have the character U+0000.");
    expect(rows("SELECT count(*) AS n FROM messages")).toEqual(before);
  });

  test("of events is no id and no place in the history", async () => {
    const { site, rows } = await siteOnFile();
    const before = rows("SELECT id, content FROM messages ORDER BY id");
    const { event } = await visitRoom(site, "alice");
    for (const hostile of [...HOSTILE, 1e300, -1, 0.5, 2 ** 53, null, [1], { $ne: 0 }, true]) {
      expect((await event("edit", { id: hostile }))[4]).toEqual(NOTHING);
      expect((await event("delete", { id: hostile }))[4]).toEqual(NOTHING);
      expect((await event("load_older", { id: String(hostile) }))[4]).toEqual(NOTHING);
      expect((await event(String(hostile), { id: 1 }))[4]).toEqual(NOTHING);
    }
    expect(rows("SELECT id, content FROM messages ORDER BY id")).toEqual(before);
    expect(site.log).toEqual([]);
  });

  test.each(HOSTILE)("of an address, %j, is no room, no mode and no option", async (hostile) => {
    const site = await accountSite();
    const { browser } = await visitRoom(site, "alice");
    const encoded = encodeURIComponent(hostile.toWellFormed());
    expect((await browser.get(`/stream/rooms/1?limit=${encoded}&history=${encoded}`)).status).toBe(200);
    const room = await browser.get(`/stream/rooms/${encoded}`);
    expect([room.status, room.location]).toEqual([302, "/rooms"]);
    expect((await browser.get(`/${encoded}/rooms/1`)).status).toBe(404);
    expect(site.log).toEqual([]);
  });

  test("of a search finds what has it in its text, and nothing else", async () => {
    const { site } = await siteOnFile();
    const { socket, form } = await visitRoom(site, "alice");
    const contents = ["plain", "100 % sure", "snake_case", "back\\slash", "it's quoted", 'so is "this"'];
    const ids = new Map<string, number>();
    for (const content of contents) {
      await form("send", { "message[content]": content });
      ids.set(content, messagesIn(await socket.next())[0] ?? 0);
    }
    const found = async (search: string) => {
      const shown = messagesIn(await form("search", { search }));
      return contents.filter((content) => shown.includes(ids.get(content) ?? 0));
    };
    expect(await found("%")).toEqual(["100 % sure"]);
    expect(await found("_")).toEqual(["snake_case"]);
    expect(await found("\\")).toEqual(["back\\slash"]);
    expect(await found("'")).toEqual(["it's quoted"]);
    expect(await found('"')).toEqual(['so is "this"']);
    for (const hostile of ["' OR '1'='1", "%' --", "x') UNION SELECT 1 --", "\\%", "$1", "?"])
      expect(await found(hostile)).toEqual([]);
    expect(site.log).toEqual([]);
  });
});

const editOf = (content: string) => ({
  type: "form",
  event: "save_edit",
  value: new URLSearchParams({ "message[content]": content }).toString(),
});

describe("what is too large", () => {
  test("is a form of more than 64 KiB: 413, and nothing of it is read", async () => {
    const site = await accountSite();
    const alice = new Person(site);
    const answer = await alice.logIn("alice", "x".repeat(70_000));
    expect([answer.status, await alice.name(), site.log]).toEqual([413, null, []]);
    expect((await alice.logIn("alice", "x".repeat(60_000))).status).toBe(422);
  });

  test("is a frame of more than a mebibyte: 1009, and others notice nothing", async () => {
    const site = await accountSite();
    const [alice, bob] = [await visitRoom(site, "alice"), await visitRoom(site, "bob")];
    const closed = once(alice.socket.socket, "close");
    alice.socket.socket.send("x".repeat(1_048_577));
    expect((await closed)[0]).toBe(1009);
    expect((await bob.form("validate", { "message[content]": "x" }))[4]).toEqual(NOTHING);
    expect(site.log).toEqual(["socket failed: Max payload size exceeded"]);
  });

  test("is a message of 10,001 characters: it is said to be, and neither written nor changed", async () => {
    const site = await accountSite();
    const [alice, bob] = [await visitRoom(site, "alice"), await visitRoom(site, "bob")];
    const problem = "A message has at most 10,000 characters; this one has 10,001.";
    const tooLong = { "message[content]": "x".repeat(10_001) };
    expect(JSON.stringify(await alice.form("send", tooLong))).toContain(problem);
    await alice.form("send", { "message[content]": "y".repeat(10_000) });
    const [id] = messagesIn(await alice.socket.next());
    // What Bob is told first is the message that was short enough.
    expect(messagesIn(await bob.socket.next())).toEqual([id]);
    await alice.event("edit", { id });
    expect(JSON.stringify(await alice.form("save_edit", tooLong))).toContain(problem);
    const { html } = await bob.browser.get("/stream/rooms/1");
    expect([html.includes("x".repeat(100)), html.includes("y".repeat(10_000))]).toEqual([false, true]);
  });

  test("is a search of more than 200 characters: its beginning is looked for", async () => {
    const site = await accountSite();
    const { form, socket } = await visitRoom(site, "alice");
    await form("send", { "message[content]": "z".repeat(200) });
    const [id] = messagesIn(await socket.next());
    expect(messagesIn(await form("search", { search: "z".repeat(500_000) }))).toEqual([id]);
    expect(site.log).toEqual([]);
  });

  test.each([
    ["a header", `GET /log_in HTTP/1.1\r\nHost: chat\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`, "431"],
    ["a cookie", `GET /log_in HTTP/1.1\r\nHost: chat\r\nCookie: a=${"x".repeat(20_000)}\r\n\r\n`, "431"],
    ["an address", `GET /log_in?${"x".repeat(20_000)} HTTP/1.1\r\nHost: chat\r\n\r\n`, "431"],
    [
      "a part of a path",
      `GET /rooms/${"1".repeat(5000)} HTTP/1.1\r\nHost: chat\r\nConnection: close\r\n\r\n`,
      "414",
    ],
  ])("is %s: it is refused, and others are served", async (_, request, status) => {
    const site = await accountSite();
    expect((await answerTo(site, request)).split(" ")[1]).toBe(status);
    expect((await new Person(site).browser.get("/log_in")).status).toBe(200);
    expect(site.log).toEqual([]);
  });
});

/** Sends bytes to the server, and reads what it answers until it hangs up. */
async function answerTo({ origin }: AccountSite, request: string): Promise<string> {
  const { port } = new URL(origin);
  const connection = connect(Number(port), "127.0.0.1");
  connection.write(request);
  return text(connection);
}
