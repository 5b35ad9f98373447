import { BenchError } from "../core/errors.ts";
import type { Clock } from "../core/units.ts";
import type { Link } from "../page/link.ts";
import type { LiveSession } from "./live-session.ts";
import { PageLoad } from "./page-load.ts";
import type { ActionResult } from "./pending-actions.ts";

/** The event by which a client asks for another URL of the view that it is in. */
const LIVE_PATCH = "live_patch";

/**
 * Goes where a link leads. Resolves when the page is there.
 *
 * Source: `bindNav`, `pushHistoryPatch` and `historyRedirect` in live_socket.ts, `pushLinkPatch` in view.ts.
 *
 * @throws PageLoad where it leads to a page over HTTP
 */
export async function followLink(session: LiveSession, link: Link, clock: Clock): Promise<ActionResult> {
  const { main } = session.views;
  const { kind, href } = link;
  if (kind === "load" || main === null || main.channel?.isJoined !== true) throw new PageLoad(href);
  const sentAt = clock();
  if (kind === "redirect") {
    await session.redirectTo(href, null);
    return { sentAt, repliedAt: clock(), reply: null };
  }
  const { response, ...result } = await main.channel
    .push(LIVE_PATCH, { url: href }, `patch to ${href}`)
    .catch((error: unknown) => {
      // A patch that the server does not take is undone by loading the page that there was.
      const isRefused = error instanceof BenchError && REFUSED.has(error.code);
      throw isRefused ? new PageLoad(session.location) : error;
    });
  if (response.link_redirect === true) await session.redirectTo(href, null);
  else if (response.redirect === undefined) session.patchTo(main, href);
  return { ...result, repliedAt: clock() };
}

const REFUSED: ReadonlySet<string> = new Set(["push-refused", "push-timeout"]);
