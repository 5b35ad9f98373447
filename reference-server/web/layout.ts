import { escapeHtml } from "../live/escape.ts";
import { PAGE_TOKEN_PARAM } from "../live/page-token.ts";

/** A page, from what stands in its body. */
export interface Page {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  readonly csrfToken: string;
  /** The signed id of the page, where a view of it wants one. */
  readonly pageToken?: string | undefined;
  /** Whether the page holds a live view, and so needs the client. */
  readonly live: boolean;
  /** The live session that the page belongs to; left out for none. */
  readonly liveSession?: string | undefined;
}

/** The live session of conversations: their pages have hooks and a style sheet of their own. */
export const MESSENGER = "messenger";

const script = (path: string): string => `    <script defer phx-track-static src="${path}"></script>`;
const styleSheet = (path: string): string => `    <link rel="stylesheet" href="${path}" phx-track-static>`;

const VENDOR = [script("/vendor/phoenix.min.js"), script("/vendor/phoenix_live_view.min.js")];
/** Beside the messages of a room stands who is there. */
const ROOM_CLIENT = [styleSheet("/assets/members.css"), ...VENDOR, script("/assets/app.js")].join("\n");
/** The client is started with the hooks that are there already. */
const MESSENGER_CLIENT = [
  styleSheet("/assets/messenger.css"),
  ...VENDOR,
  script("/assets/messenger.js"),
  script("/assets/app.js"),
].join("\n");

/** The pages that are not live are those of accounts. */
const ACCOUNT_STYLE = '    <link rel="stylesheet" href="/assets/account.css">';

/** The root layout: what every page has around it. */
export function layout({ title, body, csrfToken, pageToken, live, liveSession }: Page): string {
  const client = liveSession === MESSENGER ? MESSENGER_CLIENT : ROOM_CLIENT;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="csrf-token" content="${escapeHtml(csrfToken)}">${pageTokenMeta(pageToken)}
    <title data-suffix=" · Chat">${title} · Chat</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/app.css" phx-track-static>
${live ? client : ACCOUNT_STYLE}
  </head>
  <body>${body}</body>
</html>
`;
}

/** The signed id of the page, marked for the page's script to open its socket with. */
export function pageTokenMeta(token: string | undefined): string {
  return token === undefined
    ? ""
    : `\n    <meta name="page-token" data-connect-param="${PAGE_TOKEN_PARAM}" content="${escapeHtml(token)}">`;
}

/** A page of the chat's, with the ways to its other pages and out of it. */
export function roomLayout(page: Page): string {
  const logOut = `<form id="log-out" action="/log_out" method="post">${csrfField(page.csrfToken)}<button type="submit">Log out</button></form>`;
  const site = `<header class="site"><a class="skip" href="#main">Skip to the content</a><a class="brand" href="/">Chat</a><nav aria-label="Chat"><a href="/rooms">Rooms</a><a href="/settings">Settings</a>${logOut}</nav></header>`;
  return layout({ ...page, body: `${site}${page.body}` });
}

/** The hidden field that proves a form came from a page of this server. */
export function csrfField(csrfToken: string): string {
  return `<input type="hidden" name="_csrf_token" value="${escapeHtml(csrfToken)}">`;
}
