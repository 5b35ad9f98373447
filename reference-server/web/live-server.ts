import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import cookie from "@fastify/cookie";
import csrfProtection from "@fastify/csrf-protection";
import formbody from "@fastify/formbody";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance } from "fastify";
import { type Identifiers, RANDOM_IDENTIFIERS } from "../identifiers.ts";
import type { AnyChannel } from "../live/channel.ts";
import { errorLine } from "../live/log-line.ts";
import { DEFAULT_MESSAGE_RATE, type MessageRate } from "../live/message-limit.ts";
import { createRouter, type LiveRoute } from "../live/router.ts";
import { TokenSigner } from "../live/token.ts";
import type { AnyView } from "../live/view.ts";
import type { PubSub } from "../pubsub/pubsub.ts";
import { CSRF_COOKIE, CSRF_COOKIE_OPTIONS } from "./csrf.ts";
import { registerFixedCsrf } from "./fixed-csrf.ts";
import type { Page } from "./layout.ts";
import {
  attachLiveEndpoint,
  DEFAULT_IDLE_TIMEOUT_MS,
  type EndpointOptions,
  type LiveEndpoint,
} from "./live-endpoint.ts";
import { type LivePages, registerLivePages } from "./live-pages.ts";
import { allowLoopbackOnly } from "./loopback-only.ts";
import type { SessionReader } from "./session.ts";
import { endSilentConnections } from "./silent-connections.ts";

/** What a server of live views is made of. */
export interface LiveServerOptions {
  /** The pages that are live. */
  readonly routes: readonly LiveRoute[];
  /** The views that are at no route: those within other views, and in pages that are not live. */
  readonly views?: readonly AnyView[];
  /** The paths of pages that are not live, written as routes are: live links to them load the page. */
  readonly otherPaths?: readonly string[];
  /** What may be joined beside views. */
  readonly channels?: readonly AnyChannel[];
  readonly pubsub: PubSub;
  /** Signs cookies and tokens; those signed with another one are refused. */
  readonly secret: string;
  /** The document around a page's content. */
  layout(page: Page): string;
  /** Who the cookies say the client is. Default: nobody, an empty session. */
  readonly sessionOf?: SessionReader;
  /** Whether sockets offer permessage-deflate. Default: they do not, as in Phoenix. */
  readonly compress?: boolean;
  /** Is told of each socket that is opened. */
  onConnection?(): void;
  /** A defect, to be caught by checks: gives for each socket's `send` the one that is used in its place. */
  readonly sendAs?: EndpointOptions["sendAs"];
  /** After how much silence a socket is taken for gone. Default: 60,000, twice the client's heartbeat interval. */
  readonly idleTimeoutMs?: number;
  /**
   * How many messages a socket takes of its client: what is beyond that is answered with an error, and a client that goes
   * on all the same is cut off. Default: 300 at once and 100 a second. Null for any number.
   */
  readonly messageRate?: MessageRate | null;
  /**
   * Names that are the same in each run, as is all that is signed, so that pages and frames are, byte by byte. Anybody can
   * work them out: for measuring on one's own machine alone, and refused anywhere else. Default: names by chance.
   */
  readonly fixedIdentifiers?: Identifiers | undefined;
  /** Milliseconds since any moment, by which that is measured. Default: the clock of the process. */
  readonly monotonicMs?: () => number;
  log(line: string): void;
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

/** A server of live views: what it answers, its sockets, and how views are put into pages. */
export interface LiveServer {
  /** Ready for more routes, and to listen. */
  readonly server: FastifyInstance;
  readonly endpoint: LiveEndpoint;
  readonly pages: LivePages;
}

/** The longest body of a form, in bytes: none of the forms is as long as a tenth of it. */
const MAX_BODY_BYTES = 65_536;

const LIVE_VIEW = packageFolder("phoenix_live_view");
const PHOENIX = packageFolder("phoenix");
const { version } = JSON.parse(readFileSync(join(LIVE_VIEW, "package.json"), "utf8")) as { version: string };

/**
 * A server with the socket's endpoint at `/live`, the official client under `/vendor/`, a page for each route, cookies,
 * forms and their CSRF protection.
 */
export async function createLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const { routes, otherPaths, pubsub, secret, log, nowMs, layout } = options;
  const { fixedIdentifiers } = options;
  const identifiers = fixedIdentifiers ?? RANDOM_IDENTIFIERS;
  const signer = new TokenSigner({ secret, nowMs: fixedIdentifiers === undefined ? nowMs : () => 0 });
  const router = createRouter(routes, otherPaths);
  const views = new Map(
    [...routes.map(({ view }) => view), ...(options.views ?? [])].map((view) => [view.name, view]),
  );
  const sessionOf = options.sessionOf ?? (() => ({}));

  const server = fastify({ logger: false, bodyLimit: MAX_BODY_BYTES });
  await server.register(cookie, { secret });
  await server.register(formbody);
  await server.register(csrfProtection, {
    cookieKey: CSRF_COOKIE,
    cookieOpts: CSRF_COOKIE_OPTIONS,
    getToken: (request) => (request.body as { _csrf_token?: string } | undefined)?._csrf_token,
  });
  if (fixedIdentifiers !== undefined) {
    registerFixedCsrf(server, fixedIdentifiers);
    allowLoopbackOnly(server, log);
  }
  await server.register(fastifyStatic, {
    root: [join(PHOENIX, "priv/static"), join(LIVE_VIEW, "priv/static")],
    prefix: "/vendor/",
  });
  server.addHook("onError", async (request, _reply, error) => {
    if ((error.statusCode ?? 500) >= 500)
      log(errorLine(`${request.method} ${request.routeOptions.url}`, error));
  });

  const endpoint = attachLiveEndpoint(server, {
    connection: {
      views,
      router,
      channels: options.channels ?? [],
      pubsub,
      signer,
      identifiers,
      liveViewVersion: version,
      messageRate: options.messageRate === undefined ? DEFAULT_MESSAGE_RATE : options.messageRate,
      monotonicMs: options.monotonicMs ?? (() => performance.now()),
      log,
    },
    sessionOf,
    compress: options.compress ?? false,
    ...(options.onConnection && { onConnection: options.onConnection }),
    sendAs: options.sendAs,
    idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
  });
  // After the sockets were closed, which takes a while.
  endSilentConnections(server);
  const pages = registerLivePages(server, { router, signer, sessionOf, identifiers, layout });
  return { server, endpoint, pages };
}

function packageFolder(name: string): string {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined) throw new Error(`package ${name} is not installed`);
  return dirname(description);
}
