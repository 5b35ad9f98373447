import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";

/** The official client, by the paths at which the stub serves it. */
export const CLIENT_SCRIPTS: Readonly<Record<string, string>> = {
  "/phoenix.js": scriptOf("phoenix"),
  "/live_view.js": scriptOf("phoenix_live_view"),
};

function scriptOf(name: string): string {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined) throw new Error(`package ${name} is not installed`);
  return readFileSync(join(dirname(description), `priv/static/${name}.min.js`), "utf8");
}

/** A message as the page shows it. Its content has no character that HTML would want escaped. */
export interface StubMessage {
  /** Of the element: `messages-7`. */
  readonly domId: string;
  readonly content: string;
}

/** A frame from a client, taken apart. */
export interface ClientFrame {
  readonly joinRef: string | null;
  readonly ref: string;
  readonly topic: string;
  readonly event: string;
  readonly payload: { readonly session?: string; readonly event?: string; readonly value?: string };
}

/** Takes a client's frame apart: `[join_ref, ref, topic, event, payload]` (`phoenix/socket/serializers`). */
export function clientFrame(text: string): ClientFrame {
  const [joinRef, ref, topic, event, payload] = JSON.parse(text);
  return { joinRef, ref, topic, event, payload };
}

const ITEM = [
  '<div id="',
  '"><span class="sender"></span><time>2024-01-01 00:00</time><p class="content">',
  "</p></div>",
] as const;
const PAGE = [
  '<div id="messages" phx-update="stream">',
  '</div><form id="message-form" phx-submit="send"><input type="text" name="content" value=""></form>',
] as const;

/** Entries and stream operations as in `test/fixtures/wire/stream.jsonl`: the last insert stands first. */
const streamOf = (messages: readonly StubMessage[], limit: number | null) => ({
  k: {
    ...messages.map(({ domId, content }) => ({ 0: domId, 1: content })),
    kc: messages.length,
  },
  stream: ["0", messages.map(({ domId }) => [domId, -1, limit, false]).reverse(), []],
});

/** The answer to any push but a join. */
export const replyFrame = ({ joinRef, ref, topic }: ClientFrame): string =>
  JSON.stringify([joinRef, ref, topic, "phx_reply", { response: {}, status: "ok" }]);

/** The answer to a join: the page with these messages. */
export function joinFrame({ joinRef, ref, topic }: ClientFrame, messages: readonly StubMessage[]): string {
  const rendered = { 0: { ...streamOf(messages, null), s: ITEM }, s: PAGE };
  const response = { liveview_version: "1.2.10", rendered };
  return JSON.stringify([joinRef, ref, topic, "phx_reply", { response, status: "ok" }]);
}

/**
 * What a view is sent when a message was written.
 *
 * @param keeps how many messages the page keeps; null: all
 */
export function insertFrame(
  { joinRef, topic }: { readonly joinRef: string; readonly topic: string },
  message: StubMessage,
  keeps: number | null,
): string {
  const limit = keeps === null ? null : -keeps;
  return JSON.stringify([joinRef, null, topic, "diff", { 0: streamOf([message], limit) }]);
}

/**
 * The page over HTTP.
 *
 * @param blockMs for so long the page's only thread is kept busy when an insert comes, before the client sees it
 */
export function roomPage(session: string, messages: readonly StubMessage[], blockMs: number): string {
  const items = messages.map(({ domId, content }) => `${ITEM[0]}${domId}${ITEM[1]}${content}${ITEM[2]}`);
  return `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="csrf-token" content="token"></head><body>
<div id="phx-room" data-phx-main data-phx-session="${session}" data-phx-static="static">${PAGE.join(items.join(""))}</div>
<script>${blockMs > 0 ? blockingScript(blockMs) : ""}</script>
<script src="/phoenix.js"></script><script src="/live_view.js"></script><script>
  const params = { _csrf_token: "token" };
  window.liveSocket = new LiveView.LiveSocket("/live", Phoenix.Socket, { params });
  liveSocket.disableDebug();
  liveSocket.connect();
</script></body></html>`;
}

/** A listener of the socket that is there before the client's own. */
const blockingScript = (blockMs: number): string => `
  const Native = WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (!data.includes('"diff"')) return;
        const until = performance.now() + ${blockMs};
        while (performance.now() < until);
      });
    }
  };`;

/** The page on which one says who one is: a name is enough. */
export const LOG_IN_PAGE =
  '<!doctype html><html><head><link rel="icon" href="data:,"></head><body><form id="log-in" method="post" action="/log_in"><input type="text" name="name"><button type="submit">Log in</button></form></body></html>';
