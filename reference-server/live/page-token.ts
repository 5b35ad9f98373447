import type { TokenRefusal, TokenSigner } from "./token.ts";

/** The connect parameter in which a page names itself. */
export const PAGE_TOKEN_PARAM = "_page_token";
/** How long a page may open sockets, in seconds: a day. */
export const PAGE_TOKEN_MAX_AGE_S = 86_400;
const PAGE_SALT = "live page";

/** Signs the id of a new page. */
export function newPageToken(signer: TokenSigner, id: string): string {
  return signer.sign(PAGE_SALT, id);
}

/** What a socket says of the page that it was opened by. */
export type PageClaim =
  | { readonly kind: "named"; readonly id: string }
  /** It says nothing: a page that needs no name, or no page at all. */
  | { readonly kind: "nameless" }
  | { readonly kind: "refused"; readonly reason: TokenRefusal };

/** @param token the connect parameter; null where there is none. */
export function pageClaim(signer: TokenSigner, token: string | null): PageClaim {
  if (token === null) return { kind: "nameless" };
  const verified = signer.verify(PAGE_SALT, token, PAGE_TOKEN_MAX_AGE_S);
  if (!verified.ok) return { kind: "refused", reason: verified.reason };
  return { kind: "named", id: String(verified.data) };
}
