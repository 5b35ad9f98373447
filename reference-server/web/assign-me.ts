import type { User } from "../chat/accounts.ts";
import type { Sessions } from "../chat/sessions.ts";
import type { Socket } from "../live/socket.ts";
import { logInPath } from "./return-path.ts";

/** Whoever is logged in, as `me`; anybody else is sent to the log-in, and back from there. */
export const assignMe =
  (sessions: Sessions, token: unknown) =>
  async <A extends { readonly me: User }>(socket: Socket<A>): Promise<Socket<A>> => {
    const me = typeof token === "string" ? await sessions.userOf(token) : undefined;
    if (me !== undefined) return socket.assign({ me } as Partial<A>);
    const { uri } = socket;
    return socket.redirect({ to: logInPath(uri === undefined ? "/" : `${uri.pathname}${uri.search}`) });
  };
