import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { type Accounts, userName } from "../chat/accounts.ts";
import { isLocalPath } from "../live/navigation.ts";
import type { LiveRoute } from "../live/router.ts";
import { layout } from "./layout.ts";
import { sendHtml } from "./live-pages.ts";
import { logInPage } from "./log-in-page.ts";
import { MODES, type ModeName } from "./room/modes.ts";
import { type RoomContext, roomView } from "./room/room-view.ts";
import { clearSession, writeSession } from "./session.ts";

/** The room in each rendering mode. @param defaultMode that of pages whose address names none. */
export function roomRoutes(defaultMode: ModeName, context: RoomContext): readonly LiveRoute[] {
  const modes = Object.keys(MODES) as ModeName[];
  const routes = modes.map((mode) => ({ mode, path: `/${mode}/rooms/:id`, view: roomView(mode, context) }));
  const usual = routes.find(({ mode }) => mode === defaultMode);
  return [...(usual === undefined ? [] : [{ path: "/rooms/:id", view: usual.view }]), ...routes];
}

/** The paths of {@link registerPages}. */
export const PAGE_PATHS = ["/", "/log_in", "/log_out"] as const;

/** Where to go after the log-in. A field that is given twice says nothing. */
const pathField = z.string().catch("/");
const logInQuery = z.object({ return_to: pathField });
const logInForm = z.object({ "user[name]": z.string().catch(""), return_to: pathField });

/** The pages that are not live: log-in and log-out. */
export function registerPages(server: FastifyInstance, accounts: Accounts): void {
  server.get("/", (_request, reply) => reply.redirect("/rooms/1"));

  server.get("/log_in", (request, reply) => sendLogIn(reply, logInQuery.parse(request.query).return_to));

  server.post("/log_in", { preHandler: server.csrfProtection }, async (request, reply) => {
    const { "user[name]": given, return_to: returnTo } = logInForm.parse(request.body);
    const name = userName.safeParse(given);
    if (!name.success) return sendLogIn(reply.code(422), returnTo, name.error.issues[0]?.message);
    const user = await accounts.enter(name.data);
    writeSession(reply, { userId: user.id });
    return reply.redirect(isLocalPath(returnTo) ? returnTo : "/", 303);
  });

  server.post("/log_out", { preHandler: server.csrfProtection }, (_request, reply) => {
    clearSession(reply);
    return reply.redirect("/log_in", 303);
  });

  function sendLogIn(reply: FastifyReply, returnTo: string, problem?: string) {
    const csrfToken = reply.generateCsrf();
    const body = logInPage({ csrfToken, returnTo, ...(problem === undefined ? {} : { problem }) });
    return sendHtml(reply, layout({ title: "Log in", body, csrfToken, live: false }));
  }
}
