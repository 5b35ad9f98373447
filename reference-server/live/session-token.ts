import { z } from "zod";
import { NO_FLASH } from "./flash.ts";
import { SESSION_MAX_AGE_S, type TokenSigner } from "./token.ts";

/** What `data-phx-session` is signed for. */
const SESSION_SALT = "lv:session";
/** What `data-phx-static` is signed for. */
const STATIC_SALT = "lv:static";

const sessionToken = z.object({
  /** The DOM id of the view's element. */
  id: z.string(),
  view: z.string(),
  /** The view whose routes the page's address belongs to: its own, or its root's. */
  rootView: z.string(),
  /** Whether the page came from a route. */
  router: z.boolean(),
  liveSession: z.string().nullable(),
  /** The process that it is a child of, and the one at the root of the page's views. */
  parent: z.string().nullable(),
  root: z.string().nullable(),
  session: z.record(z.string(), z.unknown()),
});

const staticToken = z.object({
  id: z.string(),
  flash: z.record(z.string(), z.string()),
  assignNew: z.array(z.string()),
});

/**
 * The content of `data-phx-session`: which view the element is, and where it belongs. Source: `sign_root_session` and
 * `sign_nested_session` in static.ex.
 */
export type SessionToken = z.infer<typeof sessionToken>;

/** The content of `data-phx-static`: what only the page that was sent first knows. Source: `sign_static_token`. */
export type StaticToken = z.infer<typeof staticToken>;

/** What a page's element says of its view, verified. */
export type VerifiedSession = SessionToken & Omit<StaticToken, "id">;

export function signSession(signer: TokenSigner, token: SessionToken): string {
  return signer.sign(SESSION_SALT, token);
}

/** Signs the session of a view that has no parent: the one of a page, or a sticky one. */
export function signRootSession(
  signer: TokenSigner,
  token: Omit<SessionToken, "rootView" | "parent" | "root">,
): string {
  return signSession(signer, { ...token, rootView: token.view, parent: null, root: null });
}

export function signStatic(signer: TokenSigner, token: StaticToken): string {
  return signer.sign(STATIC_SALT, token);
}

/**
 * What a join names, if its tokens were signed by this server, not too long ago, and for this topic. A child of a view
 * that rendered it over the socket has no static token. Source: `verify_session` in session.ex.
 */
export function verifySession(
  signer: TokenSigner,
  topic: string,
  payload: { readonly session?: unknown; readonly static?: unknown },
): VerifiedSession | undefined {
  const session = content(signer, SESSION_SALT, sessionToken, payload.session);
  if (session === undefined || topic !== `lv:${session.id}`) return undefined;
  if (payload.static === undefined || payload.static === null)
    return { ...session, flash: NO_FLASH, assignNew: [] };
  const fixed = content(signer, STATIC_SALT, staticToken, payload.static);
  return fixed?.id === session.id ? { ...session, ...fixed } : undefined;
}

function content<T>(signer: TokenSigner, salt: string, schema: z.ZodType<T>, token: unknown): T | undefined {
  const verified = signer.verify(salt, token, SESSION_MAX_AGE_S);
  return verified.ok ? schema.safeParse(verified.data).data : undefined;
}
