import { readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { ensureChrome } from "../../harness/browser/install-chrome.ts";
import { type Chrome, launchChrome } from "../../harness/browser/launch.ts";
import { nodeChromeHost } from "../../harness/browser/node-chrome-host.ts";
import { readAct } from "../../harness/trace/read-act.ts";

const message = (id: number, content: string) =>
  `<article id="messages-${id}"><span class="sender">Ada</span> <p class="content">${content}</p></article>`;

/** The list, scrolling in a box, with a line that is no item. */
const list = (items: string) => `
  <div id="box" style="height: 200px; overflow-y: auto"><div id="messages"><p>No id, no item</p>${items}</div></div>`;

const page = (body: string, script = "") =>
  `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"></head><body>${body}<script>${script}</script></body></html>`;

/** Inserts older items when the list is scrolled to its top, as a chat with history does. */
const LOAD_OLDER = `
  let loaded = 0;
  box.scrollTop = box.scrollHeight;
  box.addEventListener("scroll", () => {
    if (box.scrollTop > 0 || loaded++ > 0) return;
    messages.insertAdjacentHTML("afterbegin", '${message(0, "older")}');
  });`;

const CHAT = `
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    messages.insertAdjacentHTML("beforeend", '<article id="messages-9"><p class="content"></p></article>');
    messages.lastElementChild.firstElementChild.textContent = input.value;
  });`;

const PAGES: Readonly<Record<string, string>> = {
  "/list": page(
    list(`${message(1, "  two  spaces\n and a &lt;tag&gt; ")}
          <article id="messages-2"><p class="content">kept</p><time>12:00</time></article>`),
  ),
  "/tall": page(list(Array.from({ length: 40 }, (_, id) => message(id + 1, "text")).join("")), LOAD_OLDER),
  "/left-behind": page(
    list(
      message(1, "one") + [2, 3, 4].map((id) => `<article id="messages-${id}" hidden></article>`).join(""),
    ),
  ),
  "/short": page(list(message(1, "one"))),
  "/chat": page(
    `${list(message(1, "one"))}<form id="form"><input id="input"><button>Send</button></form>`,
    CHAT,
  ),
  "/chat-enter": page(`${list(message(1, "one"))}<form id="form"><input id="input"></form>`, CHAT),
  "/log-in": page(
    `<form method="post" action="/session"><input id="name" name="name"><button>Log in</button></form>`,
  ),
  "/refused": page(
    `<form method="post" action="/nowhere"><input id="name" name="name"><button>Log in</button></form>`,
  ),
  "/noisy": page(
    "",
    `console.log("fine"); console.warn("careful"); console.error("broken"); setTimeout(() => { throw new Error("lost") });
     fetch("/missing").then((response) => response.text()); fetch("/reset").catch(() => {});
     const called = new AbortController(); fetch("/list", { signal: called.signal }).catch(() => {}); called.abort();`,
  ),
  "/view": page(
    `<div data-phx-main></div>`,
    `setTimeout(() => document.querySelector("[data-phx-main]").classList.add("phx-connected"), 50)`,
  ),
  "/dead-view": page(`<div data-phx-main></div>`, `console.error("no socket")`),
  "/socket": page(
    list(""),
    `const socket = new WebSocket(location.origin.replace("http", "ws") + "/socket");
     socket.onopen = () => socket.send("hällo");
     socket.onmessage = ({ data }) => {
       messages.insertAdjacentHTML("beforeend", '<article id="messages-' + data.length + '"></article>');
     };`,
  ),
};

const server = createServer((request, response) => {
  const path = request.url ?? "/";
  if (path === "/session") {
    response.writeHead(303, { location: "/who", "set-cookie": "who=me; Path=/" }).end();
  } else if (path === "/reset") {
    request.socket.destroy();
  } else if (path === "/who") {
    const items = message(1, request.headers.cookie ?? "nobody");
    response.setHeader("content-type", "text/html").end(page(list(items)));
  } else {
    const body = PAGES[path];
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "text/html" }).end(body ?? "");
  }
});
const sockets = new WebSocketServer({ server });
sockets.on("connection", (socket: WebSocket) =>
  socket.on("message", () => {
    socket.send("4444");
    socket.send(Buffer.alloc(5));
    socket.send("€");
  }),
);

let chrome: Chrome;
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // On a fresh machine this installs one, which takes a while and is said.
  const { path } = await ensureChrome(nodeChromeHost(process.env), (line) =>
    process.stderr.write(`${line}\n`),
  );
  chrome = await launchChrome({ executablePath: path });
}, 600_000);

