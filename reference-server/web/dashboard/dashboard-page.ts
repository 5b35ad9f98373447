import type { FastifyInstance } from "fastify";
import type { AnyView } from "../../live/view.ts";
import { queryOf } from "../account/fields-of.ts";
import { MESSENGER } from "../layout.ts";
import type { LivePages } from "../live-pages.ts";
import { logInPath } from "../return-path.ts";

/**
 * The front page. It is not live itself, and holds the dashboard. `?recover=hook` has a half-made conversation kept over a
 * cut by a hook, rather than by the client's own recovery of forms (`?recover=auto`, the default).
 */
export function registerDashboard(server: FastifyInstance, pages: LivePages, dashboard: AnyView): void {
  server.get("/", async (request, reply) => {
    const recovery = queryOf(request, "recover");
    const view = await pages.render(request, dashboard, { recovery }, pages.takeFlash(request, reply));
    // Whoever is not logged in: the view knows of no address to come back to.
    if (view.kind === "redirect") return reply.redirect(logInPath(request.url), view.status);
    return pages.send(reply, { title: "Conversations", body: view.html, liveSession: MESSENGER });
  });
}
