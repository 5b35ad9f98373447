import { randomUUID } from "node:crypto";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { Accounts } from "./chat/accounts.ts";
import { Contacts } from "./chat/contacts.ts";
import { ConversationMessages } from "./chat/conversation-messages.ts";
import { Conversations } from "./chat/conversations.ts";
import { MessageAnnotations } from "./chat/message-annotations.ts";
import { Messages } from "./chat/messages.ts";
import { Rooms } from "./chat/rooms.ts";
import { seedDatabase } from "./chat/seed.ts";
import { Sessions } from "./chat/sessions.ts";
import { type Database, openDatabase } from "./chat/store/database.ts";
import { steadyTime } from "./chat/timestamp.ts";
import { faultyBroadcaster, faultyPresenceBroadcaster } from "./faults/faulty-broadcaster.ts";
import { faultyFrames } from "./faults/faulty-frames.ts";
import { FaultyMessages } from "./faults/faulty-messages.ts";
import { faultyView, InsertCount } from "./faults/faulty-view.ts";
import { leaking } from "./faults/leaked-bytes.ts";
import { slowerInserts } from "./faults/slower-inserts.ts";
import type { Fault } from "./faults.ts";
import { fixedIdentifiers } from "./identifiers.ts";
import { Presence } from "./presence/presence.ts";
import { PubSub } from "./pubsub/pubsub.ts";
import type { ModeName } from "./web/chat/modes.ts";
import { dashboardView } from "./web/dashboard/dashboard-view.ts";
import { registerDebugReport } from "./web/debug-report.ts";
import { eventBusChannel } from "./web/event-bus.ts";
import { roomLayout } from "./web/layout.ts";
import { createLiveServer } from "./web/live-server.ts";
import { registerMemoryReport } from "./web/memory-report.ts";
import { conversationRoutes, PAGE_PATHS, registerPages, roomRoutes } from "./web/pages.ts";
import { maySeeRoom } from "./web/room/may-see-room.ts";
import { registerSecurityHeaders } from "./web/security-headers.ts";
import { registerSequenceReports } from "./web/sequences/sequence-reports.ts";
import { type SequenceMessage, SequenceStores } from "./web/sequences/sequence-store.ts";
import { sequenceRoutes } from "./web/sequences/sequence-view.ts";
import { readSession } from "./web/session.ts";
import { streamCaseRoutes } from "./web/stream-cases/stream-cases-view.ts";
import { registerTemplateReport } from "./web/template-report.ts";

