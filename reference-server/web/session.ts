import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sessionTopic } from "../chat/sessions.ts";
import type { Session } from "../live/view.ts";
import { renewCsrf } from "./csrf.ts";

const COOKIE = "_chat_key";
const COOKIE_OPTIONS = { path: "/", httpOnly: true, sameSite: "lax", secure: "auto" } as const;
const session = z.object({ token: z.string() });

/** Who is logged in. */
export type UserSession = {
  /** What the signed session cookie holds, and nothing else does. */
  readonly token: string;
  /** The topic on which the session's sockets are told to go, as Phoenix has it in `live_socket_id`. */
  readonly liveSocketId: string;
};

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
  const token = cookie === undefined ? undefined : session.safeParse(contentOf(cookie)).data?.token;
  return token === undefined ? {} : { token, liveSocketId: sessionTopic(token) };
}

/** What a cookie holds. A signature does not tell which cookie it was made for: any other signed one may come here. */
function contentOf(cookie: string): unknown {
  try {
    return JSON.parse(cookie);
  } catch {
    return undefined;
  }
}

/** The token of the session of a request; undefined where it has none. Whether it has ended is another question. */
export function tokenOf({ server, cookies }: FastifyRequest): string | undefined {
  return readSession(cookiesOf(server, cookies)).token;
}

/** Gives the browser a session, and a new secret for its forms: what it had before counts no more. */
export function writeSession(reply: FastifyReply, token: string): void {
  renewCsrf(reply);
  reply.setCookie(COOKIE, JSON.stringify({ token }), { ...COOKIE_OPTIONS, signed: true });
}

/** Takes the session from the browser, and the secret of its forms. */
export function clearSession(reply: FastifyReply): void {
  renewCsrf(reply);
  reply.clearCookie(COOKIE, COOKIE_OPTIONS);
}
