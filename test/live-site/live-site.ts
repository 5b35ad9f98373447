import { PubSub } from "../../reference-server/pubsub/pubsub.ts";
import { type Page, pageTokenMeta } from "../../reference-server/web/layout.ts";
import {
  createLiveServer,
  type LiveServer,
  type LiveServerOptions,
} from "../../reference-server/web/live-server.ts";

/** A running server of a test's own views. */
export interface LiveSite extends LiveServer {
  readonly origin: string;
  readonly pubsub: PubSub;
  /** What the server has logged. */
  readonly log: string[];
  close(): Promise<void>;
}

/** The least that a page needs around its views: the CSRF token, and the official client, started. */
export function bareLayout({ title, body, csrfToken, pageToken }: Page): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="csrf-token" content="${csrfToken}">${pageTokenMeta(pageToken)}
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <script defer src="/vendor/phoenix.min.js"></script>
    <script defer src="/vendor/phoenix_live_view.min.js"></script>
    <script type="module">
      const token = document.querySelector("meta[name=csrf-token]").content;
      window.liveSocket = new LiveView.LiveSocket("/live", Phoenix.Socket, { params: { _csrf_token: token } });
      liveSocket.connect();
    </script>
  </head>
  <body>${body}</body>
</html>
`;
}

/**
 * Serves views on a port of its own.
 *
 * @param options.pages adds pages that are not live.
 */
export async function startLiveSite(
  options: Partial<LiveServerOptions> & {
    readonly routes: LiveServerOptions["routes"];
    pages?(site: LiveServer): void;
  },
): Promise<LiveSite> {
  const { pages, ...given } = options;
  const pubsub = options.pubsub ?? new PubSub();
  const log: string[] = [];
  const live = await createLiveServer({
    pubsub,
    secret: "a secret of the tests that is long enough",
    layout: bareLayout,
    log: (line) => log.push(line),
    nowMs: Date.now,
    ...given,
  });
  pages?.(live);
  const origin = await live.server.listen({ port: 0, host: "127.0.0.1" });
  return { ...live, origin, pubsub, log, close: () => live.server.close() };
}
