import { z } from "zod";
import type { TokenSigner } from "./token.ts";

/** Messages for the page that is shown next: `{ info: "Saved" }`. */
export type Flash = Readonly<Record<string, string>>;

/** The cookie by which a flash survives a load of the page. Source: router.ex, and `redirect` in browser.ts. */
export const FLASH_COOKIE = "__phoenix_flash__";
/** How long the cookie lives, in seconds. */
export const FLASH_COOKIE_MAX_AGE_S = 60;

export const NO_FLASH: Flash = Object.freeze({});

const SALT = "lv:flash";
const flashSchema = z.record(z.string(), z.string());

/** A flash that travels through the client. */
export function signFlash(signer: TokenSigner, flash: Flash): string {
  return signer.sign(SALT, flash);
}

/** The flash of a token; none where this server did not sign it, or too long ago. */
export function verifyFlash(signer: TokenSigner, token: unknown): Flash {
  const verified = signer.verify(SALT, token, FLASH_COOKIE_MAX_AGE_S);
  const flash = verified.ok ? flashSchema.safeParse(verified.data) : undefined;
  return flash?.success ? flash.data : NO_FLASH;
}

/** The messages but those of a kind. */
export function withoutKind(flash: Flash, kind: string): Flash {
  return Object.fromEntries(Object.entries(flash).filter(([name]) => name !== kind));
}
