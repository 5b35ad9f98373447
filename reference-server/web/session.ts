import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

const COOKIE = "_chat_key";
const session = z.object({ userId: z.number().int() });

/** Who is logged in: the content of the signed session cookie. */
export type UserSession = z.infer<typeof session>;

/** The session of a request, from its signed cookie; null where there is none that this server signed. */
export function readSession(server: FastifyInstance, cookies: Readonly<Record<string, string | undefined>>) {
  const cookie = cookies[COOKIE];
  if (cookie === undefined) return null;
  const { valid, value } = server.unsignCookie(cookie);
  if (!valid || value === null) return null;
  const parsed = session.safeParse(JSON.parse(value));
  return parsed.success ? parsed.data : null;
}

/** The session of a request that went through the cookie plugin. */
export function sessionOf(request: FastifyRequest): UserSession | null {
  return readSession(request.server, request.cookies);
}

/** Logs somebody in. */
export function writeSession(reply: FastifyReply, value: UserSession): void {
  reply.setCookie(COOKIE, JSON.stringify(value), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    signed: true,
  });
}

/** Logs somebody out. */
export function clearSession(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: "/" });
}
