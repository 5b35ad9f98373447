import { createHmac, timingSafeEqual } from "node:crypto";

/** Why a token is refused. */
export type TokenRefusal = "invalid" | "expired";

/** What {@link TokenSigner.verify} returns. */
export type Verified =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly reason: TokenRefusal };

/** How long a page may wait before its socket joins, in seconds: two weeks, as in Phoenix LiveView. */
export const SESSION_MAX_AGE_S = 1_209_600;

/**
 * Signs data that travels through the page and comes back (`data-phx-session`): not secret, but not to be changed.
 * The signature covers the purpose (salt) and the time of signing, as in `Phoenix.Token`.
 */
export class TokenSigner {
  readonly #secret: string;
  readonly #nowMs: () => number;

  /** @param options.nowMs milliseconds since the epoch. */
  constructor(options: { readonly secret: string; readonly nowMs: () => number }) {
    this.#secret = options.secret;
    this.#nowMs = options.nowMs;
  }

  sign(salt: string, data: unknown): string {
    const body = Buffer.from(JSON.stringify({ data, signedAtMs: this.#nowMs() })).toString("base64url");
    return `${body}.${this.#mac(salt, body)}`;
  }

  /** @param maxAgeS seconds after which a token is refused. */
  verify(salt: string, token: unknown, maxAgeS: number): Verified {
    if (typeof token !== "string") return { ok: false, reason: "invalid" };
    const [body = "", mac = "", ...rest] = token.split(".");
    const expected = this.#mac(salt, body);
    const given = Buffer.from(mac);
    if (
      rest.length > 0 ||
      given.length !== expected.length ||
      !timingSafeEqual(given, Buffer.from(expected))
    ) {
      return { ok: false, reason: "invalid" };
    }
    const { data, signedAtMs } = JSON.parse(Buffer.from(body, "base64url").toString()) as {
      data: unknown;
      signedAtMs: number;
    };
    return this.#nowMs() - signedAtMs > maxAgeS * 1000
      ? { ok: false, reason: "expired" }
      : { ok: true, data };
  }

  #mac(salt: string, body: string): string {
    return createHmac("sha256", `${salt}:${this.#secret}`).update(body).digest("base64url");
  }
}
