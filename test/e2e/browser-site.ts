import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import type { ChromePage, PageOptions } from "../../harness/browser/chrome-page.ts";
import { ensureChrome } from "../../harness/browser/install-chrome.ts";
import { type Chrome, launchChrome } from "../../harness/browser/launch.ts";
import { nodeChromeHost } from "../../harness/browser/node-chrome-host.ts";

export const message = (id: number, content: string) =>
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

function pageServer(): Server {
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
  return server;
}

/** What the list of these pages is read by. */
export const QUERY = {
  container: "#messages",
  fields: { sender: ".sender", content: ".content", time: "time" },
};

/** A server of plain pages, and a Chrome that visits them. Starts before the tests of a file and ends after them. */
export class BrowserSite {
  #origin = "";
  #chrome: Chrome | null = null;

  constructor() {
    const server = pageServer();
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      this.#chrome = await launchChrome({ executablePath: await chromePath() });
    }, 600_000);
    afterAll(async () => {
      await this.#chrome?.close();
      server.close();
      server.closeAllConnections();
    });
  }

  get origin(): string {
    return this.#origin;
  }

  /** A page that is closed after the test, on a path if one is given. */
  async open(path?: string, options: Partial<PageOptions> = {}): Promise<ChromePage> {
    if (this.#chrome === null) throw new Error("Chrome has not started");
    const opened = await this.#chrome.openPage({ name: "Chrome 1", timeoutMs: 5000, ...options });
    onTestFinished(() => opened.close());
    if (path !== undefined) await opened.goto(this.#origin + path);
    return opened;
  }
}

/** Where Chrome is. On a fresh machine this installs one, which takes a while and is said. */
export async function chromePath(): Promise<string> {
  const { path } = await ensureChrome(nodeChromeHost(process.env), (line) =>
    process.stderr.write(`${line}\n`),
  );
  return path;
}

/** Runs a script in the page, as its own scripts would. */
export async function run(opened: ChromePage, script: string): Promise<void> {
  await opened.evaluate(script);
}
