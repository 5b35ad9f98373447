import { z } from "zod";
import type { TokenSigner } from "./token.ts";

/** The cookie by which the page that is fetched instead learns how its view failed. Source: static.ex. */
export const RELOAD_COOKIE = "__phoenix_reload_status__";

const SALT = "lv:reload";
/** How long the client keeps the cookie, in seconds. Source: `redirect` in live_socket.ts. */
const MAX_AGE_S = 60;
const tokenSchema = z.object({ status: z.number().int(), view: z.string() });

/**
 * What a join is answered with whose view failed with a `statusCode` from 400 to 499: the page is to be fetched, and
 * answered with that status. Undefined for any other failure. Source: the `rescue` of `verified_mount` in channel.ex.
 */
export function reloadResponse(signer: TokenSigner, view: string, error: unknown): object | undefined {
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 400 || status > 499)
    return undefined;
  return { reason: "reload", status, token: signer.sign(SALT, { status, view }) };
}

/** The status that a reload's cookie asks for: 500 where this server did not sign it. */
export function reloadStatus(signer: TokenSigner, token: string): number {
  const verified = signer.verify(SALT, token, MAX_AGE_S);
  return verified.ok ? (tokenSchema.safeParse(verified.data).data?.status ?? 500) : 500;
}
