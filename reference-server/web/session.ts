import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Session } from "../live/view.ts";

const COOKIE = "_chat_key";
const session = z.object({ userId: z.number().int() });

/** Who is logged in: the content of the signed session cookie. */
export type UserSession = z.infer<typeof session>;

/** The cookies of a client that this server has signed. */
export interface SignedCookies {
  /** The content of a cookie; undefined where there is none that this server signed. */
  get(name: string): string | undefined;
}

/** Who the cookies say the client is. */
export type SessionReader = (cookies: SignedCookies) => Session;

/** The cookies of a request. */
export function cookiesOf(
  server: FastifyInstance,
  cookies: Readonly<Record<string, string | undefined>>,
): SignedCookies {
  return {
    get(name) {
      const { valid, value } = server.unsignCookie(cookies[name] ?? "");
      return valid && value !== null ? value : undefined;
    },
  };
}

/** Who is logged in; an empty session where nobody is. */
export function readSession(cookies: SignedCookies): UserSession | Record<string, never> {
  const cookie = cookies.get(COOKIE);
  return (cookie === undefined ? undefined : session.safeParse(contentOf(cookie)).data) ?? {};
}

/** What a cookie holds. A signature does not tell which cookie it was made for: any other signed one may come here. */
function contentOf(cookie: string): unknown {
  try {
    return JSON.parse(cookie);
  } catch {
    return undefined;
  }
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