/** How a reference server is to be. */
export interface ServerOptions {
  /** An SQLite file, made and seeded where it is new, `:memory:`, or the URL of a PostgreSQL, seeded where it is empty. */
  readonly database: string;
  /** The same seed makes the same rooms, people and messages. */
  readonly seed: number;
  readonly messagesPerRoom: number;
  /** How many rooms a new chat has. Default: three. */
  readonly rooms?: number | undefined;
  /** In how many of them nobody has written yet: the last ones. Default: in none. */
  readonly emptyRooms?: number;
  /** How many accounts there are besides those who wrote the messages, `user-0001` and on. Default: none. */
  readonly users?: number;
  /** The rendering mode of pages whose address names none. */
  readonly mode: ModeName;
  /** How many messages a page in `stream` holds: a window of the history. Default: all. `?limit=` of a page goes before. */
  readonly limit?: number | undefined;
  readonly faults: ReadonlySet<Fault>;
  /** By how many percent of their own time new messages are slower: a change as a gate has to find it. Default: 0. */
  readonly slowerInsertsPercent?: number;
  /** Signs cookies and tokens; those signed with another one are refused. */
  readonly secret: string;
  /**
   * Whether it is here to be measured: `GET /debug/memory` collects garbage and reports what is left, and messages are
   * dated 61 seconds apart, so that no byte depends on when they were written; `/:mode/stream-cases` and
   * `/:mode/sequences/:id` are served.
   */
  readonly instrument: boolean;
  /**
   * Whether all names and tokens on the wire are drawn from the seed, and dates are steps of a fixed clock, so that the same
   * actions give the same bytes in each run. Anybody can work them out: only with `instrument`, and on loopback addresses.
   */
  readonly fixedIdentifiers?: boolean;
  /** Whether sockets offer permessage-deflate. Default: they do not. */
  readonly compress?: boolean;
  /** After how much silence a socket is taken for gone. Default: 60,000, twice the client's heartbeat interval. */
  readonly idleTimeoutMs?: number | undefined;
  log(line: string): void;
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

/** The reference chat, ready to listen. It ends its connections to the database when it is closed. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  if (options.fixedIdentifiers === true && !options.instrument)
    throw new Error(
      "fixed identifiers are for servers that are measured: without `instrument` there are none",
    );
  const database = await openDatabase(options.database, options.log);
  try {
    return await serverOn(database, options);
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

async function serverOn(database: Database, options: ServerOptions): Promise<FastifyInstance> {
  await seedDatabase(database, {
    seed: options.seed,
    messagesPerRoom: options.messagesPerRoom,
    rooms: options.rooms,
    emptyRooms: options.emptyRooms ?? 0,
    users: options.users ?? 0,
  });

  const pubsub = new PubSub();
  const rooms = new Rooms(database);
  const publicRooms = await rooms.list();
  const broadcaster = faultyBroadcaster(
    slowerInserts(pubsub, options.slowerInsertsPercent ?? 0),
    options.faults,
    publicRooms.map(({ id }) => id),
  );
  const messageTimeMs = options.instrument ? steadyTime() : options.nowMs;
  const messageOptions = { database, pubsub: broadcaster, messageTimeMs };
  const messages =
    options.faults.size === 0
      ? new Messages(messageOptions)
      : new FaultyMessages(messageOptions, options.faults);
  const { nowMs } = options;
  const identifiers = options.fixedIdentifiers ? fixedIdentifiers(options.seed) : undefined;
  const sessions = new Sessions({ database, pubsub, nowMs, identifiers });
  const accounts = new Accounts({ database, sessions, nowMs });

  const eventTimeMs = options.fixedIdentifiers ? steadyTime() : nowMs;
  const conversations = new Conversations({ database, pubsub, nowMs: eventTimeMs });
  const annotations = new MessageAnnotations({ database, pubsub, nowMs: eventTimeMs });
  const conversationMessages = new ConversationMessages({
    database,
    pubsub,
    messageTimeMs,
    annotations,
    conversations,
  });
  const dashboard = faultyView(
    dashboardView({ contacts: new Contacts(database), conversations, sessions }),
    options.faults,
  );

  const sendAs = faultyFrames(options.faults);
  const sequences = new SequenceStores(pubsub as PubSub<SequenceMessage>);
  const routes = [
    ...roomRoutes(options.mode, {
      rooms,
      messages,
      sessions,
      presence: new Presence({
        pubsub: faultyPresenceBroadcaster(pubsub, options.faults),
        replica: randomUUID(),
      }),
      pubsub,
      limit: options.limit ?? null,
      faults: options.faults,
      inserts: new InsertCount(),
    }),
    ...conversationRoutes(options.mode, {
      annotations,
      conversations,
      messages: conversationMessages,
      sessions,
    }),
    ...(options.instrument ? [...streamCaseRoutes(), ...sequenceRoutes(sequences)] : []),
  ];
  const { server, endpoint, pages } = await createLiveServer({
    routes,
    views: [dashboard],
    otherPaths: PAGE_PATHS,
    channels: [
      eventBusChannel({ maySee: (session, roomId) => maySeeRoom({ rooms, sessions }, session, roomId) }),
    ],
    pubsub,
    secret: options.secret,
    layout: roomLayout,
    sessionOf: readSession,
    compress: options.compress ?? false,
    fixedIdentifiers: identifiers,
    ...(sendAs && { sendAs }),
    ...(options.faults.has("leak-connection") && { onConnection: leaking() }),
    ...(options.idleTimeoutMs !== undefined && { idleTimeoutMs: options.idleTimeoutMs }),
    log: options.log,
    nowMs: options.nowMs,
  });
  registerSecurityHeaders(server);
  await server.register(fastifyStatic, {
    root: join(import.meta.dirname, "web/assets"),
    prefix: "/assets/",
    cacheControl: true,
    decorateReply: false,
  });
  registerPages(server, { accounts, pages, dashboard, nowMs });
  if (options.instrument) {
    registerMemoryReport(server, endpoint);
    registerDebugReport(server, endpoint);
    registerTemplateReport(server, routes);
    registerSequenceReports(server, sequences);
  }
  server.addHook("onClose", () => database.destroy());
  return server;
}