afterAll(async () => {
  await chrome?.close();
  server.close();
  server.closeAllConnections();
});

async function open(path?: string): Promise<ChromePage> {
  const opened = await chrome.openPage({ name: "Chrome 1", timeoutMs: 5000 });
  onTestFinished(() => opened.close());
  if (path !== undefined) await opened.goto(origin + path);
  return opened;
}

const QUERY = { container: "#messages", fields: { sender: ".sender", content: ".content", time: "time" } };
const OBSERVED = { container: "#messages", content: ".content" };
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe("the list", () => {
  test("is read as ordered items: the text as a reader takes it, the parts verbatim, absent parts left out", async () => {
    const read = await (await open("/list")).readList(QUERY);
    expect(read).toEqual([
      {
        id: "messages-1",
        text: "Ada two spaces and a <tag>",
        fields: { sender: "Ada", content: "  two  spaces\n and a <tag> " },
      },
      { id: "messages-2", text: "kept12:00", fields: { content: "kept", time: "12:00" } },
    ]);
  });

  test("has no item for what is not to be seen, which is counted", async () => {
    const opened = await open("/left-behind");
    expect(idsOf(await opened.readList(QUERY))).toEqual(["messages-1"]);
    expect(await opened.countHidden("#messages")).toBe(3);
  });

  test("that is not there is an error and not an empty list", async () => {
    await expect((await open("/log-in")).readList(QUERY)).rejects.toThrow(
      "Chrome 1 could not read the list: there is no #messages",
    );
  });

  test("is waited for until it is as wanted, also where only a text changes", async () => {
    const opened = await open("/list");
    await run(
      opened,
      `setTimeout(() => { document.querySelector(".content").firstChild.nodeValue = "new" }, 50)`,
    );
    const items = await opened.waitForList(QUERY, ([first]) => first?.fields.content === "new", "show it");
    expect(items[0]?.text).toBe("Ada new");
  });

  test("that does not come to be as wanted is an error that says what was waited for", async () => {
    const opened = await open("/list");
    await expect(opened.waitForList(QUERY, () => false, "show message 7", 100)).rejects.toThrow(
      "Chrome 1 could not show message 7: not within 100 ms",
    );
  });
});

/** Runs a script in the page, as its own scripts would. */
async function run(opened: ChromePage, script: string): Promise<void> {
  await opened.evaluate(script);
}

describe("observations", () => {
  async function observe(script: string) {
    const opened = await open();
    await opened.observeInserts(OBSERVED);
    await opened.goto(`${origin}/list`);
    const before = Date.now() * 1000;
    await run(opened, script);
    const { observations, dropped } = await opened.drainObservations();
    expect(dropped).toBe(0);
    for (const { atUs } of observations) {
      // Chrome's clock and ours are one, to within the millisecond to which `Date.now` is cut.
      expect(atUs).toBeGreaterThanOrEqual(before - 2000);
      expect(atUs).toBeLessThanOrEqual(Date.now() * 1000 + 2000);
    }
    return observations.map(({ itemId, kind, content }) => [itemId, kind, content]);
  }

  const add = `messages.insertAdjacentHTML("beforeend", '${message(3, "three")}')`;
  const two = `document.querySelector("#messages-2 .content")`;

  test.each([
    ["an item that comes", add, [["messages-3", "added", "three"]]],
    [
      "a text that changes in place",
      `${two}.firstChild.nodeValue = "new"`,
      [["messages-2", "changed", "new"]],
    ],
    [
      "a part that is exchanged",
      `${two}.outerHTML = '<p class="content">new</p>'`,
      [["messages-2", "changed", "new"]],
    ],
    [
      "an item that goes",
      `document.querySelector("#messages-2").remove()`,
      [["messages-2", "removed", "kept"]],
    ],
    ["an item that moves", `messages.prepend(document.querySelector("#messages-2"))`, []],
    ["a change beside the content", `document.querySelector("time").textContent = "13:00"`, []],
    ["what is added beside the list", `document.body.append("text")`, []],
    [
      "an item that becomes another",
      `document.querySelector("#messages-2").id = "messages-5"`,
      [
        ["messages-2", "removed", "kept"],
        ["messages-5", "added", "kept"],
      ],
    ],
    [
      "a list that is rendered anew",
      `messages.outerHTML = messages.outerHTML.replace("kept", "new"); ${add}`,
      [
        ["messages-2", "changed", "new"],
        ["messages-3", "added", "three"],
      ],
    ],
    ["a list that is rendered anew and is the same", `box.innerHTML = box.innerHTML`, []],
  ])("%s", async (_, script, expected) => {
    expect(await observe(script)).toEqual(expected);
  });

  test("are drained once", async () => {
    const opened = await open("/list");
    await opened.observeInserts(OBSERVED);
    await run(opened, add);
    expect((await opened.drainObservations()).observations.length).toBe(1);
    expect(await opened.drainObservations()).toEqual({ observations: [], dropped: 0 });
  });

  test("that nobody drains are kept to ten thousand, and the rest is counted", async () => {
    const opened = await open("/list");
    await opened.observeInserts(OBSERVED);
    await run(
      opened,
      `messages.append(...Array.from({ length: 10_003 }, (_, id) => Object.assign(document.createElement("i"), { id: "i" + id })))`,
    );
    const { observations, dropped } = await opened.drainObservations();
    expect([observations.length, dropped, observations[0]?.itemId]).toEqual([10_000, 3, "i3"]);
  });
});

