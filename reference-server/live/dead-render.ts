import { randomBytes } from "node:crypto";
import { escapeHtml } from "./escape.ts";
import { SESSION_SALT, type SessionToken, STATIC_SALT, type StaticToken } from "./session-token.ts";
import { type BaseAssigns, Socket } from "./socket.ts";
import { toHtml } from "./to-html.ts";
import type { TokenSigner } from "./token.ts";
import type { ViewStart } from "./view-process.ts";
import { ViewRenderer } from "./view-renderer.ts";

/** What a GET of a live page is answered with. */
export type DeadRender =
  | { readonly kind: "page"; readonly title: string; readonly html: string }
  | { readonly kind: "redirect"; readonly to: string };

/**
 * Renders a view for the page that is sent before any socket is open: its HTML inside the root element, which carries
 * the signed tokens that the socket joins with.
 */
export async function deadRender(start: ViewStart, signer: TokenSigner): Promise<DeadRender> {
  const kept = { connected: false, subscribe: () => {} };
  const socket = new Socket<BaseAssigns>(kept);
  await start.view.mount(socket, start.params, start.session);
  if (socket.redirected === undefined) await start.view.handleParams?.(socket, start.params, start.uri);
  if (socket.redirected !== undefined) return { kind: "redirect", to: socket.redirected };

  const id = `phx-${randomBytes(12).toString("base64url")}`;
  const session = signer.sign(SESSION_SALT, {
    id,
    view: start.view.name,
    params: start.params,
  } satisfies SessionToken);
  const fixed = signer.sign(STATIC_SALT, { id } satisfies StaticToken);
  const renderer = new ViewRenderer(start.view.template, (cid) => new Socket({ ...kept, cid }));
  const { diff } = renderer.render(socket.assigns, new Map());
  return {
    kind: "page",
    title: escapeHtml(socket.assigns.pageTitle ?? ""),
    html: `<div id="${id}" data-phx-main data-phx-session="${session}" data-phx-static="${fixed}">${toHtml(diff)}</div>`,
  };
}
