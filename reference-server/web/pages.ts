import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Accounts, userName } from "../chat/accounts.ts";
import { deadRender } from "../live/dead-render.ts";
import type { TokenSigner } from "../live/token.ts";
import type { AnyView } from "../live/view.ts";
import { csrfField, layout } from "./layout.ts";
import { logInPage } from "./log-in-page.ts";
import { isModeName, type ModeName } from "./room/modes.ts";
import { roomViewName } from "./room/room-view.ts";
import { clearSession, sessionOf, writeSession } from "./session.ts";

/** What the pages need of the server. */
export interface PagesContext {
  readonly accounts: Accounts;
  readonly signer: TokenSigner;
  readonly views: ReadonlyMap<string, AnyView>;
  /** The rendering mode of pages whose address names none. */
  readonly defaultMode: ModeName;
}

const logIn = z.object({ "user[name]": z.string().default(""), return_to: z.string().default("/") });

/** The pages: log-in, log-out, and a room in each rendering mode. */
export function registerPages(server: FastifyInstance, context: PagesContext): void {
  server.get("/", (_request, reply) => reply.redirect("/rooms/1"));

  server.get<{ Querystring: { return_to?: string } }>("/log_in", (request, reply) =>
    sendLogIn(reply, request.query.return_to ?? "/"),
  );

  server.post("/log_in", { preHandler: server.csrfProtection }, async (request, reply) => {
    const { "user[name]": given, return_to: returnTo } = logIn.parse(request.body);
    const name = userName.safeParse(given);
    if (!name.success) return sendLogIn(reply.code(422), returnTo, name.error.issues[0]?.message);
    const user = await context.accounts.enter(name.data);
    writeSession(reply, { userId: user.id });
    return reply.redirect(localPath(returnTo), 303);
  });

  server.post("/log_out", { preHandler: server.csrfProtection }, (_request, reply) => {
    clearSession(reply);
    return reply.redirect("/log_in", 303);
  });

  server.get<{ Params: { id: string } }>("/rooms/:id", (request, reply) =>
    sendRoom(request, reply, context.defaultMode, request.params.id),
  );
  server.get<{ Params: { mode: string; id: string } }>("/:mode/rooms/:id", (request, reply) => {
    const { mode, id } = request.params;
    return isModeName(mode) ? sendRoom(request, reply, mode, id) : reply.callNotFound();
  });

  function sendLogIn(reply: FastifyReply, returnTo: string, problem?: string) {
    const csrfToken = reply.generateCsrf();
    const body = logInPage({ csrfToken, returnTo, ...(problem === undefined ? {} : { problem }) });
    return sendHtml(reply, layout({ title: "Log in", body, csrfToken, live: false }));
  }

  async function sendRoom(request: FastifyRequest, reply: FastifyReply, mode: ModeName, id: string) {
    const session = sessionOf(request);
    const user = session && (await context.accounts.find(session.userId));
    if (!user) return reply.redirect(`/log_in?return_to=${encodeURIComponent(request.url)}`);
    const view = context.views.get(roomViewName(mode));
    if (view === undefined) return reply.callNotFound();
    const uri = new URL(request.url, `http://${request.host}`);
    const page = await deadRender(
      { view, params: { id }, session: { userId: user.id }, uri },
      context.signer,
    );
    if (page.kind === "redirect") return reply.redirect(page.to);
    const csrfToken = reply.generateCsrf();
    const logOut = `<form id="log-out" action="/log_out" method="post">${csrfField(csrfToken)}<button type="submit">Log out</button></form>`;
    return sendHtml(
      reply,
      layout({ title: page.title, body: `${page.html}${logOut}`, csrfToken, live: true }),
    );
  }
}

function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
}

/** The path, if it leads to this server; otherwise the front page. */
function localPath(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : "/";
}
