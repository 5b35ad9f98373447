import type { FastifyInstance } from "fastify";
import { describeTemplates, type TemplateDescription } from "../live/describe-templates.ts";
import { createRouter, type LiveRoute } from "../live/router.ts";

/** What `GET /debug/templates?path=/stream/rooms/1` answers: of the view at that address, none where there is none. */
export interface TemplateReport {
  readonly templates: readonly TemplateDescription[];
}

/** Tells where a view's templates are written; only on a server that was started for measuring. */
export function registerTemplateReport(server: FastifyInstance, routes: readonly LiveRoute[]): void {
  const router = createRouter(routes);
  server.get<{ Querystring: { readonly path?: unknown } }>(
    "/debug/templates",
    ({ query }): TemplateReport => {
      const uri = URL.parse(encodeURI(String(query.path ?? "")), "http://localhost");
      const found = uri === null ? undefined : router.find(uri);
      return { templates: found?.kind === "live" ? describeTemplates(found.route.view.template) : [] };
    },
  );
}