describe("a person's actions", () => {
  test("scrolling to the top turns the wheel until older items come in", async () => {
    const opened = await open("/tall");
    await opened.scrollToTop("#messages");
    expect(idsOf(await opened.readList(QUERY)).slice(0, 2)).toEqual(["messages-0", "messages-1"]);
  });

  test("a list that fits cannot be scrolled, and that is said", async () => {
    await expect((await open("/short")).scrollToTop("#messages")).rejects.toThrow(
      "Chrome 1 could not scroll #messages: all of it is to be seen",
    );
  });

  test.each(["/chat", "/chat-enter"])("a message is typed and sent on %s", async (path) => {
    const opened = await open(path);
    await opened.submitMessage("#form", "#input", "Grüße 👋 & <b>");
    expect((await opened.readList(QUERY))[1]?.fields.content).toBe("Grüße 👋 & <b>");
  });

  test("a log-in sets a cookie that no other page has", async () => {
    const opened = await open();
    await opened.logIn({ url: `${origin}/log-in`, fields: { "#name": "ada" }, submit: "button" });
    const other = await open("/who");
    const contents = await Promise.all([opened, other].map((each) => each.readList(QUERY)));
    expect(contents.map(([item]) => item?.fields.content)).toEqual(["who=me", "nobody"]);
  });

  test("a log-in that is refused is an error", async () => {
    const opened = await open();
    const form = { url: `${origin}/refused`, fields: { "#name": "ada" }, submit: "button" };
    await expect(opened.logIn(form)).rejects.toThrow(
      `Chrome 1 could not log in at ${origin}/refused: the answer is 404`,
    );
  });

  test("what cannot be clicked is an error that names it", async () => {
    const opened = await chrome.openPage({ name: "Chrome 2", timeoutMs: 2000 });
    onTestFinished(() => opened.close());
    await opened.goto(`${origin}/list`);
    await expect(opened.click("#nothing")).rejects.toThrow("Chrome 2 could not click #nothing: ");
  });
});

describe("a view", () => {
  test("is open when the client says that it is connected", async () => {
    const opened = await open();
    await opened.openView(`${origin}/view`);
    expect(opened.problems()).toEqual([]);
  });

  test("that does not connect is an error with the first problem of the page", async () => {
    const opened = await chrome.openPage({ name: "Chrome 2", timeoutMs: 2000 });
    onTestFinished(() => opened.close());
    await expect(opened.openView(`${origin}/dead-view`)).rejects.toThrow(
      /^Chrome 2 could not connect its view: .*console-error: no socket/,
    );
  });

  test("that is none is refused", async () => {
    const opened = await open();
    await expect(opened.openView(`${origin}/list`)).rejects.toMatchObject({
      code: "not-liveview",
      exitCode: 104,
    });
  });

  test("that the server does not have is refused", async () => {
    const opened = await open();
    await expect(opened.openView(`${origin}/none`)).rejects.toThrow(
      `Chrome 1 could not open ${origin}/none: the answer is 404`,
    );
  });
});

test("problems of a page are collected, and what is no problem is not", async () => {
  const opened = await open("/noisy");
  const problems = () =>
    opened
      .problems()
      .map(({ kind, text }) => `${kind}: ${text.replaceAll(origin, "")}`)
      .toSorted();
  await expect
    .poll(problems, { timeout: 10_000 })
    .toEqual([
      "console-error: Failed to load resource: net::ERR_EMPTY_RESPONSE (/reset)",
      "console-error: Failed to load resource: the server responded with a status of 404 (Not Found) (/missing)",
      "console-error: broken (/noisy:1)",
      "console-warning: careful (/noisy:1)",
      "page-error: lost",
      "request-failed: GET /reset: net::ERR_EMPTY_RESPONSE",
      "response: GET /missing: 404",
    ]);
  expect(opened.problemCount()).toBe(7);
});

