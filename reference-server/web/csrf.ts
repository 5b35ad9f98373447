import Tokens from "@fastify/csrf";
import type { FastifyReply } from "fastify";

/** The cookie in which the CSRF plugin keeps its secret. */
export const CSRF_COOKIE = "_csrf";

/** How that cookie is set. */
export const CSRF_COOKIE_OPTIONS = {
  path: "/",
  httpOnly: true,
  sameSite: "lax",
  secure: "auto",
  signed: true,
} as const;

const tokens = Tokens();

/** Gives the browser another secret: forms that it was sent before are refused from now on. */
export function renewCsrf(reply: FastifyReply): void {
  reply.setCookie(CSRF_COOKIE, tokens.secretSync(), CSRF_COOKIE_OPTIONS);
}
