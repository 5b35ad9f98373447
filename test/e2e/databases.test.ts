import { once } from "node:events";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { DATABASES, POSTGRES } from "../databases.ts";
import { type AccountSite, accountSite, Person } from "./account-site.ts";
import { believable } from "./believable.ts";
import { startNodeWith, temporaryFolder } from "./bench.ts";
import { RawSocket } from "./raw-client.ts";

const SERVER = "reference-server/main.ts";
const PATH = "/stream/rooms/1";

/** A room page of somebody with a socket: pushes an event, and takes the frames that come. */
async function joined(site: AccountSite, name: string) {
  const { browser } = new Person(site);
  await browser.logIn(name);
  const page = await browser.get(PATH);
  const socket = await RawSocket.open(site.origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  onTestFinished(() => socket.close());
  await socket.join(page, `${site.origin}${PATH}`);
  let ref = 1;
  const push = async (type: string, event: string, value: unknown): Promise<string> => {
    ref += 1;
    socket.send(["1", String(ref), `lv:${page.id}`, "event", { type, event, value }]);
    return JSON.stringify((await socket.next())[4]);
  };
  const write = (event: string, content: string) =>
    push("form", event, new URLSearchParams({ "message[content]": content }).toString());
  return { browser, socket, push, write };
}

const contentsOf = (html: string) => [...html.matchAll(/class="content">([^<]*)</g)].map(([, text]) => text);

describe.each(DATABASES)("on $name", ({ emptyLocation }) => {
  test("what is written, changed and deleted in a room is so after a restart, and the session with it", async () => {
    const database = await emptyLocation();
    const before = await accountSite({ database });
    const { socket, browser, push, write } = await joined(before, "alice");
    const idOf = async (content: string) => {
      await write("send", content);
      return /messages-(\d+)/.exec(JSON.stringify((await socket.next())[4]))?.[1];
    };
    const [first, second] = [await idOf("first"), await idOf("second 🦡 ÿ \\0 '")];
    await push("click", "delete", { id: first });
    await push("click", "edit", { id: second });
    await write("save_edit", "changed");
    await idOf("third");
    const shown = contentsOf((await browser.get(PATH)).html);
    expect(shown.slice(-2)).toEqual(["changed", "third"]);
    await socket.close();
    await before.close();

    const after = await accountSite({ database });
    const again = new Person(after);
    for (const pair of browser.cookie.split("; ")) {
      const [name = "", value = ""] = pair.split("=");
      again.browser.setCookie(name, value);
    }
    expect(contentsOf((await again.browser.get(PATH)).html)).toEqual(shown);
    expect([...before.log, ...after.log]).toEqual([]);
  });

  test("a message with U+0000 is refused and its author told, a search for it finds nothing, and the view lives on", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const { push, write } = await joined(site, "alice");
    expect(await write("send", "a\0b")).toContain("A message cannot have the character U+0000.");
    expect(await push("form", "search", "search=a%00b")).toContain('"status":"ok"');
    expect(await write("send", "ab")).toContain("message_sent");
    expect(site.log).toEqual([]);
  });

  test("a form with U+0000 in every field is refused like any other", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const zoe = new Person(site);
    expect((await zoe.logIn("zo\0e", "pass\0word")).status).toBe(422);
    expect((await zoe.register("zo\0e")).status).toBe(422);
    expect(site.log).toEqual([]);
  });
});

describe.each(POSTGRES)("on $name", ({ emptyLocation }) => {
  async function connectedTo(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }
  const others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

  test("connections that are lost are logged, and the server goes on", async () => {
    const database = await emptyLocation();
    const site = await accountSite({ database });
    const alice = await joined(site, "alice");
    const client = await connectedTo(database);
    const { rows: open } = await client.query(`SELECT count(*)::int AS open ${others}`);
    // One connection is in the middle of a query, the others are idle.
    await client.query("BEGIN; LOCK TABLE messages");
    const interrupted = alice.write("send", "interrupted");
    const blocked = `SELECT pid ${others} AND wait_event_type = 'Lock'`;
    while ((await client.query(blocked)).rowCount === 0);
    await client.query(`SELECT pg_terminate_backend(pid) ${others}`);
    await client.query("ROLLBACK");
    await interrupted;
    const lost = () => site.log.filter((line) => line.startsWith("a connection to the database is lost: "));
    while (lost().length < open[0].open) await client.query("SELECT 1");
    const bob = await joined(site, "bob");
    expect(await bob.write("send", "and on it goes")).toContain("message_sent");
    expect(lost().length).toBe(open[0].open);
  });

  test("a server that is closed leaves no connection behind", async () => {
    const database = await emptyLocation();
    const site = await accountSite({ database });
    await new Person(site).logIn("alice", "a wrong password");
    const client = await connectedTo(database);
    expect((await client.query(`SELECT 1 ${others}`)).rowCount).toBeGreaterThan(0);
    await site.close();
    while ((await client.query(`SELECT 1 ${others}`)).rowCount !== 0);
  });

  test("the process stores where DATABASE_URL says, and tells no password", async () => {
    const url = new URL(await emptyLocation());
    url.password = "s3cret";
    const { child, ended } = startNodeWith(
      { DATABASE_URL: url.href },
      SERVER,
      "--port",
      "0",
      "--messages",
      "2",
    );
    const [line] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), "line");
    const { rows } = await (await connectedTo(url.href)).query("SELECT count(*)::int AS count FROM messages");
    expect(rows).toEqual([{ count: 6 }]);
    url.password = "";
    url.search = "";
    expect(JSON.parse(line).database).toBe(url.href);
    child.kill("SIGTERM");
    const { stdout, stderr, exitCode } = await ended;
    expect([`${stdout}${stderr}`.includes("s3cret"), exitCode]).toEqual([false, 0]);
  });
});

const NOWHERE = "postgres://chat:s3cret@127.0.0.1:1/chat";

test("a database that does not answer is named without its password, and the process ends", async () => {
  const { stdout, exitCode } = await startNodeWith({ DATABASE_URL: NOWHERE }, SERVER, "--port", "0").ended;
  expect([JSON.parse(stdout), exitCode]).toEqual([
    {
      event: "error",
      code: "cannot-start",
      message:
        "the database postgres://chat@127.0.0.1:1/chat cannot be opened: connect ECONNREFUSED 127.0.0.1:1",
    },
    1,
  ]);
});

test("a run has a file of its own, whatever DATABASE_URL says", async () => {
  const small = [
    "--users",
    "2",
    "--browsers",
    "0",
    "--mode",
    "stream",
    "--duration",
    "500ms",
    "--out",
    temporaryFolder(),
  ];
  const run = () =>
    startNodeWith({ DATABASE_URL: NOWHERE }, "harness/bin.ts", "run", "quickstart", ...small).ended;
  const { stderr, exitCode } = await believable(run);
  expect({ stderr, exitCode }).toMatchObject({ exitCode: 0 });
});