test("WebSockets, their frames and the bytes in them are counted", async () => {
  const opened = await open("/socket");
  await opened.waitForList(QUERY, (items) => items.length === 3, "show three items");
  expect(opened.traffic()).toEqual({
    webSockets: 1,
    framesReceived: 3,
    bytesReceived: 4 + 5 + 3,
    framesSent: 1,
    bytesSent: 6,
  });
});

test("who listens to the traffic is told of text frames in order, of sockets that close, and of polling", async () => {
  const told: string[] = [];
  const times: number[] = [];
  const opened = await chrome.openPage({
    name: "Chrome 1",
    onFrame: ({ direction, socket, text, chromeMs }) => {
      told.push(`${direction} ${text} on ${socket}`);
      times.push(chromeMs);
    },
    onSocketClosed: (socket) => told.push(`closed ${socket}`),
    onLongPoll: (url) => told.push(`polls ${url}`),
  });
  onTestFinished(() => opened.close());
  await opened.goto(`${origin}/socket`);
  await opened.waitForList(QUERY, (items) => items.length === 3, "show three items");
  await run(opened, 'fetch("/live/longpoll?vsn=2.0.0"); fetch("/longpolling"); socket.close()');
  const [socket = ""] = /[\d.]+$/.exec(told[0] ?? "") ?? [];
  await expect
    .poll(() => told.toSorted())
    .toEqual([
      `closed ${socket}`,
      `polls ${origin}/live/longpoll?vsn=2.0.0`,
      `received 4444 on ${socket}`,
      `received € on ${socket}`,
      `sent hällo on ${socket}`,
    ]);
  expect(told.slice(0, 3)).toEqual([
    `sent hällo on ${socket}`,
    `received 4444 on ${socket}`,
    `received € on ${socket}`,
  ]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("acts are done as a person does them, and one that cannot be done says which", async () => {
  const opened = await open("/chat");
  const act = (text: string) => {
    const read = readAct(text);
    if (typeof read === "string" || read.kind === "wait") throw new Error(`not done on a page: ${text}`);
    return opened.act(read);
  };
  await act("type #input one");
  await act("press Enter");
  await opened.waitForList(QUERY, (items) => items.at(-1)?.text === "one", "show one");
  await act("type #input two");
  await act("click #form button");
  await opened.waitForList(QUERY, (items) => items.at(-1)?.text === "onetwo", "show two");
  const top = () => opened.evaluate("box.scrollTop");
  await act(`goto ${origin}/tall`);
  await act("scroll #messages 100");
  expect(await top()).toBe(100);
  await act("scroll #messages end");
  expect(await top()).toBe(await opened.evaluate("box.scrollHeight - box.clientHeight"));
  await act("scroll #messages 0");
  await opened.waitForList(QUERY, (items) => items[0]?.text === "Ada older", "show what is older");
  await expect(act("click #nowhere")).rejects.toThrow(/^Chrome 1 could not click #nowhere: /);
});

test("a picture is taken in the size that was asked for", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const opened = await open("/list");
  await opened.screenshot(`${folder}/page.png`, { width: 400, height: 300, dark: true });
  expect(statSync(`${folder}/page.png`).isFile()).toBe(true);
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a Chrome that was closed is gone with its files, and can be closed again", async () => {
  const profileParent = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(profileParent, { recursive: true }));
  const { path } = await ensureChrome(nodeChromeHost(process.env), () => {});
  const own = await launchChrome({ executablePath: path, profileParent });
  expect([readdirSync(profileParent).length, isAlive(own.pid)]).toEqual([1, true]);
  await Promise.all([own.close(), own.close()]);
  await own.exited;
  expect([readdirSync(profileParent), isAlive(own.pid)]).toEqual([[], false]);
});

test("a Chrome that dies is noticed, and closing it is no error", async () => {
  const { path } = await ensureChrome(nodeChromeHost(process.env), () => {});
  const own = await launchChrome({ executablePath: path });
  const opened = await own.openPage({ name: "Chrome 3" });
  process.kill(own.pid, "SIGKILL");
  await own.exited;
  await expect(opened.goto(`${origin}/list`)).rejects.toMatchObject({ code: "chrome-page" });
  await opened.close();
  await own.close();
});

test("what is no Chrome is refused in a line", async () => {
  await expect(launchChrome({ executablePath: "/bin/false" })).rejects.toMatchObject({
    code: "chrome-launch",
    exitCode: 104,
  });
});
