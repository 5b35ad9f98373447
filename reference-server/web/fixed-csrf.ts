import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Identifiers } from "../identifiers.ts";
import { CSRF_COOKIE, CSRF_COOKIE_OPTIONS } from "./csrf.ts";

const SECRET_BYTES = 18;
const SALT = "fixedone";

/**
 * Gives all pages one token against forged forms, and all browsers its secret, so that no byte of a page depends on chance:
 * it protects from nothing. Source: `_tokenize` of @fastify/csrf, which draws its salt at random.
 */
export function registerFixedCsrf(server: FastifyInstance, identifiers: Identifiers): void {
  const secret = identifiers.draw(SECRET_BYTES, "csrf");
  const token = `${SALT}-${createHash("sha256").update(`${SALT}-${secret}`).digest("base64url")}`;
  server.addHook("onRequest", async (request, reply) => {
    reply.generateCsrf = () => {
      const { valid, value } = server.unsignCookie(request.cookies[CSRF_COOKIE] ?? "");
      if (!valid || value !== secret) reply.setCookie(CSRF_COOKIE, secret, CSRF_COOKIE_OPTIONS);
      return token;
    };
  });
}
