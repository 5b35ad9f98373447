import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createServer, type ServerOptions } from "../../reference-server/server.ts";
import { temporaryFolder } from "./bench.ts";
import { RawBrowser, type RawPage, RawSocket } from "./raw-client.ts";

const log: string[] = [];

async function start(host: string, own: Partial<ServerOptions>): Promise<string> {
  log.length = 0;
  const server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 25,
    users: 3,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: true,
    log: (line) => log.push(line),
    nowMs: Date.now,
    ...own,
  });
  onTestFinished(() => server.close());
  return server.listen({ port: 0, host });
}

const form = (event: string, content: string) => ({
  type: "form",
  event,
  value: new URLSearchParams({ "message[content]": content }).toString(),
});
const click = (event: string, id: string) => ({ type: "click", event, value: { id } });

/** All that a user was sent: pages as they are but for the origin, and the text of frames. */
class Witness {
  readonly seen: string[] = [];
  readonly browser: RawBrowser;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
    this.browser = new RawBrowser(origin);
  }

  async visit(path: string): Promise<RawPage> {
    const page = await this.browser.get(path);
    this.seen.push(page.html.replaceAll(this.#origin, ""));
    return page;
  }

  async join(path: string) {
    const page = await this.visit(path);
    const { browser } = this;
    const socket = await RawSocket.open(this.#origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
    onTestFinished(() => socket.close());
    socket.socket.on("message", (data) => this.seen.push(data.toString()));
    await socket.join(page, `${this.#origin}${path}`);
    return {
      push: (event: object) => socket.send(["1", "2", `lv:${page.id}`, "event", { ...event }]),
      /** Waits for so many frames. */
      async frames(count: number) {
        for (let left = count; left > 0; left--) await socket.next();
      },
    };
  }
}

/** Two people come at once, in any order; one writes, changes and deletes; then both look at their conversations. */
async function act(own: Partial<ServerOptions>) {
  const origin = await start("127.0.0.1", own);
  const [one, other] = [new Witness(origin), new Witness(origin)];
  await Promise.all([one.browser.logIn("user-0001"), other.browser.logIn("user-0002")]);
  const path = "/stream/rooms/1?members=off&after=channel";
  const [writer, reader] = await Promise.all([one.join(path), other.join(path)]);
  const events: readonly [object, frames: number][] = [
    [form("send", "hello"), 2],
    [click("edit", "76"), 1],
    [form("save_edit", "hello again"), 2],
    [click("delete", "76"), 2],
  ];
  for (const [event, frames] of events) {
    writer.push(event);
    await writer.frames(frames);
  }
  await reader.frames(3);
  await one.visit("/");
  await other.visit("/");
  expect(log).toEqual([]);
  return { one: one.seen, other: other.seen };
}

test("the same actions give the same bytes in each run, pages and frames, and others from another seed", async () => {
  const first = await act({ fixedIdentifiers: true });
  expect(await act({ fixedIdentifiers: true, nowMs: () => Date.now() + 86_400_000 })).toEqual(first);
  expect(first.one).not.toEqual(first.other);
  const another = await act({ fixedIdentifiers: true, seed: 2 });
  expect(another.one[0]).not.toBe(first.one[0]);
});

test("without the option no two runs are alike", async () => {
  const [first, again] = [await act({}), await act({})];
  expect(again.one[0]).not.toBe(first.one[0]);
  expect(again.one[1]).not.toBe(first.one[1]);
});

test("a log-in finds the session of a run before on the same database, and takes it up", async () => {
  const database = join(temporaryFolder(), "chat.db");
  const cookies: string[] = [];
  for (const _ of ["one run", "another"]) {
    const browser = new RawBrowser(await start("127.0.0.1", { fixedIdentifiers: true, database }));
    await browser.logIn("user-0001");
    expect((await browser.get("/rooms")).status).toBe(200);
    cookies.push(browser.cookie);
  }
  expect(cookies[1]).toBe(cookies[0]);
});

test("without instruments it is refused, and so is an address that others can reach", async () => {
  await expect(start("127.0.0.1", { fixedIdentifiers: true, instrument: false })).rejects.toThrow(
    "fixed identifiers are for servers that are measured",
  );
  const origin = await start("0.0.0.0", { fixedIdentifiers: true });
  await expect(fetch(origin)).rejects.toThrow("fetch failed");
  expect(log).toEqual(["fixed identifiers are for loopback addresses alone: the server stops"]);
});
