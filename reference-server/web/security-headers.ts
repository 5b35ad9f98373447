import type { FastifyInstance } from "fastify";

/**
 * Scripts and style sheets are files of this server, and nothing else runs: no inline script, no handler in an attribute,
 * no `javascript:`. Only styles in attributes are let in, since avatars have their colour there (`avatar.ts`) and the
 * client moves attributes as they come. No other site may frame a page, or be sent a form.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
};

/** Has every answer say what a browser may do with it: a second wall, should a text ever get out of its place. */
export function registerSecurityHeaders(server: FastifyInstance): void {
  server.addHook("onRequest", async (_request, reply) => {
    reply.headers(HEADERS);
  });
}
