import { z } from "zod";
import { SESSION_MAX_AGE_S, type TokenSigner } from "./token.ts";

/** What `data-phx-session` is signed for. */
export const SESSION_SALT = "lv:session";
/** What `data-phx-static` is signed for. */
export const STATIC_SALT = "lv:static";

const sessionToken = z.object({ id: z.string(), view: z.string(), params: z.record(z.string(), z.string()) });
const staticToken = z.object({ id: z.string() });

/** The content of `data-phx-session`: which view the page's root element is, and how it was asked for. */
export type SessionToken = z.infer<typeof sessionToken>;
/** The content of `data-phx-static`. */
export type StaticToken = z.infer<typeof staticToken>;

/** The session that a join names, if both of its tokens were signed by this server for this topic. */
export function verifyJoin(
  signer: TokenSigner,
  topic: string,
  payload: { readonly session?: unknown; readonly static?: unknown },
): SessionToken | undefined {
  const session = signer.verify(SESSION_SALT, payload.session, SESSION_MAX_AGE_S);
  const fixed = signer.verify(STATIC_SALT, payload.static, SESSION_MAX_AGE_S);
  if (!session.ok || !fixed.ok) return undefined;
  const named = sessionToken.safeParse(session.data);
  const page = staticToken.safeParse(fixed.data);
  if (!named.success || !page.success || named.data.id !== page.data.id) return undefined;
  return topic === `lv:${named.data.id}` ? named.data : undefined;
}
