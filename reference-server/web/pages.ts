import type { FastifyInstance } from "fastify";
import type { LiveRoute } from "../live/router.ts";
import type { AnyView } from "../live/view.ts";
import type { AccountContext } from "./account/context.ts";
import { registerLogInRoutes } from "./account/log-in-routes.ts";
import { registerSettingsRoutes } from "./account/settings-routes.ts";
import { MODES, type ModeName } from "./chat/modes.ts";
import type { ConversationContext } from "./conversation/conversation-assigns.ts";
import { conversationView } from "./conversation/conversation-view.ts";
import { registerDashboard } from "./dashboard/dashboard-page.ts";
import { MESSENGER } from "./layout.ts";
import type { LivePages } from "./live-pages.ts";
import { type RoomContext, roomView } from "./room/room-view.ts";
import { roomsView } from "./room/rooms-view.ts";

/** The list of rooms, and the room in each rendering mode: one live session. @param defaultMode that of pages whose address names none. */
export function roomRoutes(defaultMode: ModeName, context: RoomContext): readonly LiveRoute[] {
  const modes = Object.keys(MODES) as ModeName[];
  const routes = modes.map((mode) => ({ mode, path: `/${mode}/rooms/:id`, view: roomView(mode, context) }));
  const usual = routes.find(({ mode }) => mode === defaultMode);
  return [
    { path: "/rooms", view: roomsView(context) },
    ...(usual === undefined ? [] : [{ path: "/rooms/:id", view: usual.view }]),
    ...routes,
  ];
}

/** The conversations in each rendering mode, a live session of their own. @param defaultMode as in {@link roomRoutes}. */
export function conversationRoutes(
  defaultMode: ModeName,
  context: ConversationContext,
): readonly LiveRoute[] {
  const modes = Object.keys(MODES) as ModeName[];
  const views = modes.map((mode) => ({ mode, view: conversationView(mode, context) }));
  return views.flatMap(({ mode, view }) => [
    ...(mode === defaultMode ? [{ path: "/conversations/:id", view, liveSession: MESSENGER }] : []),
    { path: `/${mode}/conversations/:id`, view, liveSession: MESSENGER },
  ]);
}

/** The paths of {@link registerPages}. */
export const PAGE_PATHS = ["/", "/log_in", "/log_out", "/register", "/settings", "/settings/:form"] as const;

/** The pages that are not live: the front page, which holds a view, and those of accounts. */
export function registerPages(
  server: FastifyInstance,
  context: AccountContext & { readonly pages: LivePages; readonly dashboard: AnyView },
): void {
  registerDashboard(server, context.pages, context.dashboard);
  registerLogInRoutes(server, context);
  registerSettingsRoutes(server, context);
}
