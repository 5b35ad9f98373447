import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Identifiers } from "../identifiers.ts";
import { type DeadRender, deadRender } from "../live/dead-render.ts";
import {
  FLASH_COOKIE,
  FLASH_COOKIE_MAX_AGE_S,
  type Flash,
  NO_FLASH,
  signFlash,
  verifyFlash,
} from "../live/flash.ts";
import { newPageToken } from "../live/page-token.ts";
import { RELOAD_COOKIE, reloadStatus } from "../live/reload.ts";
import type { Router } from "../live/router.ts";
import type { TokenSigner } from "../live/token.ts";
import type { AnyView, Session } from "../live/view.ts";
import type { Page } from "./layout.ts";
import { cookiesOf, type SessionReader } from "./session.ts";

const IDENTIFIER_BYTES = 12;

/** What the pages need of the server. */
export interface LivePagesContext {
  readonly router: Router;
  readonly signer: TokenSigner;
  readonly sessionOf: SessionReader;
  readonly identifiers: Identifiers;
  layout(page: Page): string;
}

/** Puts views into pages that are not live themselves. */
export interface LivePages {
  /**
   * Renders a view for a page of one's own making, which may hold several: `live_render/3` in a controller. It has no
   * address: `params` are empty, and `handleParams` is not for it.
   *
   * @param flash what the view says to the reader: see {@link LivePages.takeFlash}.
   */
  render(request: FastifyRequest, view: AnyView, session?: Session, flash?: Flash): Promise<DeadRender>;
  /** Takes the messages that the page before has left for the reader. */
  takeFlash(request: FastifyRequest, reply: FastifyReply): Flash;
  /** Answers with a page that holds views: the layout around this content. */
  send(reply: FastifyReply, content: PageContent): FastifyReply;
}

/** What a page holds. */
export interface PageContent {
  /** HTML. */
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** The live session that the page belongs to, by which the layout knows it; left out for none. */
  readonly liveSession?: string;
  /** Whether a view of it wants the page to carry a signed id. Default: none does. */
  readonly identified?: boolean;
}

/** Registers a page for each live route. Source: plug.ex, controller.ex and static.ex. */
export function registerLivePages(server: FastifyInstance, context: LivePagesContext): LivePages {
  const { router, signer, sessionOf, identifiers } = context;

  const sessionOfRequest = (request: FastifyRequest): Session =>
    sessionOf(cookiesOf(server, request.cookies)) ?? {};

  /** A name for a page or a view of whoever asks. */
  const newIdentifier = (session: Session, what: string): string =>
    identifiers.draw(IDENTIFIER_BYTES, `${what} of ${String(session.token)}`);

  for (const { path } of router.routes) server.get(path, showRoute);

  async function showRoute(request: FastifyRequest, reply: FastifyReply) {
    refuseReload(request, reply);
    const destination = router.find(addressOf(request));
    if (destination?.kind !== "live") return reply.callNotFound();
    const { route, params, uri, liveSession } = destination;
    const session = sessionOfRequest(request);
    const page = await deadRender(
      {
        view: route.view,
        identifier: newIdentifier(session, route.view.name),
        session,
        ownSession: route.session,
        flash: takeFlash(request, reply),
        route: { uri, params, liveSession, action: route.action },
      },
      signer,
    );
    if (page.kind === "redirect") return leave(reply, page);
    const { title, html: body, identified } = page;
    return send(reply, { title, body, liveSession, identified });
  }

  function send(reply: FastifyReply, { title, body, liveSession, identified }: PageContent): FastifyReply {
    const csrfToken = reply.generateCsrf();
    const pageToken =
      identified === true
        ? newPageToken(signer, newIdentifier(sessionOfRequest(reply.request), "page"))
        : undefined;
    return sendHtml(reply, context.layout({ title, body, csrfToken, pageToken, live: true, liveSession }));
  }

  /** The client says by a cookie with which status its view has failed to mount; so the page fails with it. */
  function refuseReload(request: FastifyRequest, reply: FastifyReply): void {
    const token = request.cookies[RELOAD_COOKIE];
    if (token === undefined) return;
    reply.clearCookie(RELOAD_COOKIE, { path: "/" });
    const error = new Error("the view of this page failed to mount");
    throw Object.assign(error, { statusCode: reloadStatus(signer, token) });
  }

  function takeFlash(request: FastifyRequest, reply: FastifyReply): Flash {
    const token = request.cookies[FLASH_COOKIE];
    if (token === undefined) return NO_FLASH;
    reply.clearCookie(FLASH_COOKIE, { path: "/" });
    return verifyFlash(signer, token);
  }

  function leave(reply: FastifyReply, { to, status, flash }: Extract<DeadRender, { kind: "redirect" }>) {
    if (Object.keys(flash).length > 0) {
      reply.setCookie(FLASH_COOKIE, signFlash(signer, flash), { path: "/", maxAge: FLASH_COOKIE_MAX_AGE_S });
    }
    return reply.redirect(to, status);
  }

  return {
    render(request, view, ownSession, flash = NO_FLASH) {
      const session = sessionOfRequest(request);
      const identifier = newIdentifier(session, view.name);
      return deadRender({ view, identifier, session, ownSession, flash }, signer);
    },
    takeFlash,
    send,
  };
}

/** Answers with a document that no cache keeps: it holds tokens. */
export function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
}

/** The address of a request. @throws Error with status 400 where its host or path is none. */
function addressOf(request: FastifyRequest): URL {
  const address = `${request.protocol}://${request.host}${request.url}`;
  if (!URL.canParse(address))
    throw Object.assign(new Error("the address cannot be read"), { statusCode: 400 });
  return new URL(address);
}
