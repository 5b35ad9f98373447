import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import cookie from "@fastify/cookie";
import csrfProtection from "@fastify/csrf-protection";
import formbody from "@fastify/formbody";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance } from "fastify";
import { Accounts } from "./chat/accounts.ts";
import type { RoomEvent } from "./chat/room-events.ts";
import { Rooms } from "./chat/rooms.ts";
import { seedDatabase } from "./chat/seed.ts";
import { openDatabase } from "./chat/store/database.ts";
import { steadyTime } from "./chat/timestamp.ts";
import { type Fault, FaultyRooms, faultyBroadcaster } from "./faults.ts";
import { TokenSigner } from "./live/token.ts";
import { PubSub } from "./pubsub/pubsub.ts";
import { attachLiveEndpoint, CSRF_COOKIE } from "./web/live-endpoint.ts";
import { registerMemoryReport } from "./web/memory-report.ts";
import { registerPages } from "./web/pages.ts";
import { MODES, type ModeName } from "./web/room/modes.ts";
import { roomView } from "./web/room/room-view.ts";

/** How a reference server is to be. */
export interface ServerOptions {
  /** An SQLite file, made and seeded where it is new, or `:memory:`. */
  readonly database: string;
  /** The same seed makes the same rooms, people and messages. */
  readonly seed: number;
  readonly messagesPerRoom: number;
  /** The rendering mode of pages whose address names none. */
  readonly mode: ModeName;
  /** How many messages a page in `stream` keeps when new ones come. Default: all. `?limit=` of a page goes before. */
  readonly limit?: number | undefined;
  readonly faults: ReadonlySet<Fault>;
  /** Signs cookies and tokens; those signed with another one are refused. */
  readonly secret: string;
  /**
   * Whether it is here to be measured: `GET /debug/memory` collects garbage and reports what is left, and messages are
   * dated a minute apart, so that no byte depends on when they were written.
   */
  readonly instrument: boolean;
  log(line: string): void;
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

const LIVE_VIEW = packageFolder("phoenix_live_view");
const PHOENIX = packageFolder("phoenix");

/** The reference chat, ready to listen. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const database = await openDatabase(options.database);
  await seedDatabase(database, { seed: options.seed, messagesPerRoom: options.messagesPerRoom });

  const pubsub = new PubSub<RoomEvent>();
  const roomIds = async () => (await database.selectFrom("rooms").select("id").execute()).map(({ id }) => id);
  const broadcaster = faultyBroadcaster(pubsub, options.faults, roomIds);
  const messageTimeMs = options.instrument ? steadyTime() : options.nowMs;
  const RoomsAsTold = options.faults.has("reverse-prepend") ? FaultyRooms : Rooms;
  const rooms = new RoomsAsTold({ database, pubsub: broadcaster, messageTimeMs });
  const accounts = new Accounts(database);
  const signer = new TokenSigner({ secret: options.secret, nowMs: options.nowMs });
  const modes = Object.keys(MODES) as ModeName[];
  const views = new Map(
    modes
      .map((mode) => roomView(mode, { rooms, accounts, limit: options.limit ?? null }))
      .map((view) => [view.name, view]),
  );

  const server = fastify({ logger: false });
  await server.register(cookie, { secret: options.secret });
  await server.register(formbody);
  await server.register(csrfProtection, {
    cookieKey: CSRF_COOKIE,
    cookieOpts: { path: "/", httpOnly: true, sameSite: "lax", signed: true },
    getToken: (request) => (request.body as { _csrf_token?: string } | undefined)?._csrf_token,
  });
  await server.register(fastifyStatic, {
    root: join(import.meta.dirname, "web/assets"),
    prefix: "/assets/",
    cacheControl: true,
  });
  await server.register(fastifyStatic, {
    root: [join(PHOENIX, "priv/static"), join(LIVE_VIEW, "priv/static")],
    prefix: "/vendor/",
    decorateReply: false,
  });

  const endpoint = attachLiveEndpoint(server, {
    views,
    pubsub,
    signer,
    liveViewVersion: (
      JSON.parse(readFileSync(join(LIVE_VIEW, "package.json"), "utf8")) as { version: string }
    ).version,
    log: options.log,
  });
  registerPages(server, { accounts, signer, views, defaultMode: options.mode });
  if (options.instrument) registerMemoryReport(server, endpoint);
  server.addHook("onError", async (request, _reply, error) => {
    if ((error.statusCode ?? 500) >= 500) options.log(`${request.method} ${request.url}: ${error.stack}`);
  });
  server.addHook("onClose", () => database.destroy());
  return server;
}

function packageFolder(name: string): string {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined) throw new Error(`package ${name} is not installed`);
  return dirname(description);
}
